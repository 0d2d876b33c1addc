-- code: DOC-16
-- class: R
-- severity: low
-- title: 基础数据表空白较多 · Many cells of the base data sheet are blank
-- rule: 基础数据表应填数处空白（非 0、非无、非“——”）不超过一半；列明整行空白的项目
-- tolerance: 50%
-- false positives: 习惯以空白表示 0
WITH cell AS (
    SELECT report_id, form_id, ref, concept, row_label, status, fact_no
    FROM audit.fact
    WHERE form_kind = 'base_data' AND origin = 'table' AND status IN ('value', 'blank')
        AND NOT (status = 'blank' AND concept IN ('project_special_fund_item', 'project_other_item'))
),
line AS (
    SELECT
        report_id, form_id, concept, any_value(trim(row_label)) AS row_label, count(*) AS cells, min(fact_no) AS nth,
        count(*) FILTER (status = 'blank') AS blank, arg_min(ref, fact_no) AS first
    FROM cell
    GROUP BY report_id, form_id, concept
),
sheet AS (
    SELECT
        report_id, form_id, sum(cells) AS cells, sum(blank) AS blank,
        string_agg(coalesce(nullif(row_label, ''), concept), '；' ORDER BY nth) FILTER (blank = cells) AS rows,
        list(first ORDER BY nth) FILTER (blank = cells) AS refs,
        arg_min(first, nth) AS any_ref
    FROM line
    GROUP BY report_id, form_id
)
SELECT
    report_id, form_id, '空白' AS subject, coalesce(refs[1:12], [any_ref]) AS evidence, CAST(blank AS DECIMAL(20, 6)) AS actual,
    CASE WHEN cells < 10 THEN 'insufficient_data' WHEN blank * 2 > cells THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format('基础数据表应填数的 {} 处中 {} 处空白（{}%），未填 0 或无；整行空白：{}，建议补充。', CAST(cells AS INTEGER), CAST(blank AS INTEGER),
        audit.plain(audit.percent(blank, cells)), left(coalesce(rows, '无'), 200)) END AS message
FROM sheet
