-- code: SCO-10
-- class: R
-- severity: low
-- title: 未达指标的得分与规则不符 · Score of a missed target differs from the rule
-- rule: 未达指标值的，得分与按完成比例计算的分数相差不超过 0.5 分或分值的 10%；反向指标两种公式均可：
--   指标值÷完成值×分值，或 (1−(完成值−指标值)÷指标值)×分值。高于规则分的为高风险；指标值为 0 时无比例可言，为低风险
-- tolerance: max(0.5, 分值×10%)
-- false positives: 地方分档计分
WITH tested AS (
    SELECT
        *, greatest(0.5, CAST(weight AS DOUBLE) / 10) AS slack, least(linear, proportion) AS low, greatest(linear,
            proportion) AS high
    FROM audit.score_rule
    WHERE NOT met AND weight > 0 AND score IS NOT NULL
        -- more than an exact number is no shortfall
        AND NOT (direction = 'exact' AND actual >= target)
)
SELECT
    report_id, form_id, name AS subject, CASE WHEN score > high AND target > 0 THEN 'high' ELSE 'low' END AS severity,
    CAST(CASE WHEN score > high THEN high ELSE low END AS DECIMAL(20, 6)) AS expected, score AS actual,
    CAST(slack AS DECIMAL(20, 6)) AS tolerance, [ref] AS evidence,
    CASE WHEN score < low - slack OR score > high + slack THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '“{}”指标值 {}，实际完成值 {}，分值 {} 分，按完成比例计 {} 分，自评 {} 分，相差 {} 分，建议核实评分依据。',
        name, target_raw, actual_raw, audit.plain(weight),
        CASE WHEN low = high THEN audit.plain(low) ELSE audit.plain(low) || ' 或 ' || audit.plain(high) END,
            audit.plain(score),
        audit.signed(score - CASE WHEN score > high THEN high ELSE low END)
    ) END AS message
FROM tested
WHERE status = 'fail'
UNION ALL BY NAME
SELECT report_id, form_id, 'pass' AS status FROM tested GROUP BY report_id, form_id
