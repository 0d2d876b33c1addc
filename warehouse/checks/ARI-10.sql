-- code: ARI-10
-- class: C
-- severity: high
-- title: 两表项目支出不一致 · Project expenditure differs between the two forms
-- rule: 基础数据表项目支出本年决算数（合计空白时取明细之和）= 部门整体支出绩效自评表项目支出
-- tolerance: 0.5×10^-d×(n+1)，d 取两表较少的小数位
-- false positives: 自评表的项目支出按年初或全年预算口径填列（与基本支出之和等于该预算而不等于执行数）时不核对；基础数据表无合计、只列部分项目时为中风险
WITH sheet AS (
    SELECT
        report_id, any_value(form_id) AS form_id, max(form_places) AS places,
        any_value(value) FILTER (concept = 'project_expenditure_total') AS total,
        sum(value) FILTER (concept IN ('project_business_work', 'project_operation_maintenance', 'project_other_item')) AS plain,
        sum(value) FILTER (concept = 'project_special_fund') AS fund,
        sum(value) FILTER (concept = 'project_special_fund_item') AS funds, count(value) AS filled,
        list(ref ORDER BY fact_no) FILTER (is_printed) AS refs,
        list(ref ORDER BY fact_no) FILTER (is_printed AND concept = 'project_expenditure_total') AS total_ref
    FROM audit.fact
    WHERE form_kind = 'base_data' AND period = 'current_final'
        AND concept IN (
            'project_expenditure_total', 'project_business_work', 'project_operation_maintenance', 'project_special_fund',
            'project_special_fund_item', 'project_other_item'
        )
    GROUP BY report_id
    HAVING count(DISTINCT form_id) = 1
),
form AS (
    SELECT
        report_id, max(form_places) AS places,
        coalesce(
            any_value(value) FILTER (concept = 'project_expenditure' AND period = 'execution'),
            any_value(value) FILTER (concept = 'project_expenditure' AND period = 'annual')
        ) AS project,
        any_value(value) FILTER (concept = 'basic_expenditure' AND period = 'annual') AS basic,
        any_value(value) FILTER (concept = 'funds_total' AND period = 'execution') AS execution,
        any_value(value) FILTER (concept = 'funds_total' AND period = 'full_year_budget') AS full_year,
        any_value(value) FILTER (concept = 'funds_total' AND period = 'initial_budget') AS initial,
        bool_or(concept = 'project_expenditure' AND period = 'execution') AS in_column,
        list(ref ORDER BY fact_no) FILTER (is_printed AND concept = 'project_expenditure' AND period IN ('execution', 'annual')) AS refs
    FROM audit.fact
    WHERE form_kind = 'department_evaluation' AND item IS NULL
        AND concept IN ('project_expenditure', 'basic_expenditure', 'funds_total')
    GROUP BY report_id
    HAVING count(DISTINCT form_id) = 1
),
held AS (
    SELECT
        s.report_id, s.form_id, s.total IS NOT NULL AS totalled, f.project,
        coalesce(
            s.total,
            CASE WHEN s.filled > 0 THEN coalesce(s.plain, 0) + coalesce(s.fund, s.funds, 0) END
        ) AS sheet,
        CASE WHEN s.total IS NULL THEN coalesce(s.plain, 0) + coalesce(s.fund, 0) + coalesce(s.funds, 0) END AS apart,
        audit.tol(least(s.places, f.places), CASE WHEN s.total IS NULL THEN s.filled ELSE 1 END) AS tolerance,
        -- the amounts of the evaluation form are of a budget, not of what was spent
        NOT f.in_column AND f.basic + f.project IS DISTINCT FROM f.execution
            AND (f.basic + f.project = f.full_year OR f.basic + f.project = f.initial) AS of_budget,
        list_concat(coalesce(s.total_ref, s.refs), f.refs) AS evidence
    FROM sheet AS s
    JOIN form AS f USING (report_id)
)
SELECT
    report_id, form_id, 'project_expenditure' AS subject, project AS expected, sheet AS actual, tolerance, evidence,
    CASE WHEN NOT totalled AND sheet < project THEN 'medium' END AS severity,
    CASE
        WHEN sheet IS NULL AND project IS NULL THEN 'not_applicable'
        WHEN sheet IS NULL OR project IS NULL THEN 'insufficient_data'
        WHEN abs(sheet - project) <= tolerance OR abs(apart - project) <= tolerance THEN 'pass'
        WHEN of_budget THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '两表数据不一致：基础数据表项目支出本年决算数{} {} 万元，绩效自评表项目支出 {} 万元，相差 {} 万元，建议核实。',
        CASE WHEN totalled THEN '' ELSE '（明细之和）' END, audit.plain(sheet), audit.plain(project),
        audit.signed(sheet - project)
    ) END AS message
FROM held
