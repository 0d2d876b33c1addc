-- code: TRD-10
-- class: S
-- severity: low
-- title: 单项经费变动较大 · A single row changed by more than half
-- rule: 基础数据表各行本年决算数比上年决算数变动不超过 50%，或不超过 0.5 万元（三公经费、公用经费合计另行核对；有明细的合计只核对明细）
-- tolerance: 无
-- false positives: 一次性支出、基数很小
WITH row AS (
    SELECT
        report_id, form_id, concept, item, any_value(value) FILTER (period = 'prior_final') AS prior,
        any_value(value) FILTER (period = 'current_final') AS current, list(ref ORDER BY period DESC) AS evidence,
        CASE
            WHEN concept IN ('official_vehicle_total', 'project_expenditure_total', 'project_special_fund') THEN 'total'
            WHEN concept LIKE 'official_vehicle%' THEN 'official_vehicle_total'
            WHEN concept LIKE 'project_special_fund%' THEN 'project_special_fund'
            WHEN concept LIKE 'project_%' THEN 'project_expenditure_total'
        END AS parent
    FROM audit.fact
    WHERE period IN ('prior_final', 'current_final') AND form_kind = 'base_data' AND unit = 'wan_yuan' AND value IS NOT NULL
        AND concept NOT IN ('three_public_total', 'public_expense_total')
    GROUP BY ALL
),
whole AS (
    SELECT DISTINCT form_id, parent FROM row WHERE parent <> 'total' AND prior IS NOT NULL AND current IS NOT NULL
    UNION
    SELECT form_id, 'project_expenditure_total' FROM row
    WHERE parent = 'project_special_fund' AND prior IS NOT NULL AND current IS NOT NULL
)
SELECT
    r.report_id, r.form_id, r.concept || coalesce('/' || r.item, '') AS subject, prior AS expected, current AS actual, evidence,
    r.report_id IN (SELECT report_id FROM audit.reformed) AS scope_changed,
    CASE
        WHEN prior IS NULL OR current IS NULL OR prior <= 0 THEN 'not_applicable'
        WHEN abs(current - prior) > 0.5 AND abs(current - prior) > 0.5 * prior THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '{}：上年决算数 {} 万元，本年决算数 {} 万元，变动 {} 万元（{}%），建议核实。',
        coalesce(r.item, c.name_zh, r.concept), audit.plain(prior), audit.plain(current), audit.signed(current - prior),
        audit.signed(audit.percent(current - prior, prior))
    ) END AS message
FROM row AS r
LEFT JOIN core.concept AS c ON c.concept = r.concept
LEFT JOIN whole AS w ON w.form_id = r.form_id AND w.parent = r.concept
WHERE w.form_id IS NULL
