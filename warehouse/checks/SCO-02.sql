-- code: SCO-02
-- class: E
-- severity: high
-- title: 总分与各项得分之和不一致 · Stated total score is not the sum of its parts
-- rule: 总分 = 各指标得分之和 + 预算执行得分；括号内一级分值与执行分值合计不为 100 时，不含预算执行得分亦可
-- tolerance: 0.05 分
-- false positives: 预算执行另计；有未识别数字或缺得分的行时不判
WITH form AS (
    SELECT
        *, scores + execution_score AS with_execution,
        CASE
            WHEN execution_inside OR (weights_read AND abs(weights + execution_weight - 100) <= 0.05)
                THEN scores + execution_score
            WHEN weights_read AND abs(weights - 100) <= 0.05 THEN scores
            WHEN abs(total_score - scores - execution_score) < abs(total_score - scores) THEN scores + execution_score
            ELSE scores
        END AS wanted
    FROM audit.score_form
    WHERE scored > 0
)
SELECT
    report_id, form_id, '总分' AS subject, wanted AS expected, total_score AS actual, 0.05 AS tolerance,
    list_concat(score_refs, refs) AS evidence,
    CASE
        WHEN total_score IS NULL THEN 'insufficient_data'
        WHEN abs(total_score - with_execution) <= 0.05 THEN 'pass'
        WHEN NOT execution_inside AND abs(total_score - scores) <= 0.05 THEN 'pass'
        WHEN NOT all_read OR NOT scores_read THEN 'insufficient_data'
        -- points of execution that were not read
        WHEN execution_score IS NULL AND (execution_weight IS NOT NULL OR weights IS NULL OR weights < 99.95)
            THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN CASE
        WHEN execution_score IS NULL OR wanted = scores THEN format(
            '表内数据不一致：总分 {} 分，各指标得分之和 {} 分，相差 {} 分，建议核实。',
            audit.plain(total_score), audit.plain(scores), audit.signed(total_score - scores)
        )
        WHEN abs(total_score - scores) <= 0.05 THEN format(
            '表内数据不一致：总分 {} 分等于各指标得分之和，未含预算执行得分 {} 分；指标得分 {} + 预算执行得分 {} = {} 分，相差 {} 分，建议核实。',
            audit.plain(total_score), audit.plain(execution_score), audit.plain(scores), audit.plain(execution_score),
            audit.plain(with_execution), audit.signed(total_score - with_execution)
        )
        ELSE format(
            '表内数据不一致：总分 {} 分，指标得分 {} + 预算执行得分 {} = {} 分，相差 {} 分，建议核实。',
            audit.plain(total_score), audit.plain(scores), audit.plain(execution_score), audit.plain(with_execution),
            audit.signed(total_score - with_execution)
        )
    END END AS message
FROM form
