-- code: DOC-09
-- class: R
-- severity: info
-- title: 未写明自评等级 · No grade is stated
-- rule: 有自评总分的报告写明等级（优、良、中、差）
-- tolerance: 无
-- false positives: 表样无等级栏
WITH scored AS (
    SELECT report_id, arg_min(form_id, (form_kind, ref)) AS form_id, arg_min(ref, (form_kind, ref)) AS ref,
        arg_min(value, (form_kind, ref)) AS value
    FROM audit.fact
    WHERE concept = 'total_score' AND value IS NOT NULL AND form_kind IN ('department_evaluation', 'narrative')
    GROUP BY report_id
),
graded AS (SELECT report_id, bool_or(grade IS NOT NULL) AS graded FROM audit.form GROUP BY report_id)
SELECT
    s.report_id, s.form_id, '等级' AS subject, s.value AS actual, [s.ref] AS evidence, CASE WHEN g.graded THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format('自评得分 {} 分，未写明等级，建议补充。', audit.plain(s.value)) END AS message
FROM scored AS s
JOIN graded AS g USING (report_id)
