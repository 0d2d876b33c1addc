-- code: IND-14
-- class: S
-- severity: low
-- title: 比较符号与指标性质相反 · Operator against the nature of the indicator
-- rule: 满意度不用 ≤，成本不用 ≥
-- tolerance: 不适用
-- false positives: 不满意、节约率、降低率等反向名称和百分比成本指标不判
WITH tested AS (
    SELECT
        *,
        (
            contains(plain_name, '满意') AND NOT contains(plain_name, '不满意') AND target_op IN ('<=', '<')
            AND NOT regexp_matches(plain_name, '投诉|差评')
        ) OR (
            (level1 = 'cost' OR level2 = 'cost' OR regexp_matches(plain_name, '(成本|费用)$')) AND target_op IN ('>=', '>')
            AND coalesce(target_unit, '') NOT IN ('%', '‰')
            AND NOT regexp_matches(plain_name, '节约|节省|节支|降低|下降|减少|压减|压缩|结余|增长|增加|收入|效益|率')
        ) AS contrary
    FROM audit.score_row
    WHERE name IS NOT NULL AND target_op IS NOT NULL AND NOT is_rubric
)
SELECT
    report_id, form_id, name AS subject, [ref] AS evidence, CASE WHEN contrary THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format('“{}”指标值 {}，比较符号与指标性质相反，建议核实。', name, target_raw) END AS message
FROM tested
WHERE contrary
UNION ALL BY NAME
SELECT report_id, form_id, 'pass' AS status FROM tested GROUP BY report_id, form_id
