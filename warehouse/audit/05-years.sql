-- Reports of one department side by side over the years, also where it was renamed, merged or split: then each of its
-- predecessors stands before it. Where `scope_changed` duties came or went between the two years, so that figures need
-- not agree and none contradicts another.
CREATE OR REPLACE TABLE audit.previous AS
SELECT
    r.report_id, l.report_id AS last_id, r.dept_id, r.fiscal_year, l.dept_id AS last_dept_id,
    -- words that follow 上年报告 where the year before was another name's
    CASE WHEN l.dept_id <> r.dept_id THEN '（' || coalesce(l.dept_name, l.dept_id) || '）' ELSE '' END AS last_name,
    y.scope_changed
FROM audit.report AS r
JOIN core.year_before AS y ON y.dept_id = r.dept_id AND y.fiscal_year = r.fiscal_year
JOIN audit.report AS l ON l.dept_id = y.last_dept_id AND l.fiscal_year = r.fiscal_year - 1;

-- the report of the year before of the same duties: at most one
CREATE OR REPLACE VIEW audit.last AS SELECT * FROM audit.previous WHERE NOT scope_changed;

-- reports of a year in which duties came or went
CREATE OR REPLACE TABLE audit.reformed AS
SELECT r.report_id FROM audit.report AS r JOIN core.reform AS y ON y.dept_id = r.dept_id AND y.fiscal_year = r.fiscal_year;

-- the department's own figures of the year, one a concept: as a form prints it, else as every mention in prose has it
CREATE OR REPLACE TABLE audit.own AS
WITH printed AS (
    SELECT report_id, concept, value, places, ref
    FROM audit.fact
    WHERE concept IN ('personnel_expense', 'staff_actual', 'total_score') AND form_kind <> 'project_evaluation'
        AND period IN ('annual', 'current_final', 'execution', 'instant_current') AND item IS NULL AND value IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY report_id, concept ORDER BY origin = 'narrative', form_kind <> 'department_evaluation', form_id, ref
    ) = 1
),
said AS (
    SELECT report_id, concept, any_value(value) AS value, 0 AS places, min(ref) AS ref
    FROM audit.figure
    WHERE concept IN ('personnel_expense', 'staff_actual', 'total_score') AND form_kind = 'narrative'
        AND tense = 'current' AND context = 'report' AND NOT approximate
    GROUP BY report_id, concept
    HAVING count(DISTINCT value) = 1
)
SELECT * FROM printed
UNION ALL
SELECT s.* FROM said AS s ANTI JOIN printed AS p ON p.report_id = s.report_id AND p.concept = s.concept;

-- what the forms in question changed against the revision that was current before
CREATE OR REPLACE TABLE audit.revision AS
SELECT m.report_id AS lead, v.*
FROM main.revision_change AS v
JOIN audit.form AS m ON m.form_id = v.form_id
QUALIFY v.old_order = max(v.old_order) OVER (PARTITION BY v.form_id);
