-- figures of one report that disagree with each other, with both numbers and their places; parameter: report_id
WITH own AS (
    SELECT concept, period, min_by(value, fact_no) AS value, min_by(coalesce(line_no, page), fact_no) AS place
    FROM fact
    WHERE report_id = $report_id AND item IS NULL AND value IS NOT NULL AND form_kind <> 'project_evaluation'
    GROUP BY ALL
),
level1 AS (
    SELECT
        level1_raw, any_value(level1_weight_declared) AS declared, sum(weight) AS points, sum(score) AS scored,
        min(coalesce(line_no, page)) AS place
    FROM indicator
    WHERE report_id = $report_id AND form_kind = 'department_evaluation' AND level1_weight_declared IS NOT NULL
    GROUP BY ALL
),
total AS (
    SELECT sum(weight) AS weights, sum(score) AS scores
    FROM indicator
    WHERE report_id = $report_id AND form_kind = 'department_evaluation'
),
compared AS (
    SELECT '一级指标标明的分值 与 其下各行分值合计：' || level1_raw AS what, declared AS printed, points AS against, place
    FROM level1
    UNION ALL
    SELECT '总分值 与 各指标分值加预算执行分值', t.value, s.weights + coalesce(e.value, 0), t.place
    FROM own AS t, total AS s LEFT JOIN own AS e ON e.concept = 'execution_weight'
    WHERE t.concept = 'total_weight'
    UNION ALL
    SELECT '总得分 与 各指标得分加预算执行得分', t.value, s.scores + coalesce(e.value, 0), t.place
    FROM own AS t, total AS s LEFT JOIN own AS e ON e.concept = 'execution_score'
    WHERE t.concept = 'total_score'
    UNION ALL
    SELECT '三公经费 与 其三项合计（' || t.period || '）', t.value, sum(p.value), any_value(t.place)
    FROM own AS t
    JOIN own AS p ON p.period = t.period
        AND p.concept IN ('official_vehicle_total', 'overseas_travel', 'official_reception')
    WHERE t.concept = 'three_public_total'
    GROUP BY t.period, t.value
    UNION ALL
    SELECT '全年执行数 与 基本支出加项目支出', t.value, b.value + p.value, t.place
    FROM own AS t
    JOIN own AS b ON b.concept = 'basic_expenditure' AND b.period = 'annual'
    JOIN own AS p ON p.concept = 'project_expenditure' AND p.period = 'annual'
    WHERE t.concept = 'funds_total' AND t.period = 'execution'
    UNION ALL
    SELECT '表中 与 正文所述：' || c.name_zh, t.value, k.value, k.line_no
    FROM key_figure AS k
    JOIN own AS t ON t.concept = k.concept AND t.period IN ('annual', 'current_final', 'instant_current')
    JOIN concept AS c ON c.concept = k.concept
    WHERE k.report_id = $report_id AND k.tense = 'current' AND k.context = 'report' AND NOT k.approximate
)
SELECT DISTINCT what, printed, against, against - printed AS difference, place
FROM compared
WHERE abs(against - printed) > 0.015
ORDER BY place, what
