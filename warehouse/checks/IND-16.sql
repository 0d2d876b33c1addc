-- code: IND-16
-- class: S
-- severity: low
-- title: 满意度没有调查依据 · Satisfaction without a survey
-- rule: 部门表列有满意度完成值的，正文应提到问卷、调查、样本、测评等
-- tolerance: 不适用
-- false positives: 依据另行留存；正文不足 200 字的不判
WITH satisfied AS (
    SELECT report_id, arg_min(form_id, (form_id, seq)) AS form_id, arg_min(name, (form_id, seq)) AS name,
        arg_min(actual_raw, (form_id, seq)) AS actual_raw, max(actual_value) AS actual, list(ref ORDER BY form_id, seq) AS refs
    FROM audit.score_row
    WHERE form_kind = 'department_evaluation' AND is_measured
        AND (level1 = 'satisfaction' OR level2 = 'satisfaction' OR contains(plain_name, '满意'))
    GROUP BY report_id
)
SELECT
    s.report_id, s.form_id, s.name AS subject, s.actual, s.refs AS evidence,
    CASE
        WHEN length(p.text) < 200 THEN 'insufficient_data'
        WHEN contains(p.text, '问卷') OR contains(p.text, '样本') OR contains(p.text, '测评') OR contains(p.text, '回访')
            OR contains(p.text, '评议') OR contains(p.text, '抽样') THEN 'pass'
        -- 调查 alone is often a duty (调查研究)
        WHEN contains(p.text, '调查') AND contains(p.text, '满意')
            AND regexp_matches(p.text, '满意.{0,40}调查|调查.{0,40}满意') THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format('“{}”完成值 {}，正文未见问卷、调查等依据，建议核实。', s.name, s.actual_raw) END AS message
FROM satisfied AS s
JOIN audit.prose AS p USING (report_id)
