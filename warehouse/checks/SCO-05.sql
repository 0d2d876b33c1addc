-- code: SCO-05
-- class: E
-- severity: medium
-- title: 一级分值与执行分值合计不为 100 · Declared points do not make 100
-- rule: 一级指标括号内分值之和 + 预算执行分值 = 100（表中未另列预算执行分值的，括号内分值之和为 100）
-- tolerance: 0.05 分
-- false positives: 未列明细的一级指标；有未对应的带分值标题时不判
WITH form AS (
    SELECT *, coalesce(declared + execution_weight, declared) AS reached,
        abs(reached_alone) <= 0.05 OR abs(declared + execution_weight - 100) <= 0.05 AS holds
    FROM (
        SELECT
            *,
            -- a form without points of execution, or one whose rows hold them
            CASE WHEN execution_weight IS NULL OR execution_row = execution_weight THEN declared - 100 END
                AS reached_alone
        FROM audit.score_form
        WHERE declared IS NOT NULL
    )
)
SELECT
    f.report_id, f.form_id, '一级分值合计' AS subject, 100 AS expected, f.reached AS actual, 0.05 AS tolerance,
    list_concat(coalesce(f.weight_refs, []), f.refs) AS evidence,
    CASE
        WHEN f.holds THEN 'pass'
        WHEN NOT f.all_read OR NOT f.levels_clear OR f.misplaced THEN 'insufficient_data'
        WHEN f.reached < 100 AND (f.execution_weight IS NULL OR b.form_id IS NOT NULL) THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：一级指标括号内分值之和 {}{} = {} 分，应为 100 分，相差 {} 分，建议核实。',
        audit.plain(f.declared), coalesce(' + 预算执行分值 ' || audit.plain(f.execution_weight), ''), audit.plain(f.reached),
        audit.signed(f.reached - 100)
    ) END AS message
FROM form AS f
LEFT JOIN audit.bare_level AS b USING (form_id)
