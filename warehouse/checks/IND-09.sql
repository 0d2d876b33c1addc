-- code: IND-09
-- class: R
-- severity: medium
-- title: 指标维度不全 · Dimensions without an indicator
-- rule: 数量、质量、时效、效益、满意度各至少一个指标；项目表为低风险
-- tolerance: 不适用
-- false positives: 二级指标无法辨认的不判；评分标准表不适用
WITH form AS (
    SELECT
        report_id, form_id,
        bool_or(level2 IS NULL OR level2 = 'other') AS unclear,
        list_filter(
            [
                CASE WHEN NOT bool_or(coalesce(level2 = 'quantity', false)) THEN '数量' END,
                CASE WHEN NOT bool_or(coalesce(level2 = 'quality', false)) THEN '质量' END,
                CASE WHEN NOT bool_or(coalesce(level2 = 'timeliness', false)) THEN '时效' END,
                CASE WHEN NOT bool_or(coalesce(level1 = 'benefit' OR level2 IN ('economic', 'social', 'ecological',
                    'sustainability'), false))
                    THEN '效益' END,
                CASE
                    WHEN NOT bool_or(coalesce(level1 = 'satisfaction' OR level2 = 'satisfaction'
                        OR contains(plain_name, '满意'), false))
                        THEN '满意度'
                END
            ],
            lambda x: x IS NOT NULL
        ) AS missing
    FROM audit.score_row
    WHERE NOT is_rubric AND coalesce(level1, '') NOT IN ('process', 'decision')
    GROUP BY report_id, form_id
)
SELECT
    f.report_id, f.form_id, '指标维度' AS subject, CASE s.form_kind WHEN 'project_evaluation' THEN 'low'
        ELSE 'medium' END AS severity,
    s.refs AS evidence,
    CASE
        WHEN len(f.missing) = 0 THEN 'pass' WHEN f.unclear OR NOT s.all_read THEN 'insufficient_data' ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN '未见' || array_to_string(f.missing, '、') || '方面的指标，建议核实。' END AS message
FROM form AS f
JOIN audit.score_form AS s USING (form_id)
