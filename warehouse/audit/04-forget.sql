-- What these checks (audit.asked) said of these reports (audit.subject) and of reports that are no more.
DELETE FROM core.check_result
WHERE check_code IN (SELECT check_code FROM audit.asked)
    AND (report_id IN (SELECT report_id FROM audit.subject) OR report_id IN (SELECT report_id FROM audit.gone));
DELETE FROM core.finding
WHERE check_code IN (SELECT check_code FROM audit.asked)
    AND (report_id IN (SELECT report_id FROM audit.subject) OR report_id IN (SELECT report_id FROM audit.gone));
