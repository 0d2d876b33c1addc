-- code: DOC-10
-- class: R
-- severity: info
-- title: 报告未注明日期 · The report bears no date
-- rule: 落款、填报日期等处写明年月（日）；仅核对有部门自评表、基础数据表或自评报告的
-- tolerance: 无
-- false positives: 日期只见于公开网页
WITH asked AS (
    SELECT report_id, min(form_id) AS form_id, arg_min(ref, form_no) AS ref
    FROM audit.form
    WHERE form_kind <> 'project_evaluation'
    GROUP BY report_id
),
dated AS (
    SELECT DISTINCT report_id
    FROM audit.printed
    WHERE length(text) < 200 AND regexp_matches(
        audit.tight(text) || CASE WHEN in_table AND contains(text, '填报') THEN coalesce(audit.tight(beside), '') ELSE '' END,
        '^[（(]?(?:20\d\d|[二〇○零一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?[）)]?$|(?:日期|时间)[:：]?20\d\d[年./-]|^20\d\d[./-]\d{1,2}[./-]\d{1,2}$'
    )
)
SELECT
    a.report_id, a.form_id, '日期' AS subject, [a.ref] AS evidence, CASE WHEN d.report_id IS NULL THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN '报告未见落款日期或填报日期，无法核对报送时间，建议补充。' END AS message
FROM asked AS a
LEFT JOIN dated AS d USING (report_id)
