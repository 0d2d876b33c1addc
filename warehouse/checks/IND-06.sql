-- code: IND-06
-- class: S
-- severity: medium
-- title: 完成值照录指标值 · Actuals that repeat their targets
-- rule: 定性指标的完成值与指标值文字相同，或定量指标的完成值带有比较符号
-- tolerance: 不适用
-- false positives: 简短的定性用语
WITH tested AS (
    SELECT
        *,
        (
            target_kind IN ('qualitative', 'text') AND audit.unspaced(target_raw) = audit.unspaced(actual_raw)
        ) OR (
            target_kind = 'numeric'
            AND regexp_matches(
                audit.unspaced(actual_raw), '^(≥|≤|≧|≦|⩾|⩽|>|<|＞|＜|不低于|不少于|不超过|不高于)|(以上|以下|以内)$'
            )
        ) AS repeats
    FROM audit.score_row
    WHERE NOT is_rubric AND coalesce(level1, '') NOT IN ('process', 'decision') AND NOT no_target AND NOT no_actual
        AND target_kind IN ('qualitative', 'text', 'numeric')
)
SELECT
    report_id, form_id, '完成值' AS subject, 0 AS expected, count(*) FILTER (repeats) AS actual,
    list(ref ORDER BY seq) FILTER (repeats) AS evidence, CASE WHEN bool_or(repeats) THEN 'fail' ELSE 'pass' END
        AS status,
    CASE WHEN status = 'fail' THEN format(
        '{} 个指标{}的完成值照录指标值，未见实际结果：{}。', count(*) FILTER (repeats),
        coalesce('（共 ' || audit.plain(sum(weight) FILTER (repeats)) || ' 分）', ''),
        string_agg(coalesce(name, '指标' || seq) || '（' || target_raw || '／' || actual_raw || '）', '、' ORDER BY seq)
            FILTER (repeats)
    ) END AS message
FROM tested
GROUP BY report_id, form_id
