-- code: TRD-07
-- class: S
-- severity: medium
-- title: 绩效指标与上年雷同 · Indicators repeat last year's
-- rule: 名称、年度指标值、实际完成值均与上年报告相同的指标不到 80%（至少 5 个指标）
-- tolerance: 无
-- false positives: 常年职责的固定指标
WITH row AS (
    SELECT
        report_id, form_id, form_kind, coalesce(project_name, '') AS project, seq, ref,
        replace(name, ' ', '') AS name, replace(target_raw, ' ', '') AS target, replace(actual_raw, ' ', '') AS actual
    FROM audit.indicator
    WHERE name IS NOT NULL AND target_raw IS NOT NULL AND actual_raw IS NOT NULL
),
beside AS (
    SELECT
        n.report_id, n.form_id, n.seq, l.last_id, l.last_name, l.scope_changed, any_value(n.ref) AS ref, min(b.ref) AS before_ref, max(o.report_id) AS compared
    FROM row AS n
    JOIN audit.previous AS l ON l.report_id = n.report_id
    JOIN (SELECT DISTINCT report_id, form_kind, project FROM row) AS o
        ON o.report_id = l.last_id AND o.form_kind = n.form_kind AND o.project = n.project
    LEFT JOIN row AS b
        ON b.report_id = l.last_id AND b.form_kind = n.form_kind AND b.project = n.project AND b.name = n.name
        AND b.target = n.target AND b.actual = n.actual
    GROUP BY ALL
),
told AS (
    SELECT
        report_id, form_id, last_id, last_name, scope_changed, count(*) AS n, count(before_ref) AS same,
        flatten(list([ref, before_ref] ORDER BY seq) FILTER (before_ref IS NOT NULL)) AS evidence
    FROM beside
    GROUP BY ALL
)
SELECT
    report_id, form_id, n AS expected, same AS actual, evidence, scope_changed,
    CASE WHEN n < 5 THEN 'insufficient_data' WHEN same >= 0.8 * n THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '{} 个指标中有 {} 个的名称、指标值和完成值与上年报告{}完全相同（{}%），建议核实。', n, same, last_name,
        audit.plain(audit.percent(same, n))
    ) END AS message
FROM told
