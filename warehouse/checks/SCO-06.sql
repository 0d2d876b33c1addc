-- code: SCO-06
-- class: E
-- severity: medium
-- title: 预算执行得分与执行率不符 · Execution score does not follow the rate
-- rule: 预算执行得分 = 执行分值 × min(执行率, 100%)，执行率以表列数或执行数÷全年预算数计
-- tolerance: 0.5 分
-- false positives: 地方分档计分
WITH form AS (
    SELECT
        *, CASE WHEN execution_rate IS NOT NULL THEN execution_weight * least(execution_rate, 100) / 100 END AS by_rate,
        CASE
            WHEN execution IS NOT NULL AND full_budget > 0
                THEN execution_weight * least(CAST(execution AS DOUBLE) / CAST(full_budget AS DOUBLE), 1)
        END AS by_amounts
    FROM audit.score_form
    WHERE execution_weight IS NOT NULL AND execution_score IS NOT NULL
)
SELECT
    report_id, form_id, '预算执行得分' AS subject,
    CAST(round(coalesce(by_amounts, by_rate), 2) AS DECIMAL(20, 6)) AS expected, execution_score AS actual, 0.5
        AS tolerance,
    execution_refs AS evidence,
    CASE
        WHEN by_rate IS NULL AND by_amounts IS NULL THEN 'insufficient_data'
        WHEN least(abs(execution_score - by_rate), abs(execution_score - by_amounts)) <= 0.5 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：预算执行得分 {} 分，按执行分值 {} × 执行率 {}% 应为 {} 分，相差 {} 分，建议核实。',
        audit.plain(execution_score), audit.plain(execution_weight),
        audit.plain(round(coalesce(100 * CAST(execution AS DOUBLE) / nullif(CAST(full_budget AS DOUBLE), 0),
            execution_rate), 2)),
        audit.plain(round(coalesce(by_amounts, by_rate), 2)),
        audit.signed(round(execution_score - coalesce(by_amounts, by_rate), 2))
    ) END AS message
FROM form
