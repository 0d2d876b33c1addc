CREATE OR REPLACE VIEW main.dept_year AS
WITH current_form AS (
    SELECT r.dept_id, r.fiscal_year, r.report_id, r.dept_name, r.loaded_order, m.form_id, m.form_kind, m.grade
    FROM core.form AS m
    JOIN core.report AS r USING (report_id)
    WHERE m.is_current
),
whole AS (
    -- project forms repeat the words of the department's form; only the department's own figures count here
    SELECT c.dept_id, c.fiscal_year, f.concept, f.period, f.value, c.form_kind,
        -- what a form prints goes before what the prose of another file says
        (f.origin = 'narrative', f.fact_no) AS told
    FROM current_form AS c
    JOIN core.fact AS f USING (form_id)
    WHERE c.form_kind <> 'project_evaluation' AND f.item IS NULL AND f.value IS NOT NULL
),
figures AS (
    SELECT
        dept_id, fiscal_year,
        min_by(value, told) FILTER (concept = 'funds_total' AND period = 'initial_budget') AS initial_budget,
        min_by(value, told) FILTER (concept = 'funds_total' AND period = 'full_year_budget') AS full_year_budget,
        min_by(value, told) FILTER (concept = 'funds_total' AND period = 'execution') AS execution,
        min_by(value, told) FILTER (concept = 'execution_rate') AS execution_rate,
        min_by(value, told) FILTER (concept = 'basic_expenditure' AND period IN ('annual', 'current_final', 'execution'))
            AS basic_expenditure,
        min_by(value, told) FILTER (concept = 'project_expenditure' AND period IN ('annual', 'execution'))
            AS project_expenditure,
        min_by(value, told) FILTER (concept = 'personnel_expense' AND period IN ('annual', 'current_final', 'execution'))
            AS personnel_expense,
        min_by(value, told) FILTER (concept = 'public_expense_total' AND period IN ('annual', 'current_final'))
            AS public_expense,
        min_by(value, told) FILTER (concept = 'public_expense_total' AND period = 'prior_final') AS public_expense_prior,
        min_by(value, told) FILTER (concept = 'three_public_total' AND period = 'current_final') AS three_public,
        min_by(value, told) FILTER (concept = 'three_public_total' AND period = 'prior_final') AS three_public_prior,
        min_by(value, told) FILTER (concept = 'official_reception' AND period = 'current_final') AS reception,
        min_by(value, told) FILTER (concept = 'official_reception' AND period = 'prior_final') AS reception_prior,
        min_by(value, told) FILTER (concept = 'staff_authorized') AS staff_authorized,
        min_by(value, told) FILTER (concept = 'staff_actual') AS staff_actual,
        min_by(value, told) FILTER (concept = 'total_score') AS total_score,
        min_by(value, told) FILTER (concept = 'execution_score') AS execution_score
    FROM whole
    GROUP BY ALL
),
-- what only the prose says: taken where every mention of the year's own figure agrees
said AS (
    SELECT dept_id, fiscal_year, concept, any_value(value) AS value
    FROM current_form
    JOIN core.key_figure AS k USING (form_id)
    WHERE k.concept IS NOT NULL AND k.tense = 'current' AND k.context = 'report' AND NOT k.approximate
    GROUP BY ALL
    HAVING count(DISTINCT k.value) = 1
),
prose AS (
    SELECT
        dept_id, fiscal_year,
        any_value(value) FILTER (concept = 'basic_expenditure') AS basic_expenditure,
        any_value(value) FILTER (concept = 'project_expenditure') AS project_expenditure,
        any_value(value) FILTER (concept = 'personnel_expense') AS personnel_expense,
        any_value(value) FILTER (concept = 'public_expense_total') AS public_expense,
        any_value(value) FILTER (concept = 'three_public_total') AS three_public,
        any_value(value) FILTER (concept = 'official_reception') AS reception,
        any_value(value) FILTER (concept = 'staff_authorized') AS staff_authorized,
        any_value(value) FILTER (concept = 'staff_actual') AS staff_actual,
        any_value(value) FILTER (concept = 'total_score') AS total_score
    FROM said
    GROUP BY ALL
),
sums AS (
    SELECT c.dept_id, c.fiscal_year, sum(i.score) AS score_sum, sum(i.weight) AS weight_sum
    FROM current_form AS c
    JOIN core.indicator AS i USING (form_id)
    WHERE c.form_kind = 'department_evaluation'
    GROUP BY ALL
),
-- a finding that a person marked as a false alarm counts no more
found AS (
    SELECT
        r.dept_id, r.fiscal_year, count(*) FILTER (f.severity = 'high') AS high,
        count(*) FILTER (f.severity = 'medium') AS medium, count(*) FILTER (f.severity = 'low') AS low
    FROM core.finding AS f
    JOIN core.report AS r USING (report_id)
    WHERE f.finding_id NOT IN (
        SELECT finding_id FROM core.mark GROUP BY finding_id HAVING max_by(mark, marked_at) = 'false_alarm'
    )
    GROUP BY ALL
),
department_year AS (
    SELECT
        dept_id, fiscal_year, max_by(report_id, loaded_order) AS report_id, max_by(dept_name, loaded_order) AS dept_name,
        min_by(grade, CASE form_kind WHEN 'department_evaluation' THEN 1 ELSE 2 END)
            FILTER (grade IS NOT NULL AND form_kind <> 'project_evaluation') AS grade
    FROM current_form
    GROUP BY ALL
)
SELECT
    y.report_id, y.dept_id, y.dept_name, y.fiscal_year,
    f.initial_budget, f.full_year_budget, f.execution, f.execution_rate,
    coalesce(f.basic_expenditure, p.basic_expenditure) AS basic_expenditure,
    coalesce(f.project_expenditure, p.project_expenditure) AS project_expenditure,
    coalesce(f.personnel_expense, p.personnel_expense) AS personnel_expense,
    coalesce(f.public_expense, p.public_expense) AS public_expense, f.public_expense_prior,
    coalesce(f.three_public, p.three_public) AS three_public, f.three_public_prior,
    coalesce(f.reception, p.reception) AS reception, f.reception_prior,
    coalesce(f.staff_authorized, p.staff_authorized) AS staff_authorized,
    coalesce(f.staff_actual, p.staff_actual) AS staff_actual,
    coalesce(f.total_score, p.total_score) AS total_score,
    CAST(s.score_sum AS DECIMAL(20, 6)) AS score_sum, CAST(s.weight_sum AS DECIMAL(20, 6)) AS weight_sum,
    f.execution_score, y.grade,
    CASE WHEN k.report_id IS NOT NULL THEN coalesce(n.high, 0) END AS findings_high,
    CASE WHEN k.report_id IS NOT NULL THEN coalesce(n.medium, 0) END AS findings_medium,
    CASE WHEN k.report_id IS NOT NULL THEN coalesce(n.low, 0) END AS findings_low
FROM department_year AS y
LEFT JOIN core.checked AS k ON k.report_id = y.report_id
LEFT JOIN found AS n ON n.dept_id = y.dept_id AND n.fiscal_year IS NOT DISTINCT FROM y.fiscal_year
LEFT JOIN figures AS f ON f.dept_id = y.dept_id AND f.fiscal_year IS NOT DISTINCT FROM y.fiscal_year
LEFT JOIN prose AS p ON p.dept_id = y.dept_id AND p.fiscal_year IS NOT DISTINCT FROM y.fiscal_year
LEFT JOIN sums AS s ON s.dept_id = y.dept_id AND s.fiscal_year IS NOT DISTINCT FROM y.fiscal_year;
COMMENT ON VIEW main.dept_year IS '部门年度一览：资金、三公、公用、人员、得分 · one row a department and year';
