-- code: SCO-15
-- class: C
-- severity: high
-- title: 正文自评得分与自评表总分不一致 · Score in prose differs from the form
-- rule: 正文所述自评得分 = 自评表总分
-- tolerance: 0.05 分，或正文所用小数位的半个单位
-- false positives: 正文所述为项目得分（与任一项目表总分相同的不判）
WITH said AS (
    SELECT
        report_id, value, min(form_id) AS form_id, list(ref ORDER BY ref) AS refs,
        greatest(0.05, 0.5 * power(10, -length(split_part(audit.plain(value), '.', 2)))) AS slack
    FROM audit.figure
    WHERE concept = 'total_score' AND context = 'report' AND tense = 'current' AND NOT approximate
        -- a sentence that speaks of one project speaks of its own score
        AND NOT (contains(sentence, '项目') AND NOT contains(sentence, '整体'))
    GROUP BY report_id, value
),
form AS (
    SELECT
        report_id, count(*) FILTER (form_kind = 'department_evaluation') AS departments,
        any_value(total_score) FILTER (form_kind = 'department_evaluation') AS score,
        flatten(list(score_refs ORDER BY form_id) FILTER (form_kind = 'department_evaluation')) AS refs, list(total_score) AS scores
    FROM audit.score_form
    WHERE total_score IS NOT NULL
    GROUP BY report_id
)
SELECT
    s.report_id, s.form_id, '自评得分' AS subject, f.score AS expected, s.value AS actual, CAST(s.slack AS DECIMAL(20,
        6)) AS tolerance,
    list_concat(s.refs, f.refs) AS evidence,
    CASE
        WHEN f.departments = 1 AND abs(s.value - f.score) <= s.slack THEN 'pass'
        WHEN f.departments <> 1 OR len(list_filter(f.scores, lambda x: abs(x - s.value) <= s.slack)) > 0
            THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '正文自评得分 {} 分，自评表总分 {} 分，相差 {} 分，二者不一致，建议核实。',
        audit.plain(s.value), audit.plain(f.score), audit.signed(s.value - f.score)
    ) END AS message
FROM said AS s
JOIN form AS f USING (report_id)
