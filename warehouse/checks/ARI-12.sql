-- code: ARI-12
-- class: E
-- severity: medium
-- title: 年初预算加调整与全年预算不一致 · Initial budget plus adjustment is not the full-year budget
-- rule: 年初预算数 + 预算调整 = 全年预算数（填了非零调整数时）
-- tolerance: 0.5×10^-d×3，d 取两表较少的小数位
-- false positives: 该行写明只是基本支出调整的，差额可能是未单列的项目支出调整；调整数未印负号的，按绝对值相等通过
WITH adjustment AS (
    SELECT
        report_id, any_value(form_id) AS form_id, max(form_places) AS places,
        coalesce(
            any_value(value) FILTER (period = 'current_final' AND value <> 0),
            any_value(value) FILTER (period = 'current_budget' AND value <> 0)
        ) AS value,
        list(value) FILTER (value <> 0) AS said, bool_or(contains(row_label, '基本支出')) AS basic_only,
        list(ref ORDER BY fact_no) FILTER (is_printed) AS refs
    FROM audit.fact
    WHERE concept = 'basic_expenditure_budget_adjustment' AND form_kind = 'base_data'
    GROUP BY report_id
    HAVING count(DISTINCT form_id) = 1
),
funds AS (
    SELECT
        report_id, max(form_places) AS places, any_value(value) FILTER (period = 'initial_budget') AS initial,
        any_value(value) FILTER (period = 'full_year_budget') AS full_year,
        list(ref ORDER BY fact_no) FILTER (is_printed) AS refs
    FROM audit.fact
    WHERE concept = 'funds_total' AND form_kind = 'department_evaluation' AND period IN ('initial_budget', 'full_year_budget')
    GROUP BY report_id
    HAVING count(DISTINCT form_id) = 1
),
held AS (
    SELECT
        a.report_id, a.form_id, a.value, a.said, a.basic_only, f.initial, f.full_year, f.full_year - f.initial AS change,
        audit.tol(least(a.places, f.places), 2) AS tolerance, list_concat(a.refs, f.refs) AS evidence
    FROM adjustment AS a
    LEFT JOIN funds AS f USING (report_id)
    WHERE a.value IS NOT NULL
)
SELECT
    report_id, form_id, 'budget_adjustment' AS subject, initial + value AS expected, full_year AS actual, tolerance, evidence,
    CASE
        WHEN change IS NULL THEN 'insufficient_data'
        WHEN len(list_filter(said, lambda s: abs(abs(s) - abs(change)) <= tolerance)) > 0 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：年初预算数 {} 万元 + 预算调整 {} 万元 = {} 万元，全年预算数为 {} 万元，相差 {} 万元，建议核实。',
        audit.plain(initial), audit.plain(value), audit.plain(initial + value), audit.plain(full_year),
        audit.signed(full_year - initial - value)
    ) || CASE WHEN basic_only THEN '该行为基本支出调整，差额如为项目支出调整，请一并说明。' ELSE '' END END AS message
FROM held
