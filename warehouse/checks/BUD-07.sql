-- code: BUD-07
-- class: S
-- severity: info
-- title: 全年预算数与执行数完全相等 · Full-year budget equals spending to the cent
-- rule: 部门全年预算数 = 全年执行数；项目只在全年预算数不同于年初预算数时提示
-- false positives: 结转清零；年初即足额执行的项目
SELECT
    report_id, form_id, 'full_year_budget' AS subject, execution AS expected, full_year AS actual, evidence,
    CASE
        WHEN full_year IS NULL AND execution IS NULL THEN 'not_applicable'
        WHEN full_year IS NULL OR execution IS NULL THEN 'insufficient_data'
        WHEN full_year = 0 AND execution = 0 THEN 'not_applicable'
        WHEN full_year <> execution THEN 'pass'
        WHEN form_kind = 'project_evaluation' AND coalesce(initial = full_year, true) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '{}全年预算数与全年执行数均为 {} 万元（年初预算数 {}），建议了解全年预算数的口径。',
        audit.whose(form_kind, project_name),
        audit.plain(full_year), coalesce(audit.plain(initial) || ' 万元', '未印出')
    ) END AS message
FROM audit.funds
WHERE amounts > 0
