-- code: ARI-05
-- class: E
-- severity: high
-- title: 收入性质分项与资金总额不一致 · Sources of funds do not add up to the total
-- rule: 一般公共预算 + 政府性基金 + 专户非税 + 其他资金 = 年度资金总额的年初预算数、全年预算数、执行数之一（分栏列示的与本栏核对），三者都不相等为不一致
-- tolerance: 0.5×10^-d×(n+1)，d 为本表最多小数位，n 为有数的分项数
-- false positives: 没有印出“其他资金”的表分项不全，合计大于分项不作为问题；上年结转计入与否两种加法都试
WITH part AS (
    SELECT
        report_id, form_id, period, max(form_places) AS places,
        sum(value) FILTER (concept NOT LIKE '%carry%') AS parts,
        coalesce(sum(value) FILTER (concept LIKE '%carry%'), 0) AS carried,
        count(value) AS filled, bool_or(concept = 'revenue_other') AS closed,
        list(ref ORDER BY fact_no) FILTER (value IS NOT NULL) AS refs
    FROM audit.fact
    WHERE form_kind = 'department_evaluation' AND unit = 'wan_yuan' AND item IS NULL
        AND concept IN (
            'revenue_general_public_budget', 'revenue_government_fund', 'revenue_special_account_nontax', 'revenue_other',
            'carry_over_prior', 'project_funds_carryover'
        )
    GROUP BY ALL
    HAVING parts IS NOT NULL
),
total AS (
    SELECT
        form_id, any_value(value) FILTER (period = 'initial_budget') AS initial,
        any_value(value) FILTER (period = 'full_year_budget') AS full_year,
        any_value(value) FILTER (period = 'execution') AS execution, any_value(value) FILTER (period = 'annual') AS annual,
        list(ref ORDER BY fact_no) FILTER (value IS NOT NULL) AS refs
    FROM audit.fact
    WHERE form_kind = 'department_evaluation' AND concept = 'funds_total' AND item IS NULL
    GROUP BY form_id
),
-- a single amount may be a part of the budget or of what was spent; one in a column belongs to that column
held AS (
    SELECT
        p.*, CAST(t.initial IS NOT NULL AS INT) + CAST(t.full_year IS NOT NULL AS INT) + CAST(t.execution IS NOT NULL AS INT) AS totals,
        list_concat(p.refs, t.refs) AS evidence, audit.tol(p.places, p.filled) AS tolerance,
        list_filter([
            {'basis': 'execution', 'total': t.execution}, {'basis': 'full_year_budget', 'total': t.full_year},
            {'basis': 'initial_budget', 'total': t.initial}, {'basis': 'annual', 'total': t.annual}
        ], lambda b: b.total IS NOT NULL AND (p.period = 'annual' OR p.period = b.basis)) AS bases
    FROM part AS p
    LEFT JOIN total AS t USING (form_id)
),
met AS (
    SELECT
        *, list_filter(bases, lambda b: least(abs(parts - b.total), abs(parts + carried - b.total)) <= tolerance) AS meets,
        list_min(list_transform(bases, lambda b: {'off': abs(parts - b.total), 'basis': b.basis, 'total': b.total})) AS nearest
    FROM held
)
SELECT
    report_id, form_id, period AS subject, nearest.total AS expected, parts AS actual, tolerance, evidence,
    CASE
        WHEN len(bases) = 0 THEN 'insufficient_data'
        WHEN len(meets) > 0 THEN 'pass'
        -- a total that was not read may be the one that they meet
        WHEN period = 'annual' AND totals < 3 THEN 'insufficient_data'
        -- the same digits in another unit: a matter of 元 and 万元, not of the sum
        WHEN len(list_filter(bases, lambda b: greatest(b.total, parts) / nullif(least(b.total, parts), 0) BETWEEN 9990 AND 10010)) > 0
            THEN 'insufficient_data'
        -- parts that are not all printed may fall short
        WHEN parts < nearest.total AND NOT closed THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    format(
        '表内数据不一致：按收入性质分项之和 {} 万元，与{}均不相等；与最接近的{} {} 万元相差 {} 万元，建议核实。',
        audit.plain(parts),
        array_to_string(list_transform(bases, lambda b: audit.period_zh(b.basis) || ' ' || audit.plain(b.total) || ' 万元'), '、'),
        audit.period_zh(nearest.basis), audit.plain(nearest.total), audit.signed(parts - nearest.total)
    ) AS message
FROM met
