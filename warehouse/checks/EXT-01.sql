-- code: EXT-01
-- class: -
-- severity: info
-- title: 未归入任何事实的数字 · Printed numbers that fed nothing
-- rule: 表格和正文中的数字均归入事实、指标、正文数字或已知的序号、年份；其余逐处列出
-- tolerance: 说明文字中的数字不计
-- false positives: 仅为提取说明，不涉及报告内容
WITH number AS (
    SELECT
        d.report_id, u.number, u.raw_text, u.table_no IS NOT NULL AS in_table, u.table_no, u.row_no, u.col_no,
        CASE WHEN u.table_no IS NOT NULL
            THEN 'cell:' || u.document_id || '/' || u.table_no || '/' || u.row_no || '/' || coalesce(u.col_no, 1) END AS ref
    FROM core.unmapped AS u
    JOIN audit.document AS d USING (document_id)
    -- page numbers that a table swallowed are no numbers of the report
    WHERE u.reason <> 'note' AND NOT regexp_matches(u.raw_text, '^\s*[—–-]+\s*\d+\s*[—–-]+\s*$')
),
told AS (
    SELECT
        report_id, count(*) AS numbers,
        (list(DISTINCT ref ORDER BY ref) FILTER (ref IS NOT NULL))[1:20] AS refs,
        string_agg(DISTINCT left(trim(raw_text), 20), '；' ORDER BY left(trim(raw_text), 20)) AS words
    FROM number
    GROUP BY report_id
),
read AS (
    SELECT report_id, min(form_id) AS form_id, arg_min(ref, form_no) AS ref FROM audit.form GROUP BY report_id
),
taken AS (
    SELECT report_id FROM audit.fact WHERE value IS NOT NULL
    UNION SELECT report_id FROM audit.figure
    UNION SELECT report_id FROM audit.indicator WHERE actual_value IS NOT NULL OR weight IS NOT NULL
)
SELECT
    r.report_id, r.form_id, '未归入' AS subject, coalesce(t.refs, [r.ref]) AS evidence, CAST(t.numbers AS DECIMAL(20, 6)) AS actual,
    CASE
        WHEN t.numbers > 0 THEN 'fail'
        WHEN r.report_id IN (SELECT report_id FROM taken) THEN 'pass'
        ELSE 'not_applicable'
    END AS status,
    format('{} 个数字未归入任何事实：{}。', t.numbers, left(t.words, 120)) AS message
FROM read AS r
LEFT JOIN told AS t USING (report_id)
