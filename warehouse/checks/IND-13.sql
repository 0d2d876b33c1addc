-- code: IND-13
-- class: E
-- severity: low
-- title: 指标重复 · The same indicator twice
-- rule: 同一张表内，名称、指标值和完成值均相同的指标只应出现一次
-- tolerance: 不适用
-- false positives: 名称单元格跨行合并：名称须在表内印出不止一次
WITH form AS (
    SELECT report_id, form_id, document_id, table_no, plain_name, name, target_raw, actual_raw, seq, ref,
        hash(plain_name, target_raw, actual_raw) AS mark
    FROM audit.score_row
    WHERE name IS NOT NULL AND NOT no_target AND NOT no_actual AND NOT is_rubric
),
-- few forms have any
suspect AS (SELECT form_id, mark FROM form GROUP BY form_id, mark HAVING count(*) > 1),
twice AS (
    SELECT
        report_id, form_id, min(document_id) AS document_id, min(table_no) AS table_no, plain_name,
        arg_min(name, seq) AS name, target_raw, actual_raw, count(*) AS times, list(ref ORDER BY seq) AS refs
    FROM form
    SEMI JOIN suspect USING (form_id, mark)
    GROUP BY report_id, form_id, plain_name, target_raw, actual_raw
    HAVING count(*) > 1
),
printed AS (
    SELECT t.form_id, t.plain_name, count(*) AS times
    FROM (SELECT DISTINCT form_id, document_id, table_no, plain_name FROM twice) AS t
    JOIN warehouse.raw.cell AS c USING (document_id, table_no)
    WHERE contains(audit.unspaced(c.text), t.plain_name)
    GROUP BY ALL
)
SELECT
    t.report_id, t.form_id, t.name AS subject, 1 AS expected, t.times AS actual, t.refs AS evidence,
    CASE WHEN coalesce(p.times, t.times) >= t.times THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format('“{}”（指标值 {}，完成值 {}）在同一张表内出现 {} 次，建议核实。', t.name, t.target_raw, t.actual_raw, t.times) END AS message
FROM twice AS t
LEFT JOIN printed AS p USING (form_id, plain_name)
UNION ALL BY NAME
SELECT report_id, form_id, 'pass' AS status FROM form GROUP BY report_id, form_id
