-- code: TRD-08
-- class: S
-- severity: medium
-- title: 正文与上年高度相似 · The report in prose repeats last year's
-- rule: 除职责概况和模板语句外，遮盖数字后五字串重合不到 90%；所用数字也相同的为高
-- tolerance: 无
-- false positives: 常年职责、固定表述
WITH pair AS (
    SELECT
        m.report_id, m.form_id, d.earlier_form_id, l.last_name, d.similarity, d.same_numbers
    FROM core.near_duplicate AS d
    JOIN audit.form AS m ON m.form_id = d.later_form_id
    JOIN audit.form AS o ON o.form_id = d.earlier_form_id
    JOIN audit.previous AS l ON l.report_id = m.report_id AND l.last_id = o.report_id
    WHERE d.relation = 'year'
    QUALIFY row_number() OVER (PARTITION BY m.report_id ORDER BY d.similarity DESC, d.earlier_form_id) = 1
),
longest AS (
    SELECT form_id, max_by(ref, length(text), 3) AS refs FROM audit.section WHERE form_kind = 'narrative' GROUP BY form_id
),
beside AS (
    SELECT l.report_id, min(n.form_id) AS form_id, bool_or(l.scope_changed) AS scope_changed
    FROM audit.previous AS l
    JOIN audit.prose AS n ON n.report_id = l.report_id
    JOIN audit.prose AS b ON b.report_id = l.last_id
    GROUP BY l.report_id
)
SELECT
    b.report_id, b.form_id, CASE WHEN p.report_id IS NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN p.same_numbers THEN 'high' ELSE 'medium' END AS severity,
    CAST(round(100 * p.similarity, 2) AS DECIMAL(20, 6)) AS actual, list_concat(n.refs, o.refs) AS evidence, b.scope_changed,
    CASE WHEN status = 'fail' THEN format(
        '正文（职责概况和模板语句除外，数字不计）与上年报告{}重合 {}%{}，建议核实。', p.last_name,
        audit.plain(round(100 * p.similarity, 2)),
        CASE WHEN p.same_numbers THEN '，所用数字也基本相同' ELSE '' END
    ) END AS message
FROM beside AS b
LEFT JOIN pair AS p USING (report_id)
LEFT JOIN longest AS n ON n.form_id = p.form_id
LEFT JOIN longest AS o ON o.form_id = p.earlier_form_id
