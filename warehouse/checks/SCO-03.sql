-- code: SCO-03
-- class: E
-- severity: high
-- title: 分值合计不为 100 · Points do not make 100
-- rule: 各指标分值之和 + 预算执行分值 = 100；括号内一级分值与执行分值合计不为 100 时，不含预算执行分值亦可；表列总分值 = 各行之和
-- tolerance: 0.05 分
-- false positives: 合并单元格误读；有未识别数字或缺分值的行时不判
WITH form AS (
    SELECT
        *, weights + execution_weight AS with_execution,
        CASE
            WHEN execution_inside OR abs(weights + execution_weight - 100) < abs(weights - 100)
                THEN weights + execution_weight
            ELSE weights
        END AS reached
    FROM audit.score_form
    WHERE weighted > 0
),
-- points that make 100 while the row of totals says otherwise
misprinted AS (
    SELECT *, CASE WHEN abs(with_execution - 100) <= 0.05 THEN with_execution ELSE weights END AS sum_of_rows
    FROM form
    WHERE all_read AND weights_read AND total_weight > 0
        AND (abs(with_execution - 100) <= 0.05 OR NOT execution_inside AND abs(weights - 100) <= 0.05)
        AND abs(total_weight - weights) > 0.05 AND coalesce(abs(total_weight - with_execution) > 0.05, TRUE)
)
SELECT
    report_id, form_id, '分值合计' AS subject, 100 AS expected, reached AS actual, 0.05 AS tolerance,
    list_concat(coalesce(weight_refs, []), refs) AS evidence,
    CASE
        WHEN abs(with_execution - 100) <= 0.05 THEN 'pass'
        WHEN NOT execution_inside AND abs(weights - 100) <= 0.05 THEN 'pass'
        WHEN NOT all_read OR NOT weights_read THEN 'insufficient_data'
        -- points of execution that were not read; shares of 1 instead of points
        WHEN (execution_weight IS NULL AND weights < 100) OR weights <= 2 THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN CASE
        WHEN execution_weight IS NULL THEN format(
            '表内数据不一致：各指标分值之和 {} 分，应为 100 分，相差 {} 分，建议核实。',
            audit.plain(weights), audit.signed(weights - 100)
        )
        ELSE format(
            '表内数据不一致：指标分值之和 {} + 预算执行分值 {} = {} 分，应为 100 分，相差 {} 分{}，建议核实。',
            audit.plain(weights), audit.plain(execution_weight), audit.plain(with_execution),
                audit.signed(with_execution - 100),
            coalesce('（表列总分值 ' || audit.plain(total_weight) || ' 分）', '')
        )
    END END AS message
FROM form
UNION ALL BY NAME
SELECT
    report_id, form_id, '总分值' AS subject, 'fail' AS status, sum_of_rows AS expected, total_weight AS actual, 0.05 AS tolerance,
    list_concat(coalesce(weight_refs, []), refs) AS evidence,
    format(
        '表内数据不一致：表列总分值 {} 分，各行分值之和 {} 分，相差 {} 分，建议核实。',
        audit.plain(total_weight), audit.plain(sum_of_rows), audit.signed(total_weight - sum_of_rows)
    ) AS message
FROM misprinted
