-- code: PRJ-03
-- class: S
-- severity: low
-- title: 不同项目的指标及数值完全相同 · Several projects have the same indicators and values
-- rule: 同一部门不同项目自评表的三级指标（三个以上）、指标值与完成值不全部相同
-- tolerance: 无
-- false positives: 同一项目分批次填报
WITH form AS (
    SELECT
        report_id, form_id, min(project_name) AS project_name, count(*) AS indicators, min(ref) AS ref,
        md5(string_agg(concat_ws('|', name, target_raw, actual_raw), chr(10) ORDER BY seq)) AS digest
    FROM audit.indicator
    WHERE form_kind = 'project_evaluation' AND name IS NOT NULL
    GROUP BY ALL
    HAVING count(*) >= 3
),
alike AS (
    SELECT
        report_id, digest, min(form_id) AS form_id, count(DISTINCT project_name) AS projects, any_value(indicators) AS indicators,
        list(ref ORDER BY form_id)[1:8] AS refs, string_agg(DISTINCT project_name, '、' ORDER BY project_name) AS names
    FROM form
    GROUP BY ALL
)
SELECT
    report_id, form_id, names AS subject, refs AS evidence, CAST(projects AS DECIMAL(20, 6)) AS actual,
    CASE WHEN projects > 1 THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format('{} 个项目（{}）的 {} 个指标及其数值完全相同，建议核实。', projects, left(names, 100), indicators) END AS message
FROM alike
