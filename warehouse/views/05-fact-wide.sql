CREATE OR REPLACE VIEW main.fact_wide AS
SELECT
    report_id, dept_id, dept_name, fiscal_year, form_kind, concept, item,
    min_by(value, fact_no) FILTER (period = 'prior_final') AS prior_final,
    min_by(value, fact_no) FILTER (period = 'current_budget') AS current_budget,
    min_by(value, fact_no) FILTER (period = 'current_final') AS current_final,
    any_value(unit) AS unit, min(source_file) AS source_file
FROM main.fact
WHERE period IN ('prior_final', 'current_budget', 'current_final')
GROUP BY ALL;
COMMENT ON VIEW main.fact_wide IS '基础数据表横排：上年决算、本年预算、本年决算 · a row a concept and item, its periods side by side';
