-- code: ARI-09
-- class: R
-- severity: medium
-- title: 有明细而合计空白 · Total left blank while its items are filled
-- rule: 基础数据表中三公经费、公务用车、项目支出、公用经费的分项有数时，合计也应填列，逐期间核对
-- false positives: 合计印作“——”的不作为问题
WITH pair(part, whole) AS (
    VALUES
        ('official_vehicle_total', 'three_public_total'), ('overseas_travel', 'three_public_total'),
        ('official_reception', 'three_public_total'), ('official_vehicle_purchase', 'official_vehicle_total'),
        ('official_vehicle_operation', 'official_vehicle_total'), ('project_business_work', 'project_expenditure_total'),
        ('project_operation_maintenance', 'project_expenditure_total'), ('project_special_fund', 'project_expenditure_total'),
        ('project_special_fund_item', 'project_expenditure_total'), ('project_other_item', 'project_expenditure_total'),
        ('public_expense_office', 'public_expense_total'), ('public_expense_utilities_travel', 'public_expense_total'),
        ('public_expense_meeting_training', 'public_expense_total')
),
part AS (
    SELECT
        f.form_id, p.whole, f.period,
        -- the row of the special funds together may be the sum of its items
        sum(f.value) FILTER (f.concept NOT LIKE 'project_special%')
            AS plain, sum(f.value) FILTER (f.concept = 'project_special_fund') AS fund,
        sum(f.value) FILTER (f.concept = 'project_special_fund_item') AS funds,
        list(f.ref ORDER BY f.fact_no) FILTER (f.is_printed) AS refs
    FROM audit.fact AS f
    JOIN pair AS p ON p.part = f.concept
    WHERE f.form_kind = 'base_data'
    GROUP BY ALL
),
held AS (
    SELECT
        f.report_id, f.form_id, f.concept, f.period, f.value, f.status AS written, n.name_zh,
        coalesce(p.plain, 0) + coalesce(p.fund, p.funds, 0) AS parts, list_prepend(f.ref, p.refs) AS evidence
    FROM audit.fact AS f
    JOIN part AS p ON p.form_id = f.form_id AND p.whole = f.concept AND p.period = f.period
    JOIN warehouse.core.concept AS n ON n.concept = f.concept
    WHERE f.form_kind = 'base_data' AND f.item IS NULL
)
SELECT
    report_id, form_id, concept || '/' || period AS subject, parts AS expected, value AS actual, evidence,
    CASE
        WHEN parts = 0 AND value IS NULL THEN 'not_applicable'
        WHEN value IS NOT NULL THEN 'pass'
        WHEN written = 'blank' THEN 'fail'
        ELSE 'not_applicable'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '{}{}合计未填，所列分项之和为 {} 万元，建议补填核对。',
        regexp_replace(name_zh, '（.*）', ''), audit.period_zh(period), audit.plain(parts)
    ) END AS message
FROM held
