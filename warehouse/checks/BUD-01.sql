-- code: BUD-01
-- class: R
-- severity: high
-- title: 执行数超过全年预算数 · Spending above the full-year budget
-- rule: 全年执行数 ≤ 全年预算数，部门与各项目分别核对
-- tolerance: 0.5×10^-d×2，d 为本表最多小数位
-- false positives: 取整的差额在容差之内
SELECT
    report_id, form_id, 'execution' AS subject, full_year AS expected, execution AS actual, audit.tol(places, 1) AS tolerance,
    evidence,
    CASE
        WHEN execution IS NULL AND full_year IS NULL THEN 'not_applicable'
        WHEN execution IS NULL OR full_year IS NULL THEN 'insufficient_data'
        WHEN execution <= full_year + audit.tol(places, 1) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '{}全年执行数 {} 万元，全年预算数 {} 万元，超出 {} 万元{}，未见说明的建议核实。',
        audit.whose(form_kind, project_name),
        audit.plain(execution), audit.plain(full_year), audit.plain(execution - full_year),
        -- RAT-03 takes such a rate as capped: here is where it is seen
        CASE WHEN rate = 100 THEN '，预算执行率印作 100%' ELSE '' END
    ) END AS message
FROM audit.funds
WHERE amounts > 0
