-- What this year's report says of last year, beside what last year's report said of itself. Sheets of one report are
-- paired in the order in which they stand, also where the department was renamed, merged or split in between; rows by concept and by the name of the item without spaces and punctuation.
CREATE OR REPLACE VIEW main.restatement AS
WITH sheet AS (
    SELECT
        r.dept_id, r.dept_name, r.fiscal_year, m.report_id, m.form_id, m.form_kind, coalesce(m.project_name, '') AS project,
        d.source_file, row_number() OVER (
            PARTITION BY r.dept_id, r.fiscal_year, m.form_kind, m.project_name ORDER BY r.loaded_order, m.form_no
        ) AS nth
    FROM core.form AS m
    JOIN core.report AS r USING (report_id)
    JOIN raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'
    WHERE m.is_current AND r.fiscal_year IS NOT NULL
),
fact AS (
    SELECT s.*, f.*, regexp_replace(coalesce(f.item, ''), '[\s　·、，,（）()]', '', 'g') AS item_key
    FROM core.fact AS f
    JOIN sheet AS s ON s.form_id = f.form_id
    WHERE f.period IN ('prior_final', 'current_final') AND f.value IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY f.form_id, f.period, f.concept, item_key ORDER BY f.fact_no) = 1
)
SELECT
    n.report_id, n.dept_id, n.dept_name, n.fiscal_year, n.form_kind, n.concept, n.item, n.unit,
    n.value AS prior_final, b.value AS last_final, n.value - b.value AS difference,
    n.fact_id AS prior_final_fact_id, b.fact_id AS last_final_fact_id, b.report_id AS last_report_id,
    b.dept_id AS last_dept_id, b.dept_name AS last_dept_name, y.scope_changed,
    n.source_file, n.page, n.table_no, n.row_no, n.col_no, n.line_no,
    b.source_file AS last_source_file, b.page AS last_page, b.table_no AS last_table_no, b.row_no AS last_row_no,
    b.col_no AS last_col_no, b.line_no AS last_line_no
FROM fact AS n
JOIN core.year_before AS y ON y.dept_id = n.dept_id AND y.fiscal_year = n.fiscal_year
JOIN fact AS b
    ON b.dept_id = y.last_dept_id AND b.fiscal_year = n.fiscal_year - 1 AND b.form_kind = n.form_kind AND b.project = n.project
    AND b.nth = n.nth AND b.concept = n.concept AND b.item_key = n.item_key AND b.unit IS NOT DISTINCT FROM n.unit
WHERE n.period = 'prior_final' AND b.period = 'current_final';
COMMENT ON VIEW main.restatement IS '上年数对照：本年报告所列上年决算数与上年报告所列本年决算数 · this year''s prior-year final beside last year''s own final, per concept and item';
