CREATE OR REPLACE VIEW main.missing_year AS
WITH held AS (
    SELECT
        r.dept_id, r.fiscal_year, max_by(r.report_id, r.loaded_order) AS report_id,
        max_by(r.dept_name, r.loaded_order) AS dept_name
    FROM core.report AS r
    WHERE r.fiscal_year IS NOT NULL
    GROUP BY ALL
)
SELECT
    b.dept_id, a.dept_name, b.fiscal_year + 1 AS fiscal_year, b.report_id AS report_id_before, a.report_id AS report_id_after
FROM held AS b
JOIN held AS a ON a.dept_id = b.dept_id AND a.fiscal_year = b.fiscal_year + 2
ANTI JOIN held AS m ON m.dept_id = b.dept_id AND m.fiscal_year = b.fiscal_year + 1;
COMMENT ON VIEW main.missing_year IS '缺少的年度：前后两年均有报告而本年没有 · years without a report between two years that have one';
