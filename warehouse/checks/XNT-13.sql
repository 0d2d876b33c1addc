-- code: XNT-13
-- class: S
-- severity: info
-- title: 原因与问题表述重复 · A reason repeats the problem
-- rule: 原因分析中的分句（8 字以上）不与存在的问题逐字相同
-- tolerance: 8 字
-- false positives: 套用的表述
WITH problem AS (
    SELECT
        form_id, string_agg(text, chr(10) ORDER BY seq) AS text, min(ref) AS ref
    FROM audit.section
    WHERE contains(heading, '问题') AND NOT contains(heading, '原因') AND length(text) > 0
    GROUP BY form_id
),
clause AS (
    SELECT s.report_id, s.form_id, s.ref, unnest(regexp_split_to_array(s.text, '[，。；\n]|\d+[.、．]')) AS words
    FROM audit.section AS s
    WHERE contains(s.heading, '原因') AND NOT contains(s.heading, '问题') AND length(s.text) > 0
),
judged AS (
    SELECT
        c.report_id, c.form_id, min(c.ref) AS ref, min(p.ref) AS problem_ref,
        min(trim(c.words)) FILTER (contains(p.text, trim(c.words))) AS words
    FROM clause AS c
    JOIN problem AS p USING (form_id)
    WHERE length(trim(c.words)) >= 8
    GROUP BY c.report_id, c.form_id
)
SELECT
    report_id, form_id, '原因分析' AS subject, [ref, problem_ref] AS evidence, CASE WHEN words IS NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format('原因分析“{}”与存在的问题逐字相同，未说明原因，建议补充。', left(words, 60)) END AS message
FROM judged
