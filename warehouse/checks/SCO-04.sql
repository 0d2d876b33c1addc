-- code: SCO-04
-- class: E
-- severity: high
-- title: 一级指标分值与明细不一致 · Declared points of a level differ from its rows
-- rule: 一级指标括号内分值 = 其下各指标分值之和
-- tolerance: 0.05 分
-- false positives: 合并单元格误读；有未识别数字、缺分值的行或二级指标归属存疑时不判
WITH level AS (
    SELECT
        v.*, f.all_read, f.weights_read AS form_weights_read, f.misplaced AS form_misplaced,
        f.execution_inside OR abs(f.declared - 100) <= 0.05 OR abs(f.declared - f.total_weight) <= 0.05
            OR abs(f.declared + f.execution_weight - f.total_weight) <= 0.05 AS declared_whole,
        -- each level counts to 100 by itself
        count(*) OVER (PARTITION BY v.form_id) > 1 AND min(v.weights) OVER (PARTITION BY v.form_id) = 100 AS by_hundreds
    FROM audit.score_level AS v
    JOIN audit.score_form AS f USING (form_id)
    WHERE f.weighted > 0
)
SELECT
    report_id, form_id, level1_raw AS subject, declared AS expected, weights AS actual, 0.05 AS tolerance, refs
        AS evidence,
    CASE
        WHEN NOT all_read OR NOT form_weights_read OR by_hundreds OR weights IS NULL THEN 'insufficient_data'
        WHEN NOT coalesce(declared_whole, false) AND form_misplaced THEN 'insufficient_data'
        WHEN abs(weights - declared) <= 0.05 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：{}，括号内分值 {} 分，其下各指标分值之和 {} 分（得分 {} 分），相差 {} 分，建议核实。',
        level1_raw, audit.plain(declared), audit.plain(weights), coalesce(audit.plain(scores), '未列'),
        audit.signed(weights - declared)
    ) END AS message
FROM level
WHERE declared IS NOT NULL
QUALIFY status = 'fail' OR row_number() OVER (PARTITION BY form_id, status) = 1
