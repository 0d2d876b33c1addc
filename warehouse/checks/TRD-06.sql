-- code: TRD-06
-- class: S
-- severity: low
-- title: 年初预算与上年相同 · Initial budget equals last year's
-- rule: 本年年初预算数与上年报告的年初预算数不完全相同
-- tolerance: 无
-- false positives: 定额保障、连续性经费
WITH funds AS (
    SELECT report_id, any_value(form_id) AS form_id, any_value(value) AS value, any_value(ref) AS ref
    FROM audit.fact
    WHERE concept = 'funds_total' AND period = 'initial_budget' AND form_kind = 'department_evaluation' AND item IS NULL
        AND value > 0
    GROUP BY report_id
    HAVING count(*) = 1
)
SELECT
    l.report_id, n.form_id, b.value AS expected, n.value AS actual, [n.ref, b.ref] AS evidence, l.scope_changed,
    CASE WHEN n.value = b.value THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '本年年初预算数 {} 万元，与上年报告{}的年初预算数 {} 万元完全相同，建议核实预算编制依据。', audit.plain(n.value), l.last_name,
        audit.plain(b.value)
    ) END AS message
FROM audit.previous AS l
JOIN funds AS n ON n.report_id = l.report_id
JOIN funds AS b ON b.report_id = l.last_id
