-- code: EXT-02
-- class: -
-- severity: info
-- title: 应为数字而未能确定的单元格 · Cells that should hold a number and could not be settled
-- rule: 金额、人数、比率等栏的单元格均读为数字、空白或不适用；读法不止一种的不取值，逐处列出
-- tolerance: 无
-- false positives: 仅为提取说明，不涉及报告内容
WITH unsettled AS (
    SELECT d.report_id, 'cell:' || u.document_id || '/' || u.table_no || '/' || u.row_no || '/' || coalesce(u.col_no, 1) AS ref, u.raw_text
    FROM core.unmapped AS u
    JOIN audit.document AS d USING (document_id)
    WHERE u.reason = 'ambiguous' AND u.table_no IS NOT NULL
    UNION ALL
    SELECT report_id, ref, raw_text
    FROM audit.fact
    WHERE status = 'value' AND value IS NULL AND unit IS NOT NULL
),
told AS (
    SELECT
        report_id, count(DISTINCT ref) AS cells, list(DISTINCT ref ORDER BY ref)[1:20] AS refs, string_agg(DISTINCT left(trim(raw_text), 20), '；' ORDER BY left(trim(raw_text), 20)) AS words
    FROM unsettled
    GROUP BY report_id
),
asked AS (
    SELECT report_id, min(form_id) AS form_id
    FROM audit.fact
    WHERE origin = 'table' AND unit IS NOT NULL
    GROUP BY report_id
)
SELECT
    a.report_id, a.form_id, '未确定' AS subject, t.refs AS evidence, CAST(t.cells AS DECIMAL(20, 6)) AS actual,
    CASE WHEN t.cells > 0 THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format('{} 个应为数字的单元格未能确定读法，未取值：{}。', t.cells, left(t.words, 120)) END AS message
FROM asked AS a
LEFT JOIN told AS t USING (report_id)
