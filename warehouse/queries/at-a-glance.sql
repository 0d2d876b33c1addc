-- the department's year at a glance; parameters: dept_id, fiscal_year
SELECT * FROM dept_year WHERE dept_id = $dept_id AND fiscal_year = $fiscal_year
