-- One department and year is one report to a check, however many files hold its forms; its lead is the one loaded last.
-- A form without a year belongs to its own file alone.
CREATE OR REPLACE TABLE audit.every AS
SELECT
    m.form_id, r.dept_id,
    first_value(r.report_id) OVER (
        PARTITION BY r.dept_id, coalesce(CAST(r.fiscal_year AS VARCHAR), r.report_id) ORDER BY r.loaded_order DESC, r.report_id
    ) AS lead
FROM core.form AS m
JOIN core.report AS r USING (report_id)
WHERE m.is_current;

CREATE OR REPLACE TABLE audit.digest AS
SELECT lead AS report_id, any_value(dept_id) AS dept_id, md5(string_agg(form_id, ',' ORDER BY form_id)) AS forms
FROM audit.every
GROUP BY lead;

-- what was checked before and is now part of another report, or superseded
CREATE OR REPLACE TABLE audit.gone AS
SELECT report_id, dept_id FROM core.checked WHERE report_id NOT IN (SELECT report_id FROM audit.digest);

CREATE OR REPLACE TABLE audit.touched AS
SELECT dept_id FROM audit.gone
UNION
SELECT d.dept_id
FROM audit.digest AS d
LEFT JOIN core.checked AS c USING (report_id)
WHERE $everything OR c.forms IS DISTINCT FROM d.forms;

CREATE OR REPLACE TABLE audit.unit AS
SELECT form_id, lead FROM audit.every WHERE dept_id IN (SELECT dept_id FROM audit.touched);
