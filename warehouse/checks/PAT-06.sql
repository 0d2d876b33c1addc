-- code: PAT-06
-- class: -
-- severity: info
-- title: 同一文件列在两个部门名下 · One file stands under two departments
-- rule: 字节或正文完全相同的文件不列在不同部门名下；重复文件的来源路径不含同地区其他部门的名称
-- tolerance: 无
-- false positives: 合署办公、代管单位
-- scope: cohort
WITH twin AS (
    SELECT r.report_id, r.dept_id <> o.dept_id AS strange, o.dept_name AS other, f.source_file AS other_file
    FROM audit.report AS r
    JOIN raw.file AS own ON own.document_id = r.document_id AND own.status = 'loaded'
    JOIN raw.file AS f ON f.content_sha256 = own.content_sha256 AND f.status = 'loaded' AND f.document_id <> r.document_id
    JOIN core.report AS o ON o.document_id = f.document_id
    UNION
    -- a duplicate is not read again: of whom it is said to be stands in its address alone
    SELECT r.report_id, d.dept_id IS NOT NULL, d.name, f.source_file
    FROM audit.report AS r
    JOIN raw.file AS f ON f.duplicate_of = r.document_id AND f.status = 'duplicate'
    LEFT JOIN core.department AS d
        ON d.division_code = r.division_code AND d.dept_id <> r.dept_id AND length(d.name) >= 4
        AND contains(url_decode(f.source_uri), d.name) AND NOT contains(url_decode(f.source_uri), r.dept_name)
        AND NOT contains(r.dept_name, d.name)
)
SELECT
    t.report_id, t.other AS subject, CASE WHEN t.strange THEN 'fail' ELSE 'pass' END AS status, [m.ref] AS evidence,
    CASE WHEN status = 'fail' THEN format('与列在{}名下的文件 {} 完全相同，建议核实是否误传。', t.other, t.other_file) END AS message
FROM twin AS t
JOIN (SELECT report_id, min(ref) AS ref FROM audit.form GROUP BY report_id) AS m ON m.report_id = t.report_id
