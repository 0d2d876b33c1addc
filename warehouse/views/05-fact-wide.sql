CREATE OR REPLACE VIEW main.fact_wide AS
SELECT
    f.report_id, r.dept_id, r.dept_name, r.fiscal_year, m.form_kind, f.concept, f.item,
    min_by(f.value, f.fact_no) FILTER (f.period = 'prior_final') AS prior_final,
    min_by(f.value, f.fact_no) FILTER (f.period = 'current_budget') AS current_budget,
    min_by(f.value, f.fact_no) FILTER (f.period = 'current_final') AS current_final,
    any_value(f.unit) AS unit, min(d.source_file) AS source_file
FROM core.fact AS f
JOIN core.form AS m USING (form_id)
JOIN core.report AS r ON r.report_id = f.report_id
JOIN raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'
WHERE m.is_current AND f.period IN ('prior_final', 'current_budget', 'current_final')
GROUP BY ALL;
COMMENT ON VIEW main.fact_wide IS '基础数据表横排：上年决算、本年预算、本年决算 · a row a concept and item, its periods side by side';
