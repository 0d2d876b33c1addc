-- One department and year is one report to a check, however many files hold its forms; its lead is the one loaded last.
-- A form without a year belongs to its own file alone.
CREATE OR REPLACE TABLE audit.every AS
WITH lead AS (
    SELECT
        report_id, dept_id,
        first_value(report_id) OVER (
            PARTITION BY dept_id, coalesce(CAST(fiscal_year AS VARCHAR), report_id) ORDER BY loaded_order DESC, report_id
        ) AS lead
    FROM core.report
    WHERE report_id IN (SELECT report_id FROM core.form WHERE is_current)
)
SELECT m.form_id, l.dept_id, l.lead
FROM core.form AS m
JOIN lead AS l USING (report_id)
WHERE m.is_current;

-- what a form resembles, where else its file is offered, and what it supersedes is part of what is checked: all of it
-- changes with other files
CREATE OR REPLACE TABLE audit.digest AS
WITH linked AS (
    -- departments that were renamed, merged or split are read beside others: what links them is part of what was read
    SELECT u.dept_id, string_agg(concat_ws('>', s.dept_id, s.successor_id, s.relation, s.since), ',' ORDER BY s.dept_id, s.successor_id, s.relation) AS links
    FROM core.succession AS s, unnest([s.dept_id, s.successor_id]) AS u(dept_id)
    GROUP BY u.dept_id
),
twin AS (
    SELECT m.form_id, string_agg(f.file_id, ',' ORDER BY f.file_id) AS files
    FROM raw.file AS f
    JOIN core.report AS r ON r.document_id = f.duplicate_of
    JOIN core.form AS m USING (report_id)
    WHERE f.status = 'duplicate'
    GROUP BY ALL
),
superseded AS (
    SELECT
        r.dept_id, coalesce(r.fiscal_year, 0) AS year_key,
        string_agg(m.form_id || '@' || r.loaded_order, ',' ORDER BY r.loaded_order, m.form_id) AS forms
    FROM core.form AS m
    JOIN core.report AS r USING (report_id)
    WHERE NOT m.is_current
    GROUP BY ALL
),
near AS (
    SELECT
        later_form_id AS form_id,
        string_agg(concat_ws('/', relation, earlier_form_id, similarity, same_numbers), ',' ORDER BY relation, earlier_form_id)
            AS near
    FROM core.near_duplicate
    GROUP BY ALL
),
form AS (
    SELECT
        e.lead AS report_id, any_value(e.dept_id) AS dept_id,
        string_agg(concat_ws('=', e.form_id, n.near, t.files), ',' ORDER BY e.form_id) AS forms
    FROM audit.every AS e
    LEFT JOIN near AS n USING (form_id)
    LEFT JOIN twin AS t USING (form_id)
    GROUP BY e.lead
)
SELECT f.report_id, f.dept_id, md5(concat_ws('|', f.forms, l.links, s.forms)) AS forms
FROM form AS f
JOIN core.report AS r USING (report_id)
LEFT JOIN linked AS l ON l.dept_id = f.dept_id
LEFT JOIN superseded AS s ON s.dept_id = r.dept_id AND s.year_key = coalesce(r.fiscal_year, 0);

-- what was checked before and is now part of another report, or superseded
CREATE OR REPLACE TABLE audit.gone AS
SELECT report_id, dept_id FROM core.checked WHERE report_id NOT IN (SELECT report_id FROM audit.digest);

-- with all that came before a department and after it: their reports are held against each other
CREATE OR REPLACE TABLE audit.touched AS
WITH RECURSIVE changed AS (
    SELECT dept_id FROM audit.gone
    UNION
    SELECT d.dept_id
    FROM audit.digest AS d
    LEFT JOIN core.checked AS c USING (report_id)
    WHERE $everything OR c.forms IS DISTINCT FROM d.forms
),
link AS (
    SELECT dept_id, successor_id AS other FROM core.succession
    UNION
    SELECT successor_id, dept_id FROM core.succession
),
reached AS (
    SELECT dept_id FROM changed
    UNION
    SELECT l.other FROM reached AS r JOIN link AS l USING (dept_id)
)
SELECT dept_id FROM reached;

CREATE OR REPLACE TABLE audit.unit AS
SELECT form_id, lead FROM audit.every WHERE dept_id IN (SELECT dept_id FROM audit.touched);
