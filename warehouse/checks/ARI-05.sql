-- code: ARI-05
-- class: E
-- severity: high
-- title: 收入性质分项与资金总额不一致 · Sources of funds do not add up to the total
-- rule: 一般公共预算 + 政府性基金 + 专户非税 + 其他资金 = 年度资金总额的年初预算数、全年预算数、执行数之一（分栏列示的与本栏核对），三者都不相等为不一致
-- tolerance: 0.5×10^-d×(n+1)，d 为本表最多小数位，n 为有数的分项数
-- false positives: 没有印出“其他资金”的表分项不全，合计大于分项不作为问题；上年结转计入与否两种加法都试
SELECT
    report_id, form_id, period AS subject, nearest.total AS expected, parts AS actual, tolerance, evidence, status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：按收入性质分项之和 {} 万元，与{}均不相等；与最接近的{} {} 万元相差 {} 万元，建议核实。',
        audit.plain(parts), bases_said, audit.period_zh(nearest.basis), audit.plain(nearest.total),
        audit.signed(parts - nearest.total)
    ) END AS message
FROM audit.funds_parts
WHERE division = 'sources'
