-- code: RAT-07
-- class: E
-- severity: medium
-- title: 比率不在 0–100% 之间 · A rate outside 0 to 100 percent
-- rule: 满意度、完成率、合格率、覆盖率等的完成值在 0 与 100% 之间；正文的满意度、占比同
-- false positives: 超额完成率、增长率、变动率等可以大于 100%，不在其内；完成率大于 100% 为低风险
WITH rate AS (
    SELECT
        report_id, form_id, ref, name, actual_value AS value, name AS subject,
        contains(name, '完成') AS may_exceed
    FROM audit.indicator
    WHERE actual_value IS NOT NULL AND (actual_unit = '%' OR actual_unit IS NULL AND target_unit = '%')
        AND (
            level2 = 'satisfaction'
            OR regexp_matches(
                name, '(满意度|满意率|完成率|合格率|覆盖率|及时率|准确率|达标率|普及率|参与率|知晓率|办结率|整改率|公开率|验收率)'
            )
        )
        AND NOT regexp_matches(name, '(超额|增长|增幅|提高|提升|下降|变动|变化|降低|增收|回报)')
    UNION ALL
    SELECT report_id, form_id, ref, subject, value, subject, false
    FROM audit.figure
    WHERE unit = 'percent' AND context = 'report' AND tense = 'current'
        AND (starts_with(concept, 'share_') OR regexp_matches(subject, '(满意度|满意率)$'))
    UNION ALL
    SELECT report_id, form_id, ref, concept, value, concept, false
    FROM audit.fact
    WHERE unit = 'percent' AND origin = 'table' AND value IS NOT NULL AND starts_with(concept, 'share_')
)
SELECT
    report_id, form_id, subject, 'fail' AS status, CASE WHEN value > 100 AND may_exceed THEN 'low' END AS severity,
    CASE WHEN value < 0 THEN 0 ELSE 100 END AS expected, value AS actual, [ref] AS evidence,
    format('“{}”为 {}%，不在 0 与 100% 之间，建议核实。', name, audit.plain(value)) AS message
FROM rate
WHERE value < 0 OR value > 100
UNION ALL
SELECT report_id, form_id, NULL, 'pass', NULL, NULL, NULL, NULL, NULL
FROM rate
GROUP BY report_id, form_id
