-- code: BUD-05
-- class: S
-- severity: medium
-- title: 基础数据表预算数与决算数逐行相同 · Budget and final amounts equal in every row
-- rule: 基础数据表中本年预算数与本年决算数有数的行（不少于 3 行）两数全部相等
-- false positives: 全为零的行不计
WITH line AS (
    SELECT
        report_id, form_id, concept, item, any_value(value) FILTER (period = 'current_budget') AS budget,
        any_value(value) FILTER (period = 'current_final') AS final,
        list(ref ORDER BY fact_no) AS refs, min(fact_no) AS nth
    FROM audit.fact
    WHERE form_kind = 'base_data' AND unit = 'wan_yuan' AND period IN ('current_budget', 'current_final')
        AND (value <> 0 OR (is_printed AND value IS NULL))
    GROUP BY ALL
),
sheet AS (
    SELECT
        report_id, form_id, count(*) AS filled, count(*) FILTER (budget = final) AS equal,
        flatten(list(refs ORDER BY nth)) AS evidence
    FROM line
    GROUP BY report_id, form_id
)
SELECT
    report_id, form_id, 'current_budget' AS subject, filled AS expected, equal AS actual, evidence,
    CASE WHEN filled < 3 THEN 'insufficient_data' WHEN equal < filled THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format('基础数据表有数的 {} 行中，本年预算数与本年决算数全部相等，建议核实预算数的口径。', filled) END AS message
FROM sheet
