-- code: XNT-09
-- class: C
-- severity: medium
-- title: 正文承认偏差或调剂而表内未反映 · Prose admits deviation that the tables do not show
-- rule: 问题部分写明预算执行有偏差、年初预算与实际有差异或子项调剂，而基础数据表有数各行预算数均等于决算数（不少于三行）；或写明调剂而全年预算等于年初预算、预算调整为 0
-- tolerance: 无
-- false positives: 套用的问题表述
WITH admitted AS (
    SELECT
        report_id, min(ref) AS ref,
        min(regexp_extract(
            text, '([^。；\n]*(?:预算[^。；\n]{0,8}调剂|预算[^。；\n]{0,12}(?:存在|有)(?:一定)?(?:的)?(?:偏差|差异|差距))[^。；\n]*)', 1
        )) AS words,
        bool_or(regexp_matches(text, '预算[^。；\n]{0,8}调剂')) AS shifts
    FROM audit.section
    WHERE contains(heading, '问题') AND (contains(text, '偏差') OR contains(text, '差异') OR contains(text, '调剂') OR contains(text, '差距'))
        AND regexp_matches(text, '预算[^。；\n]{0,12}(?:存在|有)(?:一定)?(?:的)?(?:偏差|差异|差距)|预算[^。；\n]{0,8}调剂')
    GROUP BY report_id
),
line AS (
    SELECT
        report_id, form_id, concept, item,
        any_value(value) FILTER (period = 'current_budget') AS budget, any_value(value) FILTER (period = 'current_final') AS final,
        list(ref ORDER BY ref) FILTER (value IS NOT NULL) AS refs, min(fact_no) AS nth,
        bool_or(is_printed AND value IS NULL) AS doubt
    FROM audit.fact
    WHERE form_kind = 'base_data' AND period IN ('current_budget', 'current_final') AND unit = 'wan_yuan'
    GROUP BY ALL
),
funds AS (
    SELECT
        report_id, any_value(value) FILTER (concept = 'funds_total' AND period = 'initial_budget') AS initial,
        any_value(value) FILTER (concept = 'funds_total' AND period = 'full_year_budget') AS full_year,
        any_value(ref) FILTER (concept = 'funds_total' AND period = 'full_year_budget') AS ref,
        bool_or(concept = 'basic_expenditure_budget_adjustment') AND sum(abs(value)) FILTER (
            concept = 'basic_expenditure_budget_adjustment'
        ) IS NOT DISTINCT FROM 0 AS no_adjustment
    FROM audit.fact
    WHERE concept IN ('funds_total', 'basic_expenditure_budget_adjustment') AND form_kind IN ('base_data', 'department_evaluation')
    GROUP BY report_id
),
sheet AS (
    SELECT
        report_id, form_id, count(*) AS rows, count(*) FILTER (budget = final) AS equal, flatten(list(refs ORDER BY nth)) AS refs,
        bool_or(doubt) AS doubt
    FROM line
    WHERE doubt OR coalesce(budget, 0) > 0 OR coalesce(final, 0) > 0
    GROUP BY ALL
)
SELECT
    a.report_id, s.form_id, '预算偏差' AS subject, [a.ref, f.ref] || s.refs[1:6] AS evidence,
    CASE WHEN s.rows < 3 OR s.doubt THEN 'insufficient_data' WHEN s.equal = s.rows THEN 'fail'
        WHEN f.no_adjustment AND f.initial = f.full_year AND a.shifts THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN CASE WHEN s.equal = s.rows
        THEN format('正文与表内数据不一致：正文写明“{}”，而基础数据表 {} 行有数的预算数均等于决算数，建议核实。', left(a.words, 60), s.rows)
        ELSE format('正文与表内数据不一致：正文写明“{}”，而全年预算数等于年初预算数（{} 万元）、预算调整为 0，建议核实。',
            left(a.words, 60), audit.plain(f.initial))
    END END AS message
FROM admitted AS a
JOIN sheet AS s USING (report_id)
LEFT JOIN funds AS f USING (report_id)
