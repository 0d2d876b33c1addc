CREATE OR REPLACE VIEW main.goal AS
SELECT
    g.report_id, r.dept_id, r.dept_name, r.fiscal_year, g.form_id, g.seq, g.expected, g.actual, d.source_file, g.page,
    g.line_no
FROM core.goal AS g
JOIN core.form AS m USING (form_id)
JOIN core.report AS r ON r.report_id = g.report_id
JOIN raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'
WHERE m.is_current;
COMMENT ON VIEW main.goal IS '年度总体目标及完成情况 · overall goals and what was reported against them';

CREATE OR REPLACE VIEW main.section AS
SELECT
    s.report_id, r.dept_id, r.dept_name, r.fiscal_year, s.form_id, s.seq, s.level, s.number, s.numeral, s.heading,
    s.text, s.nil, d.source_file, s.page, s.line_no
FROM core.section AS s
JOIN core.form AS m USING (form_id)
JOIN core.report AS r ON r.report_id = s.report_id
JOIN raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'
WHERE m.is_current;
COMMENT ON VIEW main.section IS '自评报告章节 · sections of the report in prose';

CREATE OR REPLACE VIEW main.key_figure AS
SELECT
    k.key_figure_id, k.report_id, r.dept_id, r.dept_name, r.fiscal_year, k.form_id, k.seq, k.section, k.context,
    k.subject, k.value, k.unit, k.printed_unit, k.approximate, k.concept, k.tense, k.sentence, k.snippet,
    k.line_no, k.page, d.source_file
FROM core.key_figure AS k
JOIN core.form AS m USING (form_id)
JOIN core.report AS r ON r.report_id = k.report_id
JOIN raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'
WHERE m.is_current;
COMMENT ON VIEW main.key_figure IS '正文中的数字及所在句子 · figures said in prose, each with its sentence';
