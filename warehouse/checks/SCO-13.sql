-- code: SCO-13
-- class: C
-- severity: medium
-- title: 等次与得分不符 · Grade does not follow from the score
-- rule: 等次 = 得分所在档次；界限按地区和年度取 core.scoring_scheme，默认优 ≥ 90、良 ≥ 80、中 ≥ 60
-- tolerance: 0
-- false positives: 地方另定界限
WITH graded AS (
    SELECT report_id, form_id, ref, grade, total_score AS score, excellent, good, fair, score_refs
    FROM audit.score_form
    WHERE grade IS NOT NULL
    UNION ALL
    -- a narrative states its grade beside its score; where it states none, the form of the department does
    SELECT
        m.report_id, m.form_id, m.ref, m.grade, coalesce(k.score, f.total_score), coalesce(f.excellent, 90),
            coalesce(f.good, 80),
        coalesce(f.fair, 60), coalesce(k.refs, f.score_refs)
    FROM audit.form AS m
    LEFT JOIN (
        SELECT report_id, min(value) AS score, list(ref ORDER BY ref) AS refs
        FROM audit.figure
        WHERE concept = 'total_score' AND context = 'report' AND tense = 'current' AND NOT approximate
        GROUP BY report_id
        HAVING count(DISTINCT value) = 1
    ) AS k USING (report_id)
    LEFT JOIN (
        SELECT * FROM audit.score_form WHERE form_kind = 'department_evaluation'
        QUALIFY count(*) OVER (PARTITION BY report_id) = 1
    ) AS f USING (report_id)
    WHERE m.form_kind = 'narrative' AND m.grade IS NOT NULL
),
ranked AS (
    SELECT *, audit.grade_rank(grade) AS stated, audit.band(score, excellent, good, fair) AS wanted FROM graded
)
SELECT
    report_id, form_id, '等次' AS subject, score AS actual, list_concat([ref], coalesce(score_refs, [])) AS evidence,
    CASE WHEN stated IS NULL OR wanted IS NULL THEN 'insufficient_data' WHEN stated = wanted THEN 'pass'
        ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '所列等次“{}”，得分 {} 分对应“{}”（优 ≥ {}、良 ≥ {}、中 ≥ {}），二者不一致，建议核实。',
        grade, audit.plain(score), audit.grade_zh(wanted), audit.plain(excellent), audit.plain(good), audit.plain(fair)
    ) END AS message
FROM ranked
