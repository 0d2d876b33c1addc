-- code: ARI-06
-- class: E
-- severity: high
-- title: 基本支出与项目支出之和与资金总额不一致 · Basic and project expenditure do not add up to the total
-- rule: 基本支出 + 项目支出 = 年度资金总额的执行数、全年预算数、年初预算数之一（分栏列示的与本栏核对），都不相等为不一致
-- tolerance: 0.5×10^-d×(n+1)，d 为本表最多小数位，n 为有数的分项数
-- false positives: 经营支出、上缴上级支出等另有支出种类时会小于总额；两项缺一的，小于总额不作为问题
SELECT
    report_id, form_id, period AS subject, nearest.total AS expected, parts AS actual, tolerance, evidence, status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：基本支出与项目支出之和 {} 万元，与{}均不相等；与最接近的{} {} 万元相差 {} 万元，建议核实。',
        audit.plain(parts), bases_said, audit.period_zh(nearest.basis), audit.plain(nearest.total),
        audit.signed(parts - nearest.total)
    ) END AS message
FROM audit.funds_parts
WHERE division = 'uses'
