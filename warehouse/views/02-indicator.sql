CREATE OR REPLACE VIEW main.indicator AS
SELECT
    i.report_id, r.dept_id, r.dept_name, r.fiscal_year, i.form_id, m.form_kind, m.project_name, i.seq,
    i.level1, i.level1_raw, i.level1_weight_declared, i.level2, i.level2_raw, i.name,
    i.target_raw, i.target_op, i.target_value, i.target_high, i.target_unit, i.target_kind,
    i.actual_raw, i.actual_value, i.actual_unit, i.weight, i.score, i.reason, i.direction, i.met, i.criterion,
    d.source_file, i.page, i.table_no, i.row_no, i.line_no
FROM core.indicator AS i
JOIN core.form AS m USING (form_id)
JOIN core.report AS r ON r.report_id = i.report_id
JOIN raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'
WHERE m.is_current;
COMMENT ON VIEW main.indicator IS '绩效指标：指标值、实际完成值、分值、得分 · indicators with target, actual, weight and score';
