-- code: IND-15
-- class: R
-- severity: medium
-- title: 完成日期晚于指标日期 · Completed after the target date
-- rule: 实际完成日期不晚于指标值所定期限的最后一天
-- tolerance: 0
-- false positives: 不能读为日期的不判
SELECT
    report_id, form_id, coalesce(name, '指标' || seq) AS subject, [ref] AS evidence,
    CASE WHEN met THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format('“{}”应完成时间 {}，实际完成时间 {}，晚于期限，建议核实。', name, target_raw, actual_raw) END AS message
FROM audit.score_row
WHERE target_kind = 'date' AND met IS NOT NULL AND regexp_matches(target_raw, '\d') AND regexp_matches(actual_raw, '\d')
QUALIFY NOT met OR row_number() OVER (PARTITION BY form_id, met ORDER BY seq) = 1
