-- Parts that the scheme of the region asks for and no file of the department and year holds. Judged only where the
-- department as a whole was evaluated: a file of project forms alone is published beside the report, not instead of it.
-- Hunan (43) asks for the base data sheet, the form and the report in prose; elsewhere the form is asked for, and the
-- sheet where the report itself names it.
CREATE OR REPLACE VIEW main.missing_part AS
WITH form AS (
    SELECT
        r.dept_id, coalesce(CAST(r.fiscal_year AS VARCHAR), r.report_id) AS year_key, r.report_id, r.dept_name, r.fiscal_year,
        r.loaded_order, d.source_file, m.form_id, m.form_kind
    FROM core.form AS m
    JOIN core.report AS r USING (report_id)
    JOIN raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'
    WHERE m.is_current
),
whole AS (
    SELECT
        dept_id, year_key, max_by(report_id, loaded_order) AS report_id, max_by(dept_name, loaded_order) AS dept_name,
        any_value(fiscal_year) AS fiscal_year, max_by(source_file, loaded_order) AS source_file,
        list(DISTINCT form_kind) AS kinds
    FROM form
    GROUP BY ALL
    HAVING bool_or(form_kind <> 'project_evaluation')
),
named AS (
    SELECT DISTINCT f.dept_id, f.year_key
    FROM core.section AS s
    JOIN form AS f USING (form_id)
    WHERE contains(s.text, '基础数据表') AND regexp_matches(s.text, '附(件|表)\s*[1一][^。；;]{0,40}基础数据表')
),
spent AS (
    SELECT DISTINCT f.dept_id, f.year_key
    FROM core.fact AS x
    JOIN form AS f USING (form_id)
    WHERE x.concept = 'project_expenditure' AND x.value > 0 AND f.form_kind <> 'project_evaluation'
),
asked AS (
    SELECT
        w.*, u.part,
        CASE u.part
            WHEN 'base_data' THEN d.division_code LIKE '43%' OR n.dept_id IS NOT NULL
            WHEN 'department_evaluation' THEN TRUE
            WHEN 'narrative' THEN d.division_code LIKE '43%'
            ELSE s.dept_id IS NOT NULL
        END AS wanted
    FROM whole AS w
    JOIN core.department AS d USING (dept_id)
    LEFT JOIN named AS n ON n.dept_id = w.dept_id AND n.year_key = w.year_key
    LEFT JOIN spent AS s ON s.dept_id = w.dept_id AND s.year_key = w.year_key
    CROSS JOIN unnest(['base_data', 'department_evaluation', 'narrative', 'project_evaluation']) AS u(part)
)
SELECT report_id, dept_id, dept_name, fiscal_year, part, source_file
FROM asked
WHERE wanted AND NOT list_contains(kinds, part);
COMMENT ON VIEW main.missing_part IS '缺少的组成部分：按所在地区要求应有而未见的表或正文 · parts that the scheme of the region asks for and that were not found';
