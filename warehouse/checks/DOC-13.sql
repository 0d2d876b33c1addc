-- code: DOC-13
-- class: -
-- severity: info
-- title: 文档转换残留 · Residue of conversion
-- rule: 文本和 Word 文件的单元格、段落中无书签、域代码、乱码
-- tolerance: 无
-- false positives: 仅为提取说明，不涉及报告内容
WITH residue AS (
    SELECT
        report_id, count(*) AS places, list(ref ORDER BY ref)[1:6] AS refs, min(text) AS text
    FROM audit.printed
    WHERE contains(text, '[bookmark') OR contains(text, 'HYPERLINK') OR contains(text, 'PAGEREF') OR contains(text, '�') OR contains(text, 'EMBED ')
    GROUP BY report_id
),
asked AS (
    SELECT d.report_id, bool_or(d.format <> 'pdf') AS word, min(m.form_id) AS form_id
    FROM audit.document AS d
    JOIN audit.form AS m USING (report_id)
    GROUP BY d.report_id
)
SELECT
    a.report_id, a.form_id, '转换残留' AS subject, r.refs AS evidence, CAST(r.places AS DECIMAL(20, 6)) AS actual,
    CASE WHEN r.places IS NOT NULL THEN 'fail' WHEN a.word THEN 'pass' ELSE 'not_applicable' END AS status,
    CASE WHEN status = 'fail' THEN format('文档转换残留 {} 处，如“{}”。', r.places, left(trim(r.text), 40)) END AS message
FROM asked AS a
LEFT JOIN residue AS r USING (report_id)
