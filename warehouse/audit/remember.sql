-- What was checked, with the forms it then had.
DELETE FROM core.checked WHERE report_id IN (SELECT report_id FROM audit.gone);
DELETE FROM core.checked WHERE report_id IN (SELECT report_id FROM audit.digest WHERE dept_id IN (SELECT dept_id FROM audit.touched));
INSERT INTO core.checked
SELECT report_id, dept_id, forms FROM audit.digest WHERE dept_id IN (SELECT dept_id FROM audit.touched);
