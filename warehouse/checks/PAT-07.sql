-- code: PAT-07
-- class: S
-- severity: info
-- title: 存在问题部分与同地区多个部门相同 · The section on problems is a template
-- rule: 存在问题部分（不计空白和数字，30 字以上）不与同地区同年度 4 个以上其他部门逐字相同
-- tolerance: 无
-- false positives: 财政部门统一提供的参考表述
-- scope: cohort
WITH rooted AS (
    SELECT
        *, last_value(CASE WHEN level = 1 THEN heading END IGNORE NULLS) OVER (PARTITION BY form_id ORDER BY seq) AS root
    FROM audit.section
    WHERE form_kind = 'narrative'
),
problem AS (
    SELECT
        report_id, min(form_id) AS form_id, list(ref ORDER BY form_id, seq) AS evidence,
        regexp_replace(string_agg(text, '' ORDER BY form_id, seq), '[\s　\d]', '', 'g') AS words
    FROM rooted
    WHERE contains(root, '问题') OR contains(root, '不足')
    GROUP BY report_id
),
cohort AS (
    SELECT p.*, count(*) OVER (PARTITION BY r.division_code, r.fiscal_year, p.words) AS n
    FROM problem AS p
    JOIN audit.report AS r USING (report_id)
    WHERE r.division_code IS NOT NULL AND r.fiscal_year IS NOT NULL
)
SELECT
    report_id, form_id, n - 1 AS actual, evidence,
    CASE WHEN length(words) < 30 THEN 'insufficient_data' WHEN n >= 5 THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format('存在问题部分与同地区同年度另外 {} 个部门逐字相同（不计数字），未见本部门情况，建议核实。', n - 1) END AS message
FROM cohort
