-- code: ARI-04
-- class: E
-- severity: high
-- title: 公用经费其中项超过合计 · Itemised public expense exceeds its total
-- rule: 办公经费 + 水费电费差旅费 + 会议费培训费 ≤ 公用经费，逐期间核对（其中项只是部分，小于合计属正常）
-- tolerance: 0.5×10^-d×(n+1)，d 为本表最多小数位，n 为有数的其中项数
-- false positives: 会议费、培训费也可能由项目经费列支
WITH row AS (
    SELECT
        report_id, form_id, period, max(form_places) AS places,
        any_value(value) FILTER (concept = 'public_expense_total') AS total,
        sum(value) FILTER (concept <> 'public_expense_total') AS parts,
        count(value) FILTER (concept <> 'public_expense_total') AS filled,
        list(ref ORDER BY fact_no) FILTER (is_printed) AS evidence
    FROM audit.fact
    WHERE form_kind = 'base_data'
        AND concept IN (
            'public_expense_total', 'public_expense_office', 'public_expense_utilities_travel',
            'public_expense_meeting_training'
        )
    GROUP BY ALL
)
SELECT
    report_id, form_id, period AS subject, total AS expected, parts AS actual, audit.tol(places, filled) AS tolerance, evidence,
    CASE
        WHEN parts IS NULL THEN 'not_applicable'
        WHEN total IS NULL THEN 'insufficient_data'
        WHEN parts <= total + audit.tol(places, filled) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：公用经费{} {} 万元，其中项之和 {} 万元，其中项多出 {} 万元，建议核实。',
        audit.period_zh(period), audit.plain(total), audit.plain(parts), audit.plain(parts - total)
    ) END AS message
FROM row
