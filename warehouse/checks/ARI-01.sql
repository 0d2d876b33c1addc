-- code: ARI-01
-- class: E
-- severity: high
-- title: 三公经费合计与分项不一致 · Three public expenses do not add up
-- rule: 三公经费 = 公务用车购置和运行维护费 + 因公出国（境）费 + 公务接待费，逐期间核对
-- tolerance: 0.5×10^-d×(n+1)，d 为本表最多小数位，n 为有数的分项数
-- false positives: 合计有数时空白的分项按 0 计；公务用车合计空白时以购置与运行维护之和代之；本表只列一个分项的，合计大于分项不作为问题
WITH row AS (
    SELECT
        report_id, form_id, period, max(form_places) AS places,
        any_value(value) FILTER (concept = 'three_public_total') AS total,
        any_value(value) FILTER (concept = 'official_vehicle_total') AS vehicles,
        sum(value) FILTER (concept IN ('official_vehicle_purchase', 'official_vehicle_operation')) AS vehicle_parts,
        sum(value) FILTER (concept IN ('overseas_travel', 'official_reception')) AS others,
        count(value) FILTER (concept IN ('official_vehicle_purchase', 'official_vehicle_operation')) AS vehicle_count,
        count(value) FILTER (concept IN ('overseas_travel', 'official_reception')) AS other_count,
        count(DISTINCT left(concept, 11)) FILTER (concept <> 'three_public_total') AS printed,
        list(ref ORDER BY fact_no) FILTER (is_printed) AS evidence
    FROM audit.fact
    WHERE form_kind = 'base_data'
        AND concept IN (
            'three_public_total', 'official_vehicle_total', 'official_vehicle_purchase', 'official_vehicle_operation',
            'overseas_travel', 'official_reception'
        )
    GROUP BY ALL
),
summed AS (
    SELECT
        *,
        CASE
            WHEN coalesce(vehicles, vehicle_parts, others) IS NOT NULL
                THEN coalesce(vehicles, vehicle_parts, 0) + coalesce(others, 0)
        END AS parts,
        other_count + CASE WHEN vehicles IS NULL THEN vehicle_count ELSE 1 END AS filled
    FROM row
)
SELECT
    report_id, form_id, period AS subject, parts AS expected, total AS actual, audit.tol(places, filled) AS tolerance, evidence,
    CASE
        WHEN total IS NULL AND parts IS NULL THEN 'not_applicable'
        WHEN total IS NULL OR parts IS NULL THEN 'insufficient_data'
        WHEN abs(total - parts) <= audit.tol(places, filled) THEN 'pass'
        -- a sheet that prints one of the three kinds only does not say that the others are nothing
        WHEN total > parts AND printed < 2 THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：三公经费{}合计 {} 万元，分项之和 {} 万元，相差 {} 万元，建议核实。',
        audit.period_zh(period), audit.plain(total), audit.plain(parts), audit.signed(total - parts)
    ) END AS message
FROM summed
