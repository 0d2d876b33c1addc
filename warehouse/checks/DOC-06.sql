-- code: DOC-06
-- class: C
-- severity: info
-- title: 表内层级用词与部门层级不符 · The form names another level of government
-- rule: 表内“省级、市级、县级、区级”预算部门名称、专项资金等用词与部门所属层级一致
-- tolerance: 县级市、乡镇使用县级用词视为一致
-- false positives: 统一使用上级印发的表样
WITH word AS (
    SELECT report_id, ref, form_id, regexp_extract(row_label, '([省市县区])级专项', 1) AS word, row_label AS label
    FROM audit.fact
    WHERE form_kind = 'base_data' AND concept = 'project_special_fund' AND contains(row_label, '级专项')
    UNION ALL BY NAME
    SELECT report_id, ref, regexp_extract(audit.tight(text), '^([省市县区])级(?:预算)?(?:部门|单位|主管)', 1) AS word, text AS label
    FROM audit.printed
    WHERE in_table AND contains(text, '级') AND contains(text, '名称') AND length(text) < 30
),
judged AS (
    SELECT
        w.*, coalesce(r.division_name, r.dept_name) AS division_name,
        -- a city that stands above counties or is one itself; the 市 of 示例县城市管理局 is none
        CASE w.word
            WHEN '省' THEN l.level = 'province'
            WHEN '市' THEN l.level = 'prefecture' OR regexp_matches(coalesce(r.division_name, r.dept_name), '^(?:中共)?[^县区旗]{2,9}市')
            WHEN '县' THEN l.level IN ('county', 'township')
            WHEN '区' THEN l.level IN ('county', 'township')
        END AS fits
    FROM word AS w
    JOIN audit.report AS r USING (report_id)
    -- a department that no directory knows tells its level by its name
    JOIN (
        SELECT report_id, coalesce(level, CASE
            WHEN regexp_matches(dept_name, '^(?:中共)?.{2,9}[县旗区]') AND NOT contains(dept_name, '自治区') THEN 'county'
        END) AS level
        FROM audit.report
    ) AS l USING (report_id)
    WHERE w.word <> '' AND l.level IN ('province', 'prefecture', 'county', 'township')
)
SELECT
    report_id, min(form_id) AS form_id, '层级用词' AS subject,
    list(ref ORDER BY ref) FILTER (NOT fits) AS evidence,
    CASE WHEN bool_and(fits) THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format('表内用词“{}”与部门层级（{}）不符，或沿用上级表样，建议核实。',
        string_agg(DISTINCT trim(label), '、' ORDER BY trim(label)) FILTER (NOT fits), any_value(division_name)) END AS message
FROM judged
GROUP BY report_id
