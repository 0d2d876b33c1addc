-- code: IND-01
-- class: R
-- severity: high
-- title: 指标未填实际完成值 · Indicator without an actual
-- rule: 有名称和指标值的指标应有实际完成值
-- tolerance: 不适用
-- false positives: 完成值单元格跨行合并（不判）；整张表没有完成值的不判
WITH empty_row AS (
    SELECT * FROM audit.score_row WHERE name IS NOT NULL AND NOT no_target AND NOT is_rubric
),
-- an actual that is merged over several rows is printed once
merged AS (
    SELECT DISTINCT w.ref
    FROM (SELECT * FROM empty_row WHERE no_actual) AS w
    JOIN audit.score_row AS o ON o.form_id = w.form_id AND o.seq < w.seq AND NOT o.no_actual
    JOIN warehouse.raw.cell AS c
        ON c.document_id = w.document_id AND c.table_no = w.table_no AND c.row_no = o.row_no AND c.row_span > 1
        AND w.row_no BETWEEN c.row_no AND c.row_no + c.row_span - 1
    WHERE audit.unspaced(c.text) = audit.unspaced(o.actual_raw)
),
unread AS (
    SELECT DISTINCT w.ref
    FROM empty_row AS w
    JOIN core.unmapped AS u USING (document_id, table_no, row_no)
    WHERE w.no_actual
)
SELECT
    w.report_id, w.form_id, w.name AS subject, [w.ref] AS evidence,
    CASE
        WHEN NOT w.no_actual THEN 'pass'
        WHEN NOT w.form_has_actuals OR m.ref IS NOT NULL OR u.ref IS NOT NULL THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '“{}”指标值 {}，实际完成值未填{}，建议核实。', w.name, w.target_raw,
        coalesce('（得分 ' || audit.plain(w.score) || ' 分）', '')
    ) END AS message
FROM empty_row AS w
LEFT JOIN merged AS m USING (ref)
LEFT JOIN unread AS u USING (ref)
QUALIFY status = 'fail' OR row_number() OVER (PARTITION BY w.form_id, status) = 1
