-- code: IND-05
-- class: S
-- severity: info
-- title: 完成值远高于指标值 · Actual far above the target
-- rule: 数量或金额指标完成比 ≥ 1.3 且未说明原因；≥ 2.0 为低风险
-- tolerance: 1.3 / 2.0
-- false positives: 小数目（1 → 2）和比率不判
WITH tested AS (
    SELECT r.*, r.actual / r.target AS ratio
    FROM audit.score_rule AS r
    WHERE r.direction IN ('higher_better', 'exact') AND r.target > 0 AND r.unit NOT IN ('%', '‰')
        AND NOT regexp_matches(r.name, '(率|度|比例|占比|系数|指数|增速)$')
)
SELECT
    report_id, form_id, name AS subject, CASE WHEN ratio >= 2 THEN 'low' ELSE 'info' END AS severity,
    CAST(target AS DECIMAL(20, 6)) AS expected, CAST(actual AS DECIMAL(20, 6)) AS actual, [ref] AS evidence,
    CASE WHEN ratio >= 1.3 AND reason_of_family IS NULL AND NOT (target <= 1 AND actual <= 2) THEN 'fail'
        ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '“{}”指标值 {}，实际完成值 {}，为指标值的 {}%，未见说明，建议核实指标值设定是否偏低。',
        name, target_raw, actual_raw, audit.plain(round(100 * ratio, 2))
    ) END AS message
FROM tested
WHERE status = 'fail'
UNION ALL BY NAME
SELECT report_id, form_id, 'pass' AS status FROM tested GROUP BY report_id, form_id
