-- code: IND-02
-- class: R
-- severity: medium
-- title: 指标值未填或不可衡量 · Target blank or not measurable
-- rule: 指标应有可衡量的指标值；评分标准表不设指标值，不适用
-- tolerance: 不适用
-- false positives: 带下级指标的上级指标不设指标值；指标值单元格跨行合并（不判）
WITH named AS (
    SELECT
        *, no_target OR audit.unspaced(target_raw) IN (
            '若干', '一批', '适量', '按需', '视情况', '根据需要', '根据实际情况', '待定', '不确定', '另行确定'
        ) AS unmeasurable
    FROM audit.score_row
    WHERE name IS NOT NULL AND NOT is_rubric AND NOT is_heading AND (weight IS NOT NULL OR score IS NOT NULL
        OR NOT no_actual)
),
unread AS (
    SELECT DISTINCT w.ref
    FROM named AS w
    JOIN core.unmapped AS u USING (document_id, table_no, row_no)
    WHERE w.no_target
),
merged AS (
    SELECT DISTINCT w.ref
    FROM (SELECT * FROM named WHERE no_target) AS w
    JOIN audit.score_row AS o ON o.form_id = w.form_id AND o.seq < w.seq AND NOT o.no_target
    JOIN warehouse.raw.cell AS c
        ON c.document_id = w.document_id AND c.table_no = w.table_no AND c.row_no = o.row_no AND c.row_span > 1
        AND w.row_no BETWEEN c.row_no AND c.row_no + c.row_span - 1
    WHERE audit.unspaced(c.text) = audit.unspaced(o.target_raw)
)
SELECT
    w.report_id, w.form_id, w.name AS subject, [w.ref] AS evidence,
    CASE
        WHEN NOT w.unmeasurable THEN 'pass' WHEN m.ref IS NOT NULL OR u.ref IS NOT NULL THEN 'insufficient_data'
            ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN CASE
        WHEN w.no_target THEN format('“{}”未填指标值，建议核实。', w.name)
        ELSE format('“{}”指标值“{}”难以衡量，建议核实。', w.name, w.target_raw)
    END END AS message
FROM named AS w
LEFT JOIN merged AS m USING (ref)
LEFT JOIN unread AS u USING (ref)
QUALIFY status = 'fail' OR row_number() OVER (PARTITION BY w.form_id, status) = 1
