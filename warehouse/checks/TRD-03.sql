-- code: TRD-03
-- class: C
-- severity: high
-- title: 上年决算数与上年报告不一致 · Prior-year final differs from last year's report
-- rule: 本年报告的上年决算数 = 上年报告的本年决算数，逐项核对（同表、同概念、同名明细）；更名的部门与原部门核对；职责因合并、拆分有变动的年度，不相同不判
-- tolerance: 两表各 0.5×10^-d 之和，d 为该表最多小数位
-- false positives: 上年报告此后有更正；统计口径或填报单位改变；相差约一万倍的，多为元与万元之别（列为中等）
WITH one_sheet AS (
    -- two sheets of one year may be of the department alone and with its units: which is which is not known
    SELECT report_id, any_value(form_id) AS form_id
    FROM audit.form
    WHERE form_kind = 'base_data'
    GROUP BY report_id
    HAVING count(*) = 1
),
sheet AS (
    SELECT f.*, regexp_replace(coalesce(f.item, ''), '[\s　·、，,（）()]', '', 'g') AS item_key
    FROM audit.fact AS f
    JOIN one_sheet AS o ON o.form_id = f.form_id
    WHERE f.period IN ('prior_final', 'current_final') AND f.value IS NOT NULL
),
dated AS MATERIALIZED (
    -- the year before is found first: all sheets joined by their concepts alone are far too many rows
    SELECT n.*, l.last_id, l.scope_changed, l.last_name
    FROM sheet AS n
    JOIN audit.previous AS l ON l.report_id = n.report_id
    WHERE n.period = 'prior_final'
),
pair AS (
    SELECT
        n.report_id, n.form_id, n.concept, n.item, n.value AS stated, b.value AS before, n.unit, n.ref, b.ref AS before_ref,
        n.row_label, n.fact_no, n.scope_changed, n.last_name,
        CAST(0.5 * power(10, -coalesce(n.form_places, 0)) + 0.5 * power(10, -coalesce(b.form_places, 0)) AS DECIMAL(20, 6))
            AS tolerance
    FROM dated AS n
    JOIN sheet AS b ON b.report_id = n.last_id AND b.concept = n.concept AND b.item_key = n.item_key AND b.unit = n.unit
    WHERE b.period = 'current_final'
    QUALIFY count(*) OVER (PARTITION BY n.form_id, n.last_id, n.concept, n.item_key) = 1
)
SELECT
    report_id, form_id, concept || coalesce('/' || item, '') AS subject, before AS expected, stated AS actual, tolerance,
    [ref, before_ref] AS evidence,
    CASE WHEN abs(stated - before) <= tolerance THEN 'pass' WHEN scope_changed THEN 'insufficient_data' ELSE 'fail' END AS status,
    CASE WHEN slip THEN 'medium' ELSE 'high' END AS severity,
    CASE WHEN status = 'fail' THEN format(
        '与上年报告{}不一致：{}，本年报告所列上年决算数 {}，上年报告所列本年决算数 {}，相差 {}{}，建议核实。',
        last_name, coalesce(item, c.name_zh, concept), audit.plain(stated), audit.plain(before), audit.signed(stated - before),
        CASE WHEN slip THEN '（约一万倍，可能为计量单位元与万元之别）' ELSE '' END
    ) END AS message
FROM (
    SELECT *, coalesce(greatest(abs(stated), abs(before)) / nullif(least(abs(stated), abs(before)), 0) BETWEEN 9900 AND 10100, FALSE)
        AS slip
    FROM pair
) AS p
LEFT JOIN core.concept AS c USING (concept)
