-- code: IND-12
-- class: S
-- severity: info
-- title: 定量完成值与指标值全部相同 · Every numeric actual equals its target
-- rule: 至少 5 个定量指标，完成值与指标值全部相等
-- tolerance: 0
-- false positives: 各项均为 100% 的任务
SELECT
    report_id, form_id, '定量指标' AS subject, count(*) AS expected, count(*) FILTER (actual = target) AS actual,
    list(ref ORDER BY seq) AS evidence,
    CASE
        WHEN count(*) < 5 THEN 'not_applicable' WHEN bool_and(actual = target) THEN 'fail' ELSE 'pass'
    END AS status,
    format('{} 个定量指标的实际完成值与指标值全部相等，建议核实完成值的来源。', count(*)) AS message
FROM audit.score_rule
GROUP BY report_id, form_id
