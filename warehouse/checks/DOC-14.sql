-- code: DOC-14
-- class: C
-- severity: high
-- title: 金额可能差一万倍 · An amount off by ten thousand
-- rule: 同一事项的其他期间（或他表同名数）约为此数的万分之一或一万倍，且另有一处印证：至少两个这样的数，或此数超过部门资金总额三倍而除以一万后不超过
-- tolerance: 一万倍上下 2 倍之内；有任何同名数与之相差不到 30 倍的不提示
-- false positives: 极小的零星金额；只有一处印证的不提示
WITH amount AS (
    SELECT
        report_id, form_id, concept, item, period, ref, fact_no, coalesce(item, row_label) AS name,
        CAST(value AS DOUBLE) AS v, value,
        CASE WHEN form_kind = 'project_evaluation' THEN form_id ELSE '' END AS own
    FROM audit.fact
    WHERE unit = 'wan_yuan' AND value > 0 AND concept <> 'basic_expenditure_budget_adjustment'
),
funds AS (
    SELECT report_id, median(v) AS total, min(ref) AS ref
    FROM amount
    WHERE concept = 'funds_total'
    GROUP BY report_id
),
-- of what is said more than once only that whose numbers lie far apart
apart AS (
    SELECT report_id, own, concept, item
    FROM amount
    GROUP BY ALL
    HAVING max(v) > 5000 * min(v)
),
held AS (
    SELECT
        a.report_id, a.form_id, a.concept, a.item, a.period, a.name, a.v, a.value, a.ref,
        count(*) FILTER (greatest(a.v / b.v, b.v / a.v) BETWEEN 5000 AND 20000) AS far,
        count(*) FILTER (greatest(a.v / b.v, b.v / a.v) < 30) AS near,
        arg_min(b.value, b.fact_no) AS other, list(b.ref ORDER BY b.fact_no) AS refs
    FROM amount AS a
    SEMI JOIN apart AS x
        ON x.report_id = a.report_id AND x.own = a.own AND x.concept = a.concept AND x.item IS NOT DISTINCT FROM a.item
    JOIN amount AS b
        ON b.report_id = a.report_id AND b.own = a.own AND b.concept = a.concept AND b.item IS NOT DISTINCT FROM a.item
        AND b.ref <> a.ref
    GROUP BY ALL
),
judged AS (
    SELECT
        h.*, f.ref AS funds_ref,
        far >= 2 OR far >= 1 AND h.concept <> 'funds_total' AND h.v > 3 * f.total AND h.v / 10000 <= 1.05 * f.total AS slipped
    FROM held AS h
    LEFT JOIN funds AS f USING (report_id)
    WHERE near = 0 AND far >= 1
)
SELECT
    report_id, form_id, concat_ws('/', j.concept, item, period) AS subject, 'fail' AS status, other AS expected, value AS actual,
    list_concat([ref], refs) AS evidence,
    format(
        '{}{} {} 万元与同一事项的其他数（如 {} 万元）相差约一万倍，疑为元与万元混用，建议核实。', coalesce(name, name_zh),
        audit.period_zh(period), audit.plain(value), audit.plain(other)
    ) AS message
FROM judged AS j
JOIN warehouse.core.concept USING (concept)
WHERE slipped
UNION ALL
-- what is only a part of a department's own spending cannot be ten times the whole
SELECT
    a.report_id, a.form_id, concat_ws('/', a.concept, a.item, a.period), 'fail', a.value / 10000, a.value, [a.ref, f.ref],
    format(
        '{}{} {} 万元，超过部门资金总额 {} 万元十倍以上，疑为元与万元混用，建议核实。', coalesce(a.name, name_zh),
        audit.period_zh(a.period), audit.plain(a.value), audit.plain(f.total)
    )
FROM amount AS a
JOIN funds AS f USING (report_id)
JOIN warehouse.core.concept USING (concept)
WHERE a.own = '' AND a.v > 10 * f.total AND a.v / 10000 <= 1.05 * f.total
    AND (
        a.concept IN ('government_procurement', 'overseas_travel', 'basic_expenditure', 'personnel_expense')
        OR starts_with(a.concept, 'three_public') OR starts_with(a.concept, 'official_')
        OR starts_with(a.concept, 'public_expense')
    )
    AND a.ref NOT IN (SELECT ref FROM judged WHERE slipped)
UNION ALL
-- told of a form that says something more than once
SELECT report_id, form_id, NULL, 'pass', NULL, NULL, NULL, NULL
FROM (SELECT report_id, form_id FROM amount GROUP BY report_id, form_id, concept, item HAVING count(*) > 1)
GROUP BY report_id, form_id
