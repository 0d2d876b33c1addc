-- code: IND-08
-- class: C
-- severity: high
-- title: 成本指标完成值与全年执行数不一致 · Cost indicator is not the spending
-- rule: 成本类指标的指标值等于资金总额的年初或全年预算数时，其完成值应等于资金总额的全年执行数
-- tolerance: 完成值与执行数各自末位的半个单位之和
-- false positives: 单项成本：只在指标值恰为资金总额预算数时判断
WITH money AS (
    SELECT
        i.*, CASE i.target_unit WHEN '元' THEN 0.0001 WHEN '千元' THEN 0.1 WHEN '亿元' THEN 10000 ELSE 1 END AS in_target,
        CASE i.actual_unit WHEN '元' THEN 0.0001 WHEN '千元' THEN 0.1 WHEN '亿元' THEN 10000 ELSE 1 END AS in_actual
    FROM audit.score_row AS i
    WHERE i.is_measured AND NOT i.is_rubric AND coalesce(i.target_op, '<=') IN ('<=', '<', '=')
        AND coalesce(i.target_unit, '万元') IN ('元', '千元', '万元', '亿元')
        AND coalesce(i.actual_unit, '万元') IN ('元', '千元', '万元', '亿元')
        AND (i.level1 = 'cost' OR i.level2 = 'cost' OR regexp_matches(i.plain_name, '成本|费用|支出|经费|预算'))
),
held AS (
    SELECT
        w.report_id, w.form_id, w.name, w.ref, w.target_raw, w.actual_raw, w.actual_value * w.in_actual AS actual,
            f.execution,
        f.initial_budget, f.full_budget, f.fund_refs,
        w.target_value * w.in_target AS target,
        -- half a unit of the last place of each, as the two may be printed in other units
        0.5 * (w.in_actual * power(10, -length(regexp_extract(w.actual_raw, '[.](\d+)', 1))) + power(10,
            -f.execution_places))
            + 1e-9 AS slack
    FROM money AS w
    JOIN audit.score_form AS f USING (form_id)
    WHERE f.execution IS NOT NULL AND w.target_value > 0
        AND (
            abs(w.target_value * w.in_target - f.initial_budget) <= 0.005
                OR abs(w.target_value * w.in_target - f.full_budget) <= 0.005
        )
),
-- which part of the funds the actual is instead
part AS (
    SELECT h.ref, arg_min(k.name_zh, x.fact_no) AS part, arg_min(x.ref, x.fact_no) AS part_ref
    FROM held AS h
    JOIN audit.fact AS x ON x.form_id = h.form_id AND x.value = h.actual AND x.unit = 'wan_yuan'
    JOIN core.concept AS k USING (concept)
    WHERE x.concept NOT IN ('funds_total', 'project_funds_total') AND h.actual > 0
    GROUP BY h.ref
)
SELECT
    h.report_id, h.form_id, h.name AS subject, h.execution AS expected, CAST(h.actual AS DECIMAL(20, 6)) AS actual,
    CAST(h.slack AS DECIMAL(20, 6)) AS tolerance,
    list_filter(list_concat([h.ref, p.part_ref], h.fund_refs), lambda x: x IS NOT NULL) AS evidence,
    CASE WHEN abs(h.actual - h.execution) <= h.slack THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '“{}”指标值 {}（等于资金总额{}），完成值 {}{}，资金总额全年执行数 {} 万元，完成值相差 {} 万元；按执行数计较指标值 {} 万元（{}%），建议核实。',
        h.name, h.target_raw, CASE WHEN abs(h.target - h.initial_budget) <= 0.005 THEN '年初预算数' ELSE '全年预算数' END,
            h.actual_raw,
        coalesce('（等于' || p.part || '）', ''), audit.plain(h.execution), audit.signed(h.actual - h.execution),
        audit.signed(h.execution - h.target), audit.signed(round(100 * CAST(h.execution - h.target
            AS DOUBLE) / CAST(h.target AS DOUBLE), 2))
    ) END AS message
FROM held AS h
LEFT JOIN part AS p USING (ref)
