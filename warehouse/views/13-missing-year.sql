CREATE OR REPLACE VIEW main.missing_year AS
WITH held AS (
    SELECT
        r.dept_id, r.fiscal_year, max_by(r.report_id, r.loaded_order) AS report_id,
        max_by(r.dept_name, r.loaded_order) AS dept_name
    FROM core.report AS r
    WHERE r.fiscal_year IS NOT NULL
    GROUP BY ALL
),
-- a department that was renamed goes on under its new name
name AS (
    SELECT DISTINCT dept_id, dept_id AS later_id FROM held
    UNION
    SELECT dept_id, successor_id FROM core.succession WHERE relation = 'renamed'
)
SELECT
    b.dept_id, a.dept_name, b.fiscal_year + 1 AS fiscal_year, b.report_id AS report_id_before, a.report_id AS report_id_after
FROM held AS b
JOIN name AS s ON s.dept_id = b.dept_id
JOIN held AS a ON a.dept_id = s.later_id AND a.fiscal_year = b.fiscal_year + 2
ANTI JOIN held AS m ON m.dept_id = b.dept_id AND m.fiscal_year = b.fiscal_year + 1
ANTI JOIN held AS n ON n.dept_id = a.dept_id AND n.fiscal_year = b.fiscal_year + 1;
COMMENT ON VIEW main.missing_year IS '缺少的年度：前后两年均有报告而本年没有 · years without a report between two years that have one';
