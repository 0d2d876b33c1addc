-- code: XNT-11
-- class: S
-- severity: low
-- title: 多数指标在正文中无数字佐证 · Most indicators have no figure in prose behind them
-- rule: 有数字完成值的指标（成本除外）在正文中有同一事项的数字；半数以上（不少于三个）没有的提示
-- tolerance: 半数且不少于三个
-- false positives: 佐证材料另存
WITH numeric AS (
    SELECT
        i.report_id, i.form_id, i.seq, i.name, i.weight, i.ref,
        right(regexp_replace(audit.subject_core(i.name), '率$', ''), 4) AS tail
    FROM audit.indicator AS i
    WHERE i.form_kind = 'department_evaluation' AND i.actual_value IS NOT NULL AND i.actual_value <> 0
        AND coalesce(i.level2, '') <> 'cost' AND coalesce(i.level1, '') <> 'cost' AND length(i.name) >= 3
),
found AS (SELECT DISTINCT indicator_ref FROM audit.matched WHERE comparable OR same),
judged AS (
    SELECT
        n.*, f.indicator_ref IS NOT NULL OR (length(n.tail) >= 4 AND contains(p.text, n.tail)) AS supported
    FROM numeric AS n
    JOIN audit.prose AS p USING (report_id)
    LEFT JOIN found AS f ON f.indicator_ref = n.ref
),
form AS (
    SELECT
        report_id, form_id, count(*) AS indicators, count(*) FILTER (NOT supported) AS bare,
        sum(weight) FILTER (NOT supported) AS points,
        string_agg(seq || ' ' || name, '；' ORDER BY seq) FILTER (NOT supported) AS names,
        list(ref ORDER BY seq) FILTER (NOT supported) AS refs
    FROM judged
    GROUP BY ALL
)
SELECT
    report_id, form_id, '指标佐证' AS subject, CAST(bare AS DECIMAL(20, 6)) AS actual, refs AS evidence,
    CASE
        WHEN indicators < 3 THEN 'insufficient_data'
        WHEN bare >= 3 AND 2 * bare >= indicators THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN format('{} 个有数字完成值的指标中，{} 个（{} 分）在正文中未见数字佐证：{}，建议核实。',
        indicators, bare, coalesce(audit.plain(points), '—'), left(names, 300)) END AS message
FROM form
