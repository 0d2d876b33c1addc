-- code: DOC-05
-- class: R
-- severity: medium
-- title: 有项目支出而未附项目支出绩效自评表 · Project spending without a project form
-- rule: 部门自评表项目支出大于 0 的，附有项目支出绩效自评表；湖南省以外为低
-- tolerance: 无
-- false positives: 项目自评表另行公开；仅有其他运转类项目
WITH spent AS (
    SELECT report_id, form_id, value, ref
    FROM audit.fact
    WHERE form_kind = 'department_evaluation' AND concept = 'project_expenditure' AND period IN ('annual', 'execution')
        AND value IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY period DESC, fact_no, ref) = 1
),
project AS (SELECT DISTINCT report_id FROM audit.form WHERE form_kind = 'project_evaluation')
SELECT
    s.report_id, s.form_id, '项目支出绩效自评表' AS subject, s.value AS actual, [s.ref] AS evidence,
    CASE WHEN r.division_code LIKE '43%' OR r.division_code IS NULL THEN 'medium' ELSE 'low' END AS severity,
    CASE WHEN s.value <= 0 THEN 'not_applicable' WHEN p.report_id IS NULL THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format('项目支出 {} 万元，报告未见项目支出绩效自评表，建议核实是否另行公开。', audit.plain(s.value)) END AS message
FROM spent AS s
JOIN audit.report AS r USING (report_id)
LEFT JOIN project AS p ON p.report_id = s.report_id
