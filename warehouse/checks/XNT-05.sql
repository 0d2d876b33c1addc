-- code: XNT-05
-- class: C
-- severity: high
-- title: 一般公共预算标题下的支出超过一般公共预算资金 · Spending told as general public budget exceeds its funds
-- rule: 正文“一般公共预算支出”部分的基本支出 + 项目支出 ≤ 自评表一般公共预算
-- tolerance: 双方各按所印小数位的半个单位
-- false positives: 一般公共预算上年结转在本年支出的；自评表收入性质合计与预算、执行均不相符的不比较
WITH said AS (
    SELECT
        report_id, concept, max(value) AS value, min(places) AS places, list(ref ORDER BY ref) AS refs
    FROM audit.said
    WHERE contains(top_heading, '一般公共预算') AND concept IN ('basic_expenditure', 'project_expenditure')
        AND NOT regexp_matches(around, '政府性基金|国有资本|其他资金|非税|专户')
    GROUP BY ALL
),
spent AS (
    SELECT
        report_id, sum(value) AS value, min(places) AS places, flatten(list(refs ORDER BY concept)) AS refs,
        string_agg(audit.plain(value), ' + ' ORDER BY concept) AS parts
    FROM said
    GROUP BY report_id
),
funds AS (
    SELECT
        report_id, form_id, max(form_places) AS places,
        arg_min(value, (period, fact_no))
            FILTER (concept = 'revenue_general_public_budget' AND period IN ('annual', 'execution') AND value IS NOT NULL) AS public_budget,
        arg_min(ref, (period, fact_no))
            FILTER (concept = 'revenue_general_public_budget' AND period IN ('annual', 'execution') AND value IS NOT NULL) AS ref,
        sum(value) FILTER (concept <> 'funds_total' AND period IN ('annual', 'execution')) AS revenue,
        list(value) FILTER (concept = 'funds_total' AND period IN ('execution', 'full_year_budget')) AS totals
    FROM audit.fact
    WHERE form_kind = 'department_evaluation' AND concept IN (
        'revenue_general_public_budget', 'revenue_government_fund', 'revenue_special_account_nontax', 'revenue_other',
        'funds_total'
    )
    GROUP BY report_id, form_id
    QUALIFY count(*) OVER (PARTITION BY report_id) = 1
)
SELECT
    s.report_id, f.form_id, 'revenue_general_public_budget' AS subject, f.public_budget AS expected, s.value AS actual,
    s.value - f.public_budget AS difference,
    CAST(0.5 * power(10, -f.places) + 2 * 0.5 * power(10, -s.places) AS DECIMAL(20, 6)) AS tolerance,
    [f.ref] || s.refs AS evidence,
    CASE
        WHEN f.public_budget IS NULL OR NOT coalesce(
            len(list_filter(f.totals, lambda x: abs(x - f.revenue) <= audit.tol(f.places, 4))) > 0, FALSE
        ) THEN 'insufficient_data'
        WHEN s.value - f.public_budget <= 0.5 * power(10, -f.places) + 2 * 0.5 * power(10, -s.places) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '正文与表内数据不一致：正文“一般公共预算支出”部分 {} = {} 万元，自评表一般公共预算为 {} 万元，多出 {} 万元，或含其他来源资金，建议核实。',
        s.parts, audit.plain(s.value), audit.plain(f.public_budget), audit.plain(s.value - f.public_budget)
    ) END AS message
FROM spent AS s
JOIN funds AS f USING (report_id)
