-- code: ARI-08
-- class: E
-- severity: high
-- title: 部分大于整体 · A part exceeds its whole
-- rule: 每一分项不大于其上级项目；三公经费不大于公用经费与项目支出之和；收入、支出分项不大于年度资金总额中最大的数
-- tolerance: 0.5×10^-d×2，d 为本表最多小数位
-- false positives: 上级空白的不核对；上年项目支出明细大于合计另见 ARI-03
WITH pair(part, whole) AS (
    VALUES
        ('official_vehicle_total', 'three_public_total'), ('official_vehicle_purchase', 'official_vehicle_total'),
        ('official_vehicle_operation', 'official_vehicle_total'), ('overseas_travel', 'three_public_total'),
        ('official_reception', 'three_public_total'), ('project_business_work', 'project_expenditure_total'),
        ('project_operation_maintenance', 'project_expenditure_total'), ('project_special_fund', 'project_expenditure_total'),
        ('project_special_fund_item', 'project_expenditure_total'), ('project_other_item', 'project_expenditure_total'),
        ('public_expense_office', 'public_expense_total'), ('public_expense_utilities_travel', 'public_expense_total'),
        ('public_expense_meeting_training', 'public_expense_total'),
        ('revenue_general_public_budget', 'funds_total'), ('revenue_government_fund', 'funds_total'),
        ('revenue_special_account_nontax', 'funds_total'), ('revenue_other', 'funds_total'),
        ('basic_expenditure', 'funds_total'), ('project_expenditure', 'funds_total')
),
amount AS (
    SELECT report_id, form_id, concept, item, period, value, ref, form_places, row_label
    FROM audit.fact
    WHERE form_kind IN ('base_data', 'department_evaluation') AND unit = 'wan_yuan' AND value IS NOT NULL
        AND (concept IN (SELECT part FROM pair) OR concept IN (SELECT whole FROM pair))
),
whole AS (
    SELECT form_id, concept, period, max(value) AS value, arg_max(ref, (value, ref)) AS ref
    FROM amount
    WHERE concept IN (SELECT whole FROM pair) AND item IS NULL
    GROUP BY ALL
    UNION ALL
    -- a single amount beside three totals
    SELECT form_id, concept, 'annual', max(value), arg_max(ref, (value, ref))
    FROM amount
    WHERE concept = 'funds_total' AND period IN ('initial_budget', 'full_year_budget', 'execution')
    GROUP BY ALL
    HAVING count(DISTINCT period) = 3
),
held AS (
    SELECT
        a.report_id, a.form_id, a.period, a.concept, a.item, a.value, w.value AS total, [a.ref, w.ref] AS evidence, a.form_places,
        coalesce(a.item, pn.name_zh) AS part_name, wn.name_zh AS whole_name
    FROM amount AS a
    JOIN pair AS p ON p.part = a.concept
    JOIN whole AS w ON w.form_id = a.form_id AND w.concept = p.whole AND w.period = a.period
    JOIN warehouse.core.concept AS pn ON pn.concept = a.concept
    JOIN warehouse.core.concept AS wn ON wn.concept = p.whole
    UNION ALL
    SELECT
        report_id, form_id, period, 'three_public', NULL,
        any_value(value) FILTER (concept = 'three_public_total'),
        any_value(value) FILTER (concept = 'public_expense_total')
            + any_value(value) FILTER (concept = 'project_expenditure_total'),
        list(ref ORDER BY ref) FILTER (concept IN ('three_public_total', 'public_expense_total', 'project_expenditure_total')),
        max(form_places), '三公经费', '公用经费与项目支出之和'
    FROM amount
    WHERE concept IN ('three_public_total', 'public_expense_total', 'project_expenditure_total')
    GROUP BY ALL
    HAVING count(DISTINCT concept) = 3
),
judged AS (
    SELECT *, value > total + audit.tol(form_places, 1) AS exceeds FROM held
)
SELECT
    report_id, form_id, concat_ws('/', period, concept, item) AS subject, 'fail' AS status, total AS expected,
    value AS actual, audit.tol(form_places, 1) AS tolerance, evidence,
    format(
        '表内数据不一致：{}{} {} 万元，大于{} {} 万元，多出 {} 万元，建议核实。',
        part_name, audit.period_zh(period), audit.plain(value), whole_name, audit.plain(total), audit.plain(value - total)
    ) AS message
FROM judged
WHERE exceeds
UNION ALL
SELECT report_id, form_id, NULL, 'pass', NULL, NULL, NULL, NULL, NULL
FROM judged
GROUP BY report_id, form_id
