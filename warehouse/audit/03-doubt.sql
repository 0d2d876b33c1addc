-- A test of arithmetic, contradiction or rule that leans on a number which is printed and not known (audit.unknown)
-- has shown nothing, neither that it holds nor that it does not: what a scan blurs is no blank and no nought.
UPDATE audit.result
SET status = 'insufficient_data'
WHERE status <> 'insufficient_data'
    AND check_no IN (SELECT check_no FROM audit.rule WHERE check_class IN ('E', 'C', 'R'))
    AND rowid IN (
        SELECT r.id
        FROM (
            SELECT rowid AS id, unnest(evidence) AS ref
            FROM audit.result
            WHERE report_no IN (SELECT r.report_no FROM audit.report AS r JOIN audit.unknown AS u USING (report_id))
        ) AS r
        JOIN audit.unknown AS u ON u.ref = r.ref
    );
