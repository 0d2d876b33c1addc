-- code: IND-12
-- class: S
-- severity: info
-- title: 定量完成值与指标值全部相同 · Every numeric actual equals its target
-- rule: 至少 5 个定量指标，完成值与指标值全部相等
-- tolerance: 0
-- false positives: 各项均为 100% 的任务
WITH form AS (
    SELECT report_id, form_id, count(*) AS measured, count(*) FILTER (actual = target) AS equal
    FROM audit.score_rule
    GROUP BY report_id, form_id
    HAVING count(*) >= 5
)
SELECT
    report_id, form_id, '定量指标' AS subject, measured AS expected, equal AS actual, s.refs AS evidence,
    CASE WHEN equal = measured THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format('{} 个定量指标的实际完成值与指标值全部相等，建议核实完成值的来源。', measured) END AS message
FROM form AS f
JOIN audit.score_form AS s USING (report_id, form_id)
