-- code: BUD-04
-- class: S
-- severity: low
-- title: 执行数明显超过年初预算数 · Spending well above the initial budget
-- rule: 全年执行数 ÷ 年初预算数 > 105%
-- false positives: 与 BUD-02 相关：追加预算、政策性增资
SELECT
    report_id, form_id, 'execution' AS subject, initial AS expected, execution AS actual, evidence,
    CASE
        WHEN initial IS NULL AND execution IS NULL THEN 'not_applicable'
        WHEN initial IS NULL OR execution IS NULL OR initial <= 0 THEN 'insufficient_data'
        WHEN execution <= initial * 1.05 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '{}全年执行数 {} 万元，为年初预算数 {} 万元的 {}%，建议了解追加原因。',
        audit.whose(form_kind, project_name),
        audit.plain(execution), audit.plain(initial), audit.plain(audit.percent(execution, initial))
    ) END AS message
FROM audit.funds
WHERE amounts > 0
