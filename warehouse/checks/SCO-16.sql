-- code: SCO-16
-- class: R
-- severity: low
-- title: 分值结构与规定不同 · Shares of points differ from the scheme
-- rule: 各一级指标的分值之和与执行分值应合于本地区本年度的评分办法（core.scoring_scheme）；所列结构合于办法而明细不合的为中风险
-- tolerance: 0.05 分
-- false positives: 办法允许适当调整；办法未定为必须遵循（binding）的，只在所列结构合于办法时判断
WITH level AS (
    SELECT
        form_id, level1,
        sum(declared) AS declared, sum(weights) AS weights
    FROM audit.score_level
    GROUP BY form_id, level1
),
points AS (
    SELECT
        form_id, bool_or(level1 IS NULL OR level1 = 'other') AS unknown,
        coalesce(sum(weights) FILTER (level1 = 'output'), 0) AS output,
            coalesce(sum(weights) FILTER (level1 = 'benefit'), 0) AS benefit,
        coalesce(sum(weights) FILTER (level1 = 'satisfaction'), 0) AS satisfaction,
        coalesce(sum(weights) FILTER (level1 = 'cost'), 0) AS cost,
            coalesce(sum(weights) FILTER (level1 = 'process'), 0) AS process,
        coalesce(sum(weights) FILTER (level1 = 'decision'), 0) AS decision,
        coalesce(sum(declared) FILTER (level1 = 'output'), 0) AS d_output,
        coalesce(sum(declared) FILTER (level1 = 'benefit'), 0) AS d_benefit,
        coalesce(sum(declared) FILTER (level1 = 'satisfaction'), 0) AS d_satisfaction,
        coalesce(sum(declared) FILTER (level1 = 'cost'), 0) AS d_cost,
        coalesce(sum(declared) FILTER (level1 = 'process'), 0) AS d_process,
        coalesce(sum(declared) FILTER (level1 = 'decision'), 0) AS d_decision
    FROM level
    GROUP BY form_id
),
held AS (
    SELECT
        f.form_id, any_value(f.all_read AND f.weights_read AND NOT p.unknown) AS whole,
        bool_or(
            abs(coalesce(s.execution, f.execution_weight) - f.execution_weight) <= 0.05
            AND abs(coalesce(s.output, p.output) - p.output) <= 0.05 AND abs(coalesce(s.benefit,
                p.benefit) - p.benefit) <= 0.05
            AND abs(coalesce(s.satisfaction, p.satisfaction) - p.satisfaction) <= 0.05
            AND abs(coalesce(s.cost, p.cost) - p.cost) <= 0.05 AND abs(coalesce(s.process,
                p.process) - p.process) <= 0.05
            AND abs(coalesce(s.decision, p.decision) - p.decision) <= 0.05
        ) AS rows_hold,
        min(s.scheme) FILTER (
            f.declared IS NOT NULL AND f.execution_weight = s.execution AND p.d_output = s.output
                AND p.d_benefit = s.benefit
            AND p.d_satisfaction = s.satisfaction AND p.d_cost = s.cost AND p.d_process = s.process
                AND p.d_decision = s.decision
        ) AS declared_scheme,
        max(s.scheme) FILTER (s.binding) AS binding_scheme
    FROM audit.score_form AS f
    JOIN points AS p USING (form_id)
    JOIN core.scoring_scheme AS s
        ON s.execution IS NOT NULL AND starts_with(coalesce(f.division_code, ''), s.region)
        AND coalesce(s.form_kind, f.form_kind) = f.form_kind
        AND f.year BETWEEN coalesce(s.year_from, 0) AND coalesce(s.year_to, 9999)
    WHERE f.weighted > 0 AND NOT f.is_rubric AND f.execution_weight IS NOT NULL
    GROUP BY f.form_id
)
SELECT
    f.report_id, f.form_id, '分值结构' AS subject,
    CASE WHEN h.declared_scheme IS NOT NULL THEN 'medium' ELSE 'low' END AS severity,
    list_concat(coalesce(f.weight_refs, []), f.refs) AS evidence,
    CASE
        WHEN h.rows_hold THEN 'pass' WHEN NOT h.whole THEN 'insufficient_data'
        WHEN h.declared_scheme IS NOT NULL OR h.binding_scheme IS NOT NULL THEN 'fail'
        ELSE 'not_applicable'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '实际分值结构为执行率 {}、产出 {}、效益 {}、满意度 {}{}，与评分办法（{}）不同{}，建议核实。',
        audit.plain(f.execution_weight), audit.plain(p.output), audit.plain(p.benefit), audit.plain(p.satisfaction),
        concat(
            CASE WHEN p.cost > 0 THEN '、成本 ' || audit.plain(p.cost) END,
            CASE WHEN p.process > 0 THEN '、过程 ' || audit.plain(p.process) END,
            CASE WHEN p.decision > 0 THEN '、决策 ' || audit.plain(p.decision) END
        ),
        coalesce(h.declared_scheme, '如' || h.binding_scheme),
        CASE WHEN h.declared_scheme IS NOT NULL THEN '，而所列一级分值合于办法' ELSE '' END
    ) END AS message
FROM held AS h
JOIN points AS p USING (form_id)
JOIN audit.score_form AS f USING (form_id)
