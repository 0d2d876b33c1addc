-- code: PRJ-01
-- class: C
-- severity: high
-- title: 项目自评表执行数合计与项目支出不一致 · Project forms do not sum to project expenditure
-- rule: 各项目自评表年度资金总额全年执行数之和 = 部门自评表项目支出（无自评表项目支出时取基础数据表项目支出决算数）
-- tolerance: 0.5×10^-d×(n+1)，n 为项目数
-- false positives: 合计小于项目支出的，可能有项目未附表，列为低；转移支付项目不列入部门支出
WITH project AS (
    SELECT report_id, project_name, value, min(ref) AS ref, min(form_id) AS form_id, max(form_places) AS places
    FROM audit.fact
    WHERE form_kind = 'project_evaluation' AND concept = 'project_funds_total' AND period = 'execution' AND is_printed
        AND item IS NULL
    GROUP BY report_id, project_name, value
),
told AS (
    SELECT
        report_id, sum(value) AS value, count(*) AS forms, max(places) AS places, list(ref ORDER BY value DESC, ref) AS refs,
        count(*) > count(DISTINCT project_name) AS twice
    FROM project
    GROUP BY report_id
),
department AS (
    SELECT
        report_id, form_id, value, ref, form_places AS places
    FROM audit.fact
    WHERE value IS NOT NULL AND (
        (form_kind = 'department_evaluation' AND concept = 'project_expenditure' AND period IN ('annual', 'execution'))
        OR (form_kind = 'base_data' AND concept = 'project_expenditure_total' AND period = 'current_final')
    )
    QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY form_kind DESC, period DESC, fact_no, ref) = 1
),
pair AS (
    SELECT
        d.*, t.value AS summed, t.forms, t.refs, t.twice, audit.tol(least(d.places, t.places), t.forms) AS tolerance
    FROM told AS t
    JOIN department AS d USING (report_id)
)
SELECT
    report_id, form_id, 'project_expenditure' AS subject, value AS expected, summed AS actual, summed - value AS difference, tolerance,
    [ref] || refs AS evidence, CASE WHEN summed > value THEN 'high' ELSE 'low' END AS severity,
    CASE
        WHEN abs(summed - value) <= tolerance THEN 'pass'
        WHEN twice THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '项目自评表与部门自评表不一致：{} 个项目自评表全年执行数合计 {} 万元，项目支出为 {} 万元，相差 {} 万元{}，建议核实。',
        forms, audit.plain(summed), audit.plain(value), audit.signed(summed - value),
        CASE WHEN summed < value THEN '（或有项目未附自评表）' ELSE '' END
    ) END AS message
FROM pair
