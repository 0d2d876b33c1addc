-- Divides the forms in question into portions of about $size reports, so that what checks read fits in memory however
-- many reports there are. A division stays together, as checks hold its departments against each other; portions follow
-- the order of loading, so that each reads its own part of the tables.
CREATE OR REPLACE TABLE audit.whole AS SELECT form_id, lead FROM audit.unit;

CREATE OR REPLACE TABLE audit.portion AS
WITH asked AS (
    SELECT r.report_id, r.loaded_order, coalesce(d.division_code, r.dept_id) AS home
    FROM core.report AS r
    JOIN core.department AS d USING (dept_id)
    WHERE r.report_id IN (SELECT lead FROM audit.whole)
),
home AS (
    SELECT home, (sum(count(*)) OVER (ORDER BY min(loaded_order), home) - 1) // $size AS portion FROM asked GROUP BY home
)
SELECT a.report_id AS lead, h.portion FROM asked AS a JOIN home AS h USING (home);
