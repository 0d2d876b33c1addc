-- code: ARI-01
-- class: E
-- severity: high
-- title: 三公经费合计与分项不一致 · Three public expenses do not add up
-- rule: 三公经费 = 公务用车购置和运行维护费 + 因公出国（境）费 + 公务接待费，逐期间核对
-- tolerance: 0.5×10^-d×(n+1)，d 为本表最多小数位，n 为有数的分项数
-- false positives: 合计有数时空白的分项按 0 计
WITH row AS (
    SELECT
        report_id, form_id, period, max(form_places) AS places,
        any_value(value) FILTER (concept = 'three_public_total') AS total,
        sum(value) FILTER (concept <> 'three_public_total') AS parts,
        count(value) FILTER (concept <> 'three_public_total') AS filled,
        list(ref ORDER BY fact_no) FILTER (value IS NOT NULL) AS evidence
    FROM audit.fact
    WHERE concept IN ('three_public_total', 'official_vehicle_total', 'overseas_travel', 'official_reception')
        AND form_kind = 'base_data'
    GROUP BY ALL
)
SELECT
    report_id, form_id, period AS subject, parts AS expected, total AS actual, audit.tol(places, filled) AS tolerance, evidence,
    CASE
        WHEN total IS NULL AND parts IS NULL THEN 'not_applicable'
        WHEN total IS NULL OR parts IS NULL THEN 'insufficient_data'
        WHEN abs(total - parts) <= audit.tol(places, filled) THEN 'pass'
        ELSE 'fail'
    END AS status,
    format(
        '表内数据不一致：三公经费{}合计 {} 万元，分项之和 {} 万元，相差 {} 万元，建议核实。',
        audit.period_zh(period), audit.plain(total), audit.plain(parts), audit.signed(total - parts)
    ) AS message
FROM row
