-- Reports of one department side by side over the years.
CREATE OR REPLACE TABLE audit.last AS
SELECT r.report_id, l.report_id AS last_id, r.dept_id, r.fiscal_year
FROM audit.report AS r
JOIN audit.report AS l ON l.dept_id = r.dept_id AND l.fiscal_year = r.fiscal_year - 1;

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
