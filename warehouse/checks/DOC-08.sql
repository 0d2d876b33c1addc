-- code: DOC-08
-- class: R
-- severity: medium
-- title: 残留模板提示语 · Prompts of the template were left standing
-- rule: 不残留 XX、××、请填写、（100 字以内）、空白的“指标1：”“目标1：”
-- tolerance: “……”行不计；仅残留字数要求的为低
-- false positives: 以 XX 代替隐去的名称
WITH prompt AS (
    SELECT
        report_id, ref, text,
        CASE
            WHEN regexp_matches(text, '(?:^|[^A-Za-zＸX0-9])(?:X{2,}|×{2,})(?:[^A-Za-zX0-9]|$)') THEN 'XX'
            WHEN contains(text, '请填写') THEN '请填写'
            WHEN regexp_matches(text, '\d+\s*字以内') THEN '字数要求'
        END AS kind
    FROM audit.printed
    WHERE contains(text, 'XX') OR contains(text, '××') OR contains(text, '请填写') OR contains(text, '字以内')
)
SELECT
    p.report_id, any_value(m.form_id) AS form_id, '模板提示语' AS subject, list(p.ref ORDER BY p.ref)[1:6] AS evidence,
    CAST(count(*) FILTER (p.kind IS NOT NULL) AS DECIMAL(20, 6)) AS actual,
    CASE WHEN bool_or(p.kind IN ('XX', '请填写')) THEN 'medium' ELSE 'low' END AS severity,
    CASE WHEN bool_or(p.kind IS NOT NULL) THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format('残留模板提示语 {} 处（{}），如“{}”，建议核实。', count(*) FILTER (p.kind IS NOT NULL),
        string_agg(DISTINCT p.kind, '、' ORDER BY p.kind), left(trim(min(p.text) FILTER (p.kind IS NOT NULL)), 40)) END AS message
FROM prompt AS p
JOIN (SELECT report_id, min(form_id) AS form_id FROM audit.form GROUP BY report_id) AS m USING (report_id)
GROUP BY p.report_id
UNION ALL BY NAME
SELECT
    report_id, min(form_id) AS form_id, '模板提示语' AS subject, 'pass' AS status
FROM audit.form
WHERE report_id NOT IN (SELECT report_id FROM prompt) AND form_kind <> 'narrative'
GROUP BY report_id
