-- code: IND-04
-- class: S
-- severity: medium
-- title: 未达指标值 · Target missed
-- rule: 实际完成值与指标值比较，统一单位后按符号判断；定性指标按“未达成”“部分达成”等措辞。超过等于号所定数的为低风险
-- tolerance: 0
-- false positives: 无法判断的不判；完成日期见 IND-15
WITH judged AS (
    SELECT
        i.*, r.target, r.actual, coalesce(i.target_unit, '') AS unit,
        coalesce(i.direction = 'exact' AND r.actual > r.target, false) AS is_excess
    FROM audit.score_row AS i
    LEFT JOIN audit.score_rule AS r USING (form_id, seq)
    WHERE i.met IS NOT NULL AND NOT i.is_rubric AND i.target_kind <> 'date'
)
SELECT
    report_id, form_id, coalesce(name, '指标' || seq) AS subject, CASE WHEN is_excess THEN 'low' ELSE 'medium' END
        AS severity,
    CAST(target AS DECIMAL(20, 6)) AS expected, CAST(actual AS DECIMAL(20, 6)) AS actual, [ref] AS evidence,
    CASE WHEN met THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN CASE
        WHEN target IS NULL THEN format('“{}”指标值 {}，实际完成值 {}，未达到。', name, target_raw, actual_raw)
        ELSE format(
            '“{}”指标值 {}，实际完成值 {}，{}，相差 {}{}{}。', name, target_raw, actual_raw,
            CASE WHEN is_excess THEN '高于指标值' ELSE '未达到' END, audit.signed(actual - target), unit,
            coalesce('（' || audit.signed(round(100 * (actual - target) / nullif(target, 0), 2)) || '%）', '')
        )
    END END AS message
FROM judged
WHERE NOT met
UNION ALL BY NAME
SELECT report_id, form_id, 'pass' AS status FROM judged GROUP BY report_id, form_id
