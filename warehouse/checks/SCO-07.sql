-- code: SCO-07
-- class: S
-- severity: low
-- title: 达标定量指标未按规则得满分 · Met target without the points the rule gives
-- rule: 定量指标达到指标值的，得分 = 分值；超额较多（完成比 ≥ 1.3）按偏离度调减的除外
-- tolerance: 0.05 分
-- false positives: 超额完成扣减、质量因素扣分
WITH tested AS (
    SELECT *, score < weight - 0.05 AND NOT (direction <> 'lower_better' AND actual >= 1.3 * target) AS lost
    FROM audit.score_rule
    WHERE met AND weight IS NOT NULL AND score IS NOT NULL
)
SELECT
    report_id, form_id, name AS subject, weight AS expected, score AS actual, 0.05 AS tolerance, [ref] AS evidence,
    CASE WHEN lost THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '“{}”指标值 {}，实际完成值 {}，已达到；按规则应得 {} 分，自评 {} 分，相差 {} 分，建议核实扣分依据。',
        name, target_raw, actual_raw, audit.plain(weight), audit.plain(score), audit.signed(score - weight)
    ) END AS message
FROM tested
WHERE lost
UNION ALL BY NAME
SELECT report_id, form_id, 'pass' AS status FROM tested GROUP BY report_id, form_id
