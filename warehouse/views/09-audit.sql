CREATE OR REPLACE VIEW main.check_rule AS
SELECT
    check_code, check_class, severity, title, title_en, rule, tolerance, false_positives, scope, source AS rule_source, problem
FROM core.check_rule;
COMMENT ON VIEW main.check_rule IS '审计规则：内容、容差与误报风险 · the checks: rule, tolerance, risk of false alarm';

CREATE OR REPLACE VIEW main.check_result AS
SELECT c.report_id, r.dept_id, r.dept_name, r.fiscal_year, c.check_code, c.status, c.tests
FROM core.check_result AS c
JOIN core.report AS r USING (report_id);
COMMENT ON VIEW main.check_result IS '每份报告每条规则的结论 · the status of every check for every report';

CREATE OR REPLACE VIEW main.finding AS
WITH last_mark AS (
    SELECT * FROM core.mark QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY marked_at DESC) = 1
)
SELECT
    f.finding_id, f.report_id, r.dept_id, r.dept_name, r.fiscal_year, f.form_id, m.project_name, f.check_code,
    c.check_class, f.severity, c.title, f.subject, f.message, f.expected, f.actual, f.difference, f.tolerance, c.rule,
    f.evidence, d.source_file, k.mark, k.note AS mark_note, k.marked_by, k.marked_at, f.scope_changed
FROM core.finding AS f
JOIN core.report AS r USING (report_id)
JOIN raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'
JOIN core.check_rule AS c ON c.check_code = f.check_code AND c.problem IS NULL
LEFT JOIN core.form AS m ON m.form_id = f.form_id
LEFT JOIN last_mark AS k ON k.finding_id = f.finding_id;
COMMENT ON VIEW main.finding IS '审计发现：不一致之处、双方数字、差额与出处 · what did not hold: both numbers, the difference, and the places';
