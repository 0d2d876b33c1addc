-- code: ARI-02
-- class: E
-- severity: high
-- title: 公务用车合计与分项不一致 · Official vehicles do not add up
-- rule: 公务用车购置和运行维护费 = 公车购置 + 公车运行维护，逐期间核对
-- tolerance: 0.5×10^-d×(n+1)，d 为本表最多小数位，n 为有数的分项数
-- false positives: 合计有数时空白的分项按 0 计；只印出一个分项的，合计大于分项不作为问题
WITH row AS (
    SELECT
        report_id, form_id, period, max(form_places) AS places,
        any_value(value) FILTER (concept = 'official_vehicle_total') AS total,
        sum(value) FILTER (concept <> 'official_vehicle_total') AS parts,
        count(value) FILTER (concept <> 'official_vehicle_total') AS filled,
        count(DISTINCT concept) FILTER (concept <> 'official_vehicle_total') AS printed,
        list(ref ORDER BY fact_no) FILTER (is_printed) AS evidence
    FROM audit.fact
    WHERE concept IN ('official_vehicle_total', 'official_vehicle_purchase', 'official_vehicle_operation')
        AND form_kind = 'base_data'
    GROUP BY ALL
)
SELECT
    report_id, form_id, period AS subject, parts AS expected, total AS actual, audit.tol(places, filled) AS tolerance, evidence,
    CASE
        WHEN total IS NULL AND parts IS NULL THEN 'not_applicable'
        WHEN total = 0 AND parts IS NULL THEN 'pass'
        WHEN total IS NULL OR parts IS NULL THEN 'insufficient_data'
        WHEN abs(total - parts) <= audit.tol(places, filled) THEN 'pass'
        WHEN total > parts AND printed < 2 THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：公务用车购置和维护经费{} {} 万元，购置与运行维护之和 {} 万元，相差 {} 万元，建议核实。',
        audit.period_zh(period), audit.plain(total), audit.plain(parts), audit.signed(total - parts)
    ) END AS message
FROM row
