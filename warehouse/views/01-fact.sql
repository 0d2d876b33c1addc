CREATE OR REPLACE VIEW main.fact AS
SELECT
    f.fact_id, f.report_id, f.form_id, r.dept_id, r.dept_name, r.fiscal_year, m.form_kind, m.project_name,
    f.concept, f.item, f.period, f.period_year, f.value, f.unit, f.status, f.raw_text, f.origin, d.source_file,
    f.page, f.table_no, f.row_no, f.col_no, f.line_no, f.x0, f.top, f.x1, f.bottom,
    f.decimals, f.printed_unit, f.row_label, f.column_label, f.treatment, f.char_offset, f.fact_no
FROM core.fact AS f
JOIN core.form AS m USING (form_id)
JOIN core.report AS r ON r.report_id = f.report_id
JOIN raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'
WHERE m.is_current;
COMMENT ON VIEW main.fact IS '事实：每个有含义的数字一行，附出处 · every number that means something, one row each, with its place';
