-- code: DOC-15
-- class: R
-- severity: low
-- title: 写明“见附件”而未见附件 · An annex is referred to and not there
-- rule: 正文写明“见附件”“详见附表”的，报告中有表
-- tolerance: 同一部门同一年度的其他文件计入
-- false positives: 附件另行公开；附件为扫描件
WITH referring AS (
    SELECT report_id, form_id, ref, regexp_extract(text, '[^。；\n]{0,20}见(?:附件|附表)[^。；\n]{0,10}') AS words
    FROM audit.section
    WHERE form_kind = 'narrative' AND (contains(text, '见附件') OR contains(text, '见附表'))
    QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY seq, form_id) = 1
),
held AS (
    SELECT report_id, count(*) FILTER (form_kind <> 'narrative') AS tables
    FROM audit.form
    GROUP BY report_id
)
SELECT
    r.report_id, r.form_id, '附件' AS subject, [r.ref] AS evidence, CASE WHEN h.tables = 0 THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format('正文写明“{}”，报告未见附件，建议核实是否另行公开。', trim(r.words)) END AS message
FROM referring AS r
JOIN held AS h USING (report_id)
