-- code: IND-07
-- class: S
-- severity: low
-- title: 定量指标值没有计量单位 · Numeric targets without a unit
-- rule: 定量指标的指标值应写明计量单位
-- tolerance: 不适用
-- false positives: 单位写在指标名称中、无量纲的率和系数、零值不判
WITH tested AS (
    SELECT *, target_unit IS NULL AND target_value <> 0 AND NOT regexp_matches(
            plain_name, '(率|度|比例|占比|比重|系数|指数|增速|倍数|得分|评分|等级)$|[（(](%|％|个|家|户|人|人次|次|场|件|项|元|万元|亿元|亩|公里|米|天|吨|套|台|份)[）)]'
        ) AS bare
    FROM audit.score_row
    WHERE NOT is_rubric AND target_kind IN ('numeric', 'range') AND target_value IS NOT NULL AND name IS NOT NULL
)
SELECT
    report_id, form_id, '计量单位' AS subject, 0 AS expected, count(*) FILTER (bare) AS actual,
    list(ref ORDER BY seq) FILTER (bare) AS evidence, CASE WHEN bool_or(bare) THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '{} 个定量指标的指标值未写计量单位：{}。', count(*) FILTER (bare),
        string_agg(name || '（' || target_raw || '）', '、' ORDER BY seq) FILTER (bare)
    ) END AS message
FROM tested
GROUP BY report_id, form_id
