-- what the checks found in one report, gravest first, with both numbers and where the first of them stands; parameter: report_id
SELECT
    check_code, severity, title || coalesce('：' || subject, '') AS what, expected, actual, difference,
    concat_ws(
        ' ', '第' || evidence[1].page || '页', '表' || evidence[1].table_no, '文本第' || evidence[1].line_no || '行'
    ) AS place
FROM finding
WHERE report_id = $report_id AND check_class IN ('E', 'C') AND coalesce(mark, '') <> 'false_alarm'
ORDER BY list_position(['high', 'medium', 'low', 'info'], severity), check_code, subject, finding_id
