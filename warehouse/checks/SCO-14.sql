-- code: SCO-14
-- class: R
-- severity: medium
-- title: 已列分值没有对应指标 · Declared points without an indicator
-- rule: 一级指标括号内分值应分配到其下指标；未设指标的维度，其分值应调整到其他指标
-- tolerance: 0.05 分
-- false positives: 合并单元格误读；有未识别数字或缺分值的行时不判
WITH level AS (
    SELECT
        f.report_id, f.form_id, f.all_read AND f.weights_read AND NOT coalesce(f.misplaced
            AND NOT f.execution_inside, false) AS whole,
        v.level1_raw AS label, v.declared, v.weights, v.refs, v.seq
    FROM audit.score_level AS v
    JOIN audit.score_form AS f USING (form_id)
    WHERE v.declared IS NOT NULL AND f.weighted > 0
    UNION ALL
    SELECT f.report_id, f.form_id, f.all_read AND f.weights_read, b.labels, b.points, 0, b.refs, 1000
    FROM audit.bare_level AS b
    JOIN audit.score_form AS f USING (form_id)
    WHERE f.weighted > 0
)
SELECT
    report_id, form_id, '未设指标的分值' AS subject, 0 AS expected,
    sum(declared - weights) FILTER (weights < declared - 0.05) AS actual, 0.05 AS tolerance,
    flatten(list(refs ORDER BY seq) FILTER (weights < declared - 0.05)) AS evidence,
    CASE
        WHEN bool_or(weights IS NULL) OR NOT bool_and(whole) THEN 'insufficient_data'
        WHEN bool_or(weights < declared - 0.05) THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN '已列分值没有对应指标：' || string_agg(
        label || '列 ' || audit.plain(declared) || ' 分，所设指标 ' || audit.plain(weights) || ' 分，'
        || audit.plain(declared - weights) || ' 分未设指标', '；' ORDER BY seq
    ) FILTER (weights < declared - 0.05) || '，建议核实。' END AS message
FROM level
GROUP BY report_id, form_id
