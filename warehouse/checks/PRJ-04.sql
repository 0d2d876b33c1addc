-- code: PRJ-04
-- class: C
-- severity: medium
-- title: 列明的专项无相应项目自评表 · A listed project has no form
-- rule: 报告附有项目自评表时，基础数据表逐项列明且本年有决算数的专项各有一份
-- tolerance: 名称互相包含或共有三分之二以上用字视为同一项目
-- false positives: 项目自评表分开公开的（未附任何项目表的不核对）
WITH form AS (
    SELECT report_id, form_id, project_name AS name, ref
    FROM audit.form
    WHERE form_kind = 'project_evaluation' AND project_name IS NOT NULL
),
listed AS (
    SELECT f.report_id, f.form_id, f.ref, f.item, f.value, regexp_replace(f.item, '[^\p{Han}]|专项|资金|经费|项目', '', 'g') AS core
    FROM audit.fact AS f
    WHERE f.form_kind = 'base_data' AND f.concept IN ('project_special_fund_item', 'project_other_item')
        AND f.period = 'current_final' AND f.value > 0 AND f.item IS NOT NULL
),
pair AS (
    SELECT
        l.report_id, l.form_id, l.ref, l.item, l.value,
        bool_or(
            contains(m.name, l.core)
            OR len(list_intersect(list_distinct(string_split(l.core, '')), list_distinct(string_split(m.name, '')))) * 3
                >= 2 * len(list_distinct(string_split(l.core, '')))
        ) AS found, count(DISTINCT m.form_id) AS forms
    FROM listed AS l
    JOIN form AS m USING (report_id)
    WHERE length(l.core) >= 2
    GROUP BY ALL
)
SELECT
    report_id, form_id, item AS subject, value AS actual, [ref] AS evidence,
    CASE WHEN found THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format('基础数据表列有“{}”{} 万元，所附 {} 份项目自评表中未见该项目，建议核实。', item, audit.plain(value), forms) END AS message
FROM pair
