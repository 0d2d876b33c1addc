-- code: TRD-09
-- class: S
-- severity: low
-- title: 连续高分而问题增多 · High scores for three years while findings grow
-- rule: 连续三年自评得分不低于 95 分的，单份报告内的高、中等发现没有逐年不减且总体增加
-- tolerance: 无
-- false positives: 各年报告详略不同，可核对之处不同
WITH counted AS (
    -- only what stands within one report: checks against other years or departments need what earlier years lack
    SELECT r.report_id, count(*) AS n
    FROM audit.result AS f
    JOIN audit.rule AS s USING (check_no)
    JOIN audit.report AS r USING (report_no)
    WHERE f.status = 'fail' AND coalesce(f.severity, s.severity) IN ('high', 'medium')
        AND s.check_code[1:4] NOT IN ('TRD-', 'REV-', 'PAT-', 'XNT-')
    GROUP BY r.report_id
),
scored AS (
    SELECT r.report_id, o.value AS score, o.ref, coalesce(c.n, 0) AS n
    FROM audit.report AS r
    JOIN audit.own AS o ON o.report_id = r.report_id AND o.concept = 'total_score'
    LEFT JOIN counted AS c ON c.report_id = r.report_id
)
SELECT
    a.report_id, c.n AS expected, a.n AS actual, [a.ref, b.ref, c.ref] AS evidence,
    CASE
        WHEN least(a.score, b.score, c.score) >= 95 AND a.n > c.n AND a.n >= b.n AND b.n >= c.n THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '连续三年自评得分 {}、{}、{} 分，而报告内的高、中等发现依次为 {}、{}、{} 项，建议核实评分依据。',
        audit.plain(c.score), audit.plain(b.score), audit.plain(a.score), c.n, b.n, a.n
    ) END AS message
FROM scored AS a
JOIN audit.last AS l ON l.report_id = a.report_id
JOIN audit.last AS k ON k.report_id = l.last_id
JOIN scored AS b ON b.report_id = l.last_id
JOIN scored AS c ON c.report_id = k.last_id
