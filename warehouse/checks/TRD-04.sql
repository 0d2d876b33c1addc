-- code: TRD-04
-- class: S
-- severity: medium
-- title: 人数未增而人员经费增加 · Personnel expense rose while staff did not
-- rule: 本年人员经费比上年报告增加不超过 10%，或在职人数同时增加
-- tolerance: 无
-- false positives: 政策性调资、补缴社保、年金做实
WITH pair AS (
    SELECT
        l.report_id, l.scope_changed, p.value AS paid, q.value AS paid_before, s.value AS staff, t.value AS staff_before,
        [p.ref, q.ref, s.ref, t.ref] AS evidence
    FROM audit.previous AS l
    LEFT JOIN audit.own AS p ON p.report_id = l.report_id AND p.concept = 'personnel_expense'
    LEFT JOIN audit.own AS q ON q.report_id = l.last_id AND q.concept = 'personnel_expense'
    LEFT JOIN audit.own AS s ON s.report_id = l.report_id AND s.concept = 'staff_actual'
    LEFT JOIN audit.own AS t ON t.report_id = l.last_id AND t.concept = 'staff_actual'
)
SELECT
    report_id, paid_before AS expected, paid AS actual, evidence,
    CASE
        WHEN paid IS NULL OR paid_before IS NULL OR staff IS NULL OR staff_before IS NULL OR paid_before <= 0
            OR scope_changed
            THEN 'insufficient_data'
        WHEN paid > paid_before * 1.1 AND staff <= staff_before THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '人员经费由上年 {} 万元增至 {} 万元（{}%），在职人数由 {} 人变为 {} 人，建议核实。',
        audit.plain(paid_before), audit.plain(paid), audit.signed(audit.percent(paid - paid_before, paid_before)),
        audit.plain(staff_before), audit.plain(staff)
    ) END AS message
FROM pair
