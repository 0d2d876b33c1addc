-- code: BUD-03
-- class: S
-- severity: medium
-- title: 预算执行率偏低 · Low execution rate
-- rule: 全年执行数 ÷ 全年预算数：小于 90% 中、小于 80% 高；金额不全时用印出的执行率
-- false positives: 跨年度项目、年末下达的资金
WITH held AS (
    SELECT
        *, coalesce(100 * execution / nullif(CAST(full_year AS DOUBLE), 0), CASE WHEN full_year IS NULL OR execution IS NULL THEN rate END)
            AS percent
    FROM audit.funds
)
SELECT
    report_id, form_id, 'execution_rate' AS subject, 90 AS expected, CAST(round(percent, 2) AS DECIMAL(20, 6)) AS actual,
    all_evidence AS evidence,
    CASE WHEN percent < 80 THEN 'high' ELSE 'medium' END AS severity,
    CASE
        WHEN full_year IS NULL AND execution IS NULL AND rate IS NULL THEN 'not_applicable'
        WHEN percent IS NULL THEN 'insufficient_data'
        -- a fraction where a percentage is due is a matter of reading
        WHEN percent <= 1 AND (full_year IS NULL OR execution IS NULL) THEN 'insufficient_data'
        WHEN percent >= 90 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '{}预算执行率 {}%（全年预算数 {} 万元，全年执行数 {} 万元），低于 {}%，建议了解原因。',
        audit.whose(form_kind, project_name),
        audit.plain(round(percent, 2)), coalesce(audit.plain(full_year), '未印出'), coalesce(audit.plain(execution), '未印出'),
        CASE WHEN percent < 80 THEN '80' ELSE '90' END
    ) END AS message
FROM held
