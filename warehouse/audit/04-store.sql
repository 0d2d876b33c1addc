-- The statuses and findings of these checks (audit.asked) for these reports (audit.subject).
INSERT INTO core.check_result
WITH told AS (
    SELECT
        report_no, check_no, count(*) AS tests, bool_or(status = 'fail') AS failed, bool_or(status = 'pass') AS passed,
        bool_or(status = 'insufficient_data') AS insufficient
    FROM audit.result
    GROUP BY ALL
)
SELECT
    r.report_id, c.check_code,
    CASE
        WHEN t.failed THEN 'fail' WHEN t.passed THEN 'pass' WHEN t.insufficient THEN 'insufficient_data'
        ELSE 'not_applicable'
    END,
    coalesce(t.tests, 0)
FROM audit.subject AS r
CROSS JOIN audit.asked AS c
LEFT JOIN told AS t ON t.report_no = r.report_no AND t.check_no = c.check_no;

-- the id depends on what was found, not on the file: a mark that a person made stays with a finding that stays
INSERT INTO core.finding
WITH failed AS (
    SELECT row_number() OVER () AS n, r.report_id, r.dept_id, r.fiscal_year, c.check_code, c.severity AS usual, c.title, f.*
    FROM audit.result AS f
    JOIN audit.subject AS r USING (report_no)
    JOIN audit.rule AS c USING (check_no)
    WHERE f.status = 'fail'
),
evidenced AS (
    SELECT f.n, list(e.place ORDER BY w.nth) AS places
    FROM failed AS f, unnest(f.evidence) WITH ORDINALITY AS w(ref, nth)
    JOIN audit.evidence AS e ON e.ref = w.ref
    GROUP BY f.n
)
SELECT
    left(sha256(concat_ws(
        '|', f.check_code, f.dept_id, coalesce(CAST(f.fiscal_year AS VARCHAR), f.report_id), m.project_name,
        f.subject, f.expected, f.actual,
        row_number() OVER (
            PARTITION BY f.check_code, f.report_id, m.project_name, f.subject, f.expected, f.actual ORDER BY f.message, f.form_id, f.evidence
        )
    )), 16),
    f.report_id, f.form_id, f.check_code, coalesce(f.severity, f.usual), f.subject,
    coalesce(f.message, f.title) || CASE WHEN f.scope_changed THEN '本年机构职责有调整，两年口径可能不同。' ELSE '' END,
    f.expected, f.actual, coalesce(f.difference, f.actual - f.expected), f.tolerance, coalesce(v.places, []),
    coalesce(f.scope_changed, FALSE)
FROM failed AS f
LEFT JOIN audit.form AS m ON m.form_id = f.form_id
LEFT JOIN evidenced AS v ON v.n = f.n;
