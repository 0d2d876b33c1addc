-- The department and year that stand before a department and year: its own year before, else that of the department from
-- which it was renamed, merged or split. `scope_changed` is true where duties came or went between the two, so that
-- their figures need not agree.

-- A merger or split counts for the year in which it took effect and the one before, since the bureaus of a reform often
-- report for the year in which it was decided; and for the year in which the reports themselves pass from one to another.
CREATE OR REPLACE VIEW core.reform AS
WITH span AS (
    SELECT dept_id, min(fiscal_year) AS first_year, max(fiscal_year) AS last_year
    FROM core.report
    WHERE dept_id IN (SELECT unnest([s.dept_id, s.successor_id]) FROM core.succession AS s)
    GROUP BY dept_id
),
change AS (
    SELECT
        s.dept_id, s.successor_id,
        [s.since - 1, s.since, CASE WHEN s.relation = 'split' THEN b.first_year ELSE a.last_year + 1 END] AS years
    FROM core.succession AS s
    LEFT JOIN span AS a ON a.dept_id = s.dept_id
    LEFT JOIN span AS b ON b.dept_id = s.successor_id
    WHERE s.relation <> 'renamed'
)
SELECT DISTINCT u.dept_id, y.fiscal_year
FROM change AS c, unnest([c.dept_id, c.successor_id]) AS u(dept_id), unnest(c.years) AS y(fiscal_year)
WHERE y.fiscal_year IS NOT NULL;
COMMENT ON VIEW core.reform IS '部门职责因合并、拆分而改变的年度 · years in which the duties of a department changed by a merger or a split';

CREATE OR REPLACE VIEW core.year_before AS
WITH held AS (
    SELECT DISTINCT dept_id, fiscal_year FROM core.report WHERE fiscal_year IS NOT NULL
),
own AS (
    SELECT n.dept_id, n.fiscal_year FROM held AS n JOIN held AS b ON b.dept_id = n.dept_id AND b.fiscal_year = n.fiscal_year - 1
),
-- of departments without a year before of their own; one that goes on under its old name was not renamed
followed AS (
    SELECT
        n.dept_id, n.fiscal_year, b.dept_id AS last_dept_id, bool_or(s.relation <> 'renamed') AS changed
    FROM core.succession AS s
    JOIN held AS n ON n.dept_id = s.successor_id
    JOIN held AS b ON b.dept_id = s.dept_id AND b.fiscal_year = n.fiscal_year - 1
    LEFT JOIN held AS g ON g.dept_id = s.dept_id AND g.fiscal_year = n.fiscal_year
    ANTI JOIN own AS o ON o.dept_id = n.dept_id AND o.fiscal_year = n.fiscal_year
    WHERE s.relation <> 'renamed' OR g.dept_id IS NULL
    GROUP BY ALL
)
SELECT
    o.dept_id, o.fiscal_year, o.dept_id AS last_dept_id, r.dept_id IS NOT NULL AS scope_changed
FROM own AS o
LEFT JOIN core.reform AS r ON r.dept_id = o.dept_id AND r.fiscal_year = o.fiscal_year
UNION ALL
SELECT
    f.dept_id, f.fiscal_year, f.last_dept_id,
    -- two that became one, or one that became two, whatever the registry calls it
    f.changed OR r.dept_id IS NOT NULL OR count(*) OVER (PARTITION BY f.dept_id, f.fiscal_year) > 1
        OR count(*) OVER (PARTITION BY f.last_dept_id, f.fiscal_year) > 1
FROM followed AS f
LEFT JOIN core.reform AS r ON r.dept_id = f.dept_id AND r.fiscal_year = f.fiscal_year;
COMMENT ON VIEW core.year_before IS '部门上一年度对应的部门，含更名、合并、拆分 · the department that stands for a department in the year before';
