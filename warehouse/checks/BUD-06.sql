-- code: BUD-06
-- class: C
-- severity: medium
-- title: 预算有变动而调整未填 · Budget changed but no adjustment is stated
-- rule: 年初预算数与全年预算数不等时，基础数据表的预算调整不应空白或为 0
-- tolerance: 0.5×10^-d×2，d 为自评表最多小数位
-- false positives: 变动全部来自项目支出时，基本支出预算调整可以为空
WITH adjustment AS (
    SELECT
        report_id, any_value(form_id) AS form_id, count(*) FILTER (value <> 0) AS filled,
        count(*) FILTER (status = 'blank' OR value = 0) AS empty,
        list(ref ORDER BY fact_no) FILTER (status = 'blank' OR value = 0 OR (is_printed AND value IS NULL)) AS refs
    FROM audit.fact
    WHERE concept = 'basic_expenditure_budget_adjustment' AND form_kind = 'base_data'
        AND period IN ('current_budget', 'current_final')
    GROUP BY report_id
    HAVING count(DISTINCT form_id) = 1
),
funds AS (
    SELECT
        report_id, max(form_places) AS places, any_value(value) FILTER (period = 'initial_budget') AS initial,
        any_value(value) FILTER (period = 'full_year_budget') AS full_year,
        list(ref ORDER BY fact_no) FILTER (value IS NOT NULL) AS refs
    FROM audit.fact
    WHERE concept = 'funds_total' AND form_kind = 'department_evaluation' AND period IN ('initial_budget', 'full_year_budget')
    GROUP BY report_id
    HAVING count(DISTINCT form_id) = 1
)
SELECT
    a.report_id, a.form_id, 'budget_adjustment' AS subject, full_year - initial AS expected, 0 AS actual,
    audit.tol(places, 1) AS tolerance, list_concat(a.refs, f.refs) AS evidence,
    CASE
        WHEN filled = 0 AND empty = 0 THEN 'not_applicable'
        WHEN initial IS NULL OR full_year IS NULL THEN 'insufficient_data'
        WHEN filled > 0 OR abs(full_year - initial) <= audit.tol(places, 1) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '全年预算数 {} 万元与年初预算数 {} 万元相差 {} 万元，预算调整未填或填 0，未见说明，建议核实。',
        audit.plain(full_year), audit.plain(initial), audit.signed(full_year - initial)
    ) END AS message
FROM adjustment AS a
LEFT JOIN funds AS f USING (report_id)
