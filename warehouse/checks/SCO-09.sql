-- code: SCO-09
-- class: S
-- severity: low
-- title: 已达指标值而扣分未说明 · Points lost on a met target without a word
-- rule: 达到指标值而得分低于分值的，应有扣分说明
-- tolerance: 0.05 分
-- false positives: 质量因素扣分
WITH tested AS (
    SELECT *, score < weight - 0.05 AND reason_of_family IS NULL AS lost
    FROM audit.score_row
    WHERE met AND NOT is_child AND NOT is_rubric AND weight IS NOT NULL AND score IS NOT NULL
        AND target_kind IN ('numeric', 'range', 'date', 'multi')
)
SELECT
    report_id, form_id, name AS subject, weight AS expected, score AS actual, 0.05 AS tolerance, [ref] AS evidence,
    CASE WHEN lost THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '“{}”指标值 {}，实际完成值 {}，已达到，自评 {} 分，低于分值 {} 分，未见说明，建议核实。',
        name, target_raw, actual_raw, audit.plain(score), audit.plain(weight)
    ) END AS message
FROM tested
WHERE lost
UNION ALL BY NAME
SELECT report_id, form_id, 'pass' AS status FROM tested GROUP BY report_id, form_id
