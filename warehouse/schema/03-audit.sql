-- What the checks say. Rewritten by the engine for the reports concerned; marks of people are never rewritten.
CREATE TABLE IF NOT EXISTS core.check_rule (
    check_code VARCHAR NOT NULL,
    check_class VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    title_en VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    tolerance VARCHAR,
    false_positives VARCHAR,
    scope VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    problem VARCHAR
);
COMMENT ON TABLE core.check_rule IS '审计规则 · the checks, with what each one holds against what';

CREATE TABLE IF NOT EXISTS core.check_result (
    report_id VARCHAR NOT NULL,
    check_code VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    tests INTEGER NOT NULL
);
COMMENT ON TABLE core.check_result IS '每份报告每条规则的结论 · the status of every check for every report';

CREATE TABLE IF NOT EXISTS core.finding (
    finding_id VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    form_id VARCHAR,
    check_code VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    subject VARCHAR,
    message VARCHAR NOT NULL,
    expected DECIMAL(20, 6),
    actual DECIMAL(20, 6),
    difference DECIMAL(20, 6),
    tolerance DECIMAL(20, 6),
    evidence STRUCT(
        source_file VARCHAR, page INTEGER, table_no INTEGER, row_no INTEGER, col_no INTEGER, line_no INTEGER,
        label VARCHAR, raw_text VARCHAR, x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE
    )[] NOT NULL,
    scope_changed BOOLEAN DEFAULT FALSE
);
-- a warehouse that an earlier version made
ALTER TABLE core.finding ADD COLUMN IF NOT EXISTS scope_changed BOOLEAN DEFAULT FALSE;
COMMENT ON TABLE core.finding IS '审计发现 · what did not hold, with both numbers and their places';

CREATE TABLE IF NOT EXISTS core.checked (report_id VARCHAR NOT NULL, dept_id VARCHAR NOT NULL, forms VARCHAR NOT NULL);
COMMENT ON TABLE core.checked IS '已核查的报告及其表单摘要 · reports that were checked, with a digest of the forms they then had';

CREATE TABLE IF NOT EXISTS core.mark (
    finding_id VARCHAR NOT NULL,
    mark VARCHAR NOT NULL,
    note VARCHAR,
    marked_by VARCHAR,
    marked_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE core.mark IS '人工标注：属实、已说明、误报 · what people say of findings; ingestion never writes here';
