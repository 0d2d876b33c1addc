-- code: PAT-08
-- class: S
-- severity: info
-- title: 次年未见报告 · No report for the following year
-- rule: 有本年度报告的部门，次年也有报告（更名、合并的，看其后的部门）；只在同地区次年至少有 8 个部门、且本年有报告的部门半数以上次年也有报告时核对；列在本年度报告
-- tolerance: 无
-- false positives: 机构撤并、涉密单位、公布在他处
-- scope: cohort
WITH held AS (
    SELECT DISTINCT d.division_code, r.dept_id, r.fiscal_year
    FROM core.report AS r
    JOIN core.department AS d USING (dept_id)
    WHERE r.fiscal_year IS NOT NULL AND d.division_code IN (SELECT division_code FROM audit.report)
),
cohort AS (
    SELECT division_code, fiscal_year, count(*) AS n FROM held GROUP BY ALL
),
-- a department goes on under the name of the one into which it was renamed or merged
onward AS (
    SELECT dept_id, fiscal_year FROM held
    UNION
    SELECT s.dept_id, h.fiscal_year FROM core.succession AS s JOIN held AS h ON h.dept_id = s.successor_id WHERE s.relation <> 'split'
),
own AS (
    SELECT
        r.report_id, r.dept_id, r.division_code, r.division_name, r.fiscal_year, n.dept_id IS NOT NULL AS goes_on, c.n,
        avg(CASE WHEN n.dept_id IS NOT NULL THEN 1.0 ELSE 0.0 END) OVER (PARTITION BY r.division_code, r.fiscal_year) AS share
    FROM audit.report AS r
    JOIN cohort AS c ON c.division_code = r.division_code AND c.fiscal_year = r.fiscal_year + 1
    LEFT JOIN onward AS n ON n.dept_id = r.dept_id AND n.fiscal_year = r.fiscal_year + 1
)
SELECT
    o.report_id, CAST(o.fiscal_year + 1 AS VARCHAR) AS subject, o.n AS expected, [m.ref] AS evidence,
    CASE WHEN o.n < 8 OR o.share < 0.5 THEN 'insufficient_data' WHEN o.goes_on THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format('{}{}年度已见 {} 个部门的报告，未见本部门的，建议核实是否已公布。', coalesce(o.division_name, ''), o.fiscal_year + 1, o.n) END AS message
FROM own AS o
JOIN (SELECT report_id, min(ref) AS ref FROM audit.form GROUP BY report_id) AS m USING (report_id)
