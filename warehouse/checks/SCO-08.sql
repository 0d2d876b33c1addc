-- code: SCO-08
-- class: R
-- severity: high
-- title: 未达指标值仍得满分 · Missed target with full points
-- rule: 定量指标未达到指标值的，得分应低于分值
-- tolerance: 按规则计算并四舍五入后仍为满分的不判
-- false positives: 单位或符号误读：要求指标值与完成值均为数字
WITH tested AS (
    SELECT *, NOT met AND score >= weight AND greatest(linear, proportion) < weight AS inflated
    FROM audit.score_rule
    WHERE weight > 0 AND score IS NOT NULL
)
SELECT
    report_id, form_id, name AS subject, CAST(greatest(linear, proportion) AS DECIMAL(20, 6)) AS expected, score
        AS actual,
    [ref] AS evidence, CASE WHEN inflated THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '“{}”指标值 {}，实际完成值 {}，未达到指标值，分值 {} 分，自评得 {} 分；按完成比例计 {} 分，建议核实。',
        name, target_raw, actual_raw, audit.plain(weight), audit.plain(score), audit.plain(greatest(linear, proportion))
    ) END AS message
FROM tested
WHERE inflated
UNION ALL BY NAME
SELECT report_id, form_id, 'pass' AS status FROM tested GROUP BY report_id, form_id
