-- code: TRD-02
-- class: S
-- severity: high
-- title: 公用经费增幅较大 · Public expense rose steeply
-- rule: 公用经费本年决算数比上年决算数增加不超过 20%，或不超过 2 万元；已知两年在职人数的，按人均核对；正文有说明、或本年职责因合并拆分有变动的为中等
-- tolerance: 无
-- false positives: 在职人数增加、机构合并、职能划入
WITH row AS (
    SELECT
        report_id, form_id,
        any_value(value) FILTER (period = 'prior_final') AS prior,
        any_value(value) FILTER (period = 'current_final') AS current,
        list(ref ORDER BY ref) FILTER (value IS NOT NULL) AS evidence
    FROM audit.fact
    WHERE concept = 'public_expense_total' AND period IN ('prior_final', 'current_final') AND form_kind = 'base_data'
        AND item IS NULL
    GROUP BY ALL
),
risen AS (
    SELECT
        w.*, s.value AS staff, b.value AS staff_before, m.report_id IS NOT NULL AS scope_changed,
        prior IS NOT NULL AND current - prior > 2 AND current > prior * 1.2
            AND coalesce(current / nullif(s.value, 0) > 1.2 * prior / nullif(b.value, 0), TRUE) AS steep
    FROM row AS w
    LEFT JOIN audit.previous AS l ON l.report_id = w.report_id AND (l.last_dept_id = l.dept_id OR NOT l.scope_changed)
    LEFT JOIN audit.reformed AS m ON m.report_id = w.report_id
    LEFT JOIN audit.own AS s ON s.report_id = w.report_id AND s.concept = 'staff_actual'
    LEFT JOIN audit.own AS b ON b.report_id = l.last_id AND b.concept = 'staff_actual'
),
-- a sentence that tells of the rise; looked for only where there is one
told AS (
    SELECT report_id
    FROM audit.prose
    WHERE report_id IN (SELECT report_id FROM risen WHERE steep) AND regexp_matches(
        text, '公用经费[^。]{0,60}(比上年|较上年|同比|比去年|较去年|增长|增加|上升)|(增长|增加|上升)[^。]{0,40}公用经费[^。]{0,20}(原因|因)'
    )
)
SELECT
    r.report_id, form_id, prior AS expected, current AS actual, evidence, scope_changed,
    CASE WHEN t.report_id IS NULL AND NOT scope_changed THEN 'high' ELSE 'medium' END AS severity,
    CASE
        WHEN prior IS NULL AND current IS NULL THEN 'not_applicable'
        WHEN prior IS NULL OR current IS NULL THEN 'insufficient_data'
        WHEN steep THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '公用经费本年决算数 {} 万元，上年决算数 {} 万元，增加 {} 万元{}，{}，建议核实。',
        audit.plain(current), audit.plain(prior), audit.plain(current - prior),
        coalesce('（' || audit.signed(audit.percent(current - prior, prior)) || '%）', ''),
        CASE WHEN t.report_id IS NULL THEN '未见说明' ELSE '正文有述及增减的语句' END
    ) END AS message
FROM risen AS r
LEFT JOIN told AS t ON t.report_id = r.report_id
