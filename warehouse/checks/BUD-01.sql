-- code: BUD-01
-- class: R
-- severity: high
-- title: 执行数超过全年预算数 · Spending above the full-year budget
-- rule: 全年执行数 ≤ 全年预算数，部门与各项目分别核对
-- tolerance: 0.5×10^-d×2，d 为本表最多小数位
-- false positives: 取整的差额在容差之内
WITH funds AS (
    SELECT
        report_id, form_id, form_kind, project_name, max(form_places) AS places,
        any_value(value) FILTER (period = 'initial_budget') AS initial,
        any_value(value) FILTER (period = 'full_year_budget') AS full_year,
        any_value(value) FILTER (period = 'execution') AS execution,
        list(ref ORDER BY fact_no) FILTER (value IS NOT NULL) AS evidence
    FROM audit.fact
    WHERE item IS NULL AND period IN ('initial_budget', 'full_year_budget', 'execution')
        AND concept = CASE form_kind
            WHEN 'department_evaluation' THEN 'funds_total' WHEN 'project_evaluation' THEN 'project_funds_total' END
    GROUP BY ALL
)
SELECT
    report_id, form_id, 'execution' AS subject, full_year AS expected, execution AS actual, audit.tol(places, 1) AS tolerance,
    evidence,
    CASE
        WHEN execution IS NULL AND full_year IS NULL THEN 'not_applicable'
        WHEN execution IS NULL OR full_year IS NULL THEN 'insufficient_data'
        WHEN execution <= full_year + audit.tol(places, 1) THEN 'pass'
        ELSE 'fail'
    END AS status,
    format(
        '{}全年执行数 {} 万元，全年预算数 {} 万元，超出 {} 万元，未见说明的建议核实。',
        CASE form_kind WHEN 'department_evaluation' THEN '部门整体支出' ELSE '项目' || coalesce('“' || project_name || '”', '') END,
        audit.plain(execution), audit.plain(full_year), audit.plain(execution - full_year)
    ) AS message
FROM funds
