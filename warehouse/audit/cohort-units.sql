-- All reports of the divisions and years in which something changed, of the years before, of which some checks ask what
-- came after, and those that belong to no division or year.
CREATE OR REPLACE TABLE audit.beside AS
WITH cohort AS (
    SELECT DISTINCT d.division_code, unnest([r.fiscal_year, r.fiscal_year - 1]) AS fiscal_year
    FROM audit.unit AS u
    JOIN core.report AS r ON r.report_id = u.lead
    JOIN core.department AS d USING (dept_id)
    WHERE d.division_code IS NOT NULL AND r.fiscal_year IS NOT NULL
)
SELECT form_id, lead FROM audit.unit
UNION
SELECT e.form_id, e.lead
FROM audit.every AS e
JOIN core.report AS r ON r.report_id = e.lead
JOIN core.department AS d ON d.dept_id = r.dept_id
JOIN cohort AS c ON c.division_code = d.division_code AND c.fiscal_year = r.fiscal_year;
