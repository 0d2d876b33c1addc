-- code: RAT-03
-- class: E
-- severity: high
-- title: 预算执行率与金额不符 · Execution rate does not follow from the amounts
-- rule: 预算执行率 = 全年执行数 ÷ 全年预算数 × 100%；没有全年预算数的以年初预算数为基数，不符时不作为问题
-- tolerance: 印出的百分数 ± 末位半个单位，金额各 ± 末位半个单位，截尾也算
-- false positives: 执行数大于预算数而执行率封顶为 100% 的不作为问题：超出预算本身由 BUD-01 提示；没有全年预算数的不判
WITH held AS (
    SELECT
        *, coalesce(full_year, initial) AS base,
        audit.share_holds(rate, rate_places, execution, all_places, coalesce(full_year, initial), all_places)
        OR rate <= 2
            AND audit.share_holds(rate * 100, rate_places - 2, execution, all_places, coalesce(full_year, initial), all_places)
        OR rate = 100 AND execution >= full_year AS holds,
        full_year <> initial AND audit.share_holds(rate, rate_places, execution, all_places, initial, all_places) AS of_initial
    FROM audit.funds
)
SELECT
    report_id, form_id, 'execution_rate' AS subject, audit.percent(execution, base) AS expected, rate AS actual,
    all_evidence AS evidence,
    CASE
        WHEN rate IS NULL THEN 'not_applicable'
        WHEN base IS NULL OR execution IS NULL OR base = 0 THEN 'insufficient_data'
        WHEN holds THEN 'pass'
        -- the full-year budget may only not have been read
        WHEN full_year IS NULL THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：{}全年执行数 {} ÷ 全年预算数 {} = {}%，预算执行率印作 {}%{}，建议核实。',
        audit.whose(form_kind, project_name),
        audit.plain(execution), audit.plain(base),
        audit.plain(audit.percent(execution, base)), audit.plain(rate),
        CASE WHEN of_initial THEN '，与以年初预算数为基数的结果相符' ELSE '' END
    ) END AS message
FROM held
