-- code: DOC-07
-- class: R
-- severity: low
-- title: 填表签字栏空白 · The signature block is blank
-- rule: 填表人、填报日期、联系电话、单位负责人签字等栏已填
-- tolerance: 有一栏已填即不提示
-- false positives: 公开版本隐去个人信息
WITH block AS (
    SELECT
        report_id, ref, text,
        -- what stands after the labels, in the line itself or in the next cell
        regexp_replace(
            audit.tight(text) || CASE WHEN in_table THEN coalesce(audit.tight(beside), '') ELSE '' END,
            '(?:填表|填报|制表|审核|经办|复核)(?:人|单位|日期|时间)|联系(?:电话|人|方式)|(?:单位|部门|财务)?(?:主要)?(?:负责人|领导)|签字|签名|签章|盖章|公章|日期|电话|年|月|日|[（()）:：、，,/_—-]',
            '', 'g'
        ) AS filled
    FROM audit.printed
    WHERE regexp_matches(audit.tight(text), '(?:填表|填报|制表)人(?:[（(]签[字名章][）)])?(?:[:：]|$)') AND length(text) < 150
)
SELECT
    b.report_id, min(m.form_id) AS form_id, '签字栏' AS subject, list(b.ref ORDER BY b.ref)[1:3] AS evidence,
    CASE WHEN bool_or(length(b.filled) > 0) THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format('填表签字栏（{}）均为空白，建议核实。', left(regexp_replace(min(b.text), '\s+', ' ', 'g'), 60)) END AS message
FROM block AS b
JOIN (SELECT report_id, min(form_id) AS form_id FROM audit.form GROUP BY report_id) AS m USING (report_id)
GROUP BY b.report_id
