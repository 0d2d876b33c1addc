-- code: ARI-03
-- class: E
-- severity: medium
-- title: 项目支出合计与明细不一致 · Project expenditure and its items do not add up
-- rule: 基础数据表项目支出 = 业务工作经费 + 运行维护经费 + 专项资金（逐项）+ 其他项目，逐期间核对
-- tolerance: 0.5×10^-d×(n+1)，d 为本表最多小数位，n 为有数的分项数
-- false positives: 上年项目本年不再列示时，上年决算数的合计会大于明细，故上年为低风险；专项资金小计与其明细并存时两种加法都试
WITH row AS (
    SELECT
        report_id, form_id, period, max(form_places) AS places,
        any_value(value) FILTER (concept = 'project_expenditure_total') AS total,
        sum(value) FILTER (concept IN ('project_business_work', 'project_operation_maintenance', 'project_other_item')) AS plain,
        sum(value) FILTER (concept = 'project_special_fund') AS fund,
        sum(value) FILTER (concept = 'project_special_fund_item') AS funds,
        count(value) FILTER (concept <> 'project_expenditure_total') AS filled,
        list(ref ORDER BY fact_no) FILTER (is_printed) AS evidence
    FROM audit.fact
    WHERE form_kind = 'base_data'
        AND concept IN (
            'project_expenditure_total', 'project_business_work', 'project_operation_maintenance', 'project_special_fund',
            'project_special_fund_item', 'project_other_item'
        )
    GROUP BY ALL
),
-- the row of the funds together may be their sum or one of them
summed AS (
    SELECT
        *, coalesce(plain, 0) + coalesce(fund, 0) + coalesce(funds, 0) AS apart,
        coalesce(plain, 0) + coalesce(fund, funds, 0) AS together
    FROM row
),
nearest AS (
    SELECT *, CASE WHEN abs(total - apart) < abs(total - together) THEN apart ELSE together END AS parts FROM summed
)
SELECT
    report_id, form_id, period AS subject, parts AS expected, total AS actual, audit.tol(places, filled) AS tolerance, evidence,
    CASE WHEN period = 'prior_final' THEN 'low' END AS severity,
    CASE
        WHEN total IS NULL AND filled = 0 THEN 'not_applicable'
        WHEN total = 0 AND filled = 0 THEN 'pass'
        WHEN total IS NULL OR filled = 0 THEN 'insufficient_data'
        WHEN abs(total - parts) <= audit.tol(places, filled) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：项目支出{}合计 {} 万元，所列项目之和 {} 万元，相差 {} 万元，建议核实。',
        audit.period_zh(period), audit.plain(total), audit.plain(parts), audit.signed(total - parts)
    ) END AS message
FROM nearest
