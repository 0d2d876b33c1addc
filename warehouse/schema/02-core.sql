-- What was understood: one row an entity, keyed by stable ids. Printed values only; nothing recomputed stands here.
CREATE SCHEMA IF NOT EXISTS core;

CREATE TABLE IF NOT EXISTS core.department (
    dept_id VARCHAR NOT NULL,
    name VARCHAR,
    division_code VARCHAR,
    division_name VARCHAR,
    level VARCHAR,
    organ_class VARCHAR,
    registered BOOLEAN NOT NULL
);
COMMENT ON TABLE core.department IS '部门 · departments met so far; those not in the registry wait for review';

CREATE TABLE IF NOT EXISTS core.succession (
    dept_id VARCHAR NOT NULL, successor_id VARCHAR NOT NULL, relation VARCHAR NOT NULL, since INTEGER
);
COMMENT ON TABLE core.succession IS '部门沿革：更名、合并、拆分 · departments that follow one another';

CREATE TABLE IF NOT EXISTS core.report (
    report_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    dept_id VARCHAR NOT NULL,
    dept_name VARCHAR,
    alias VARCHAR,
    fiscal_year INTEGER,
    loaded_order BIGINT NOT NULL
);
ALTER TABLE core.report ADD COLUMN IF NOT EXISTS named_by VARCHAR;
ALTER TABLE core.report ADD COLUMN IF NOT EXISTS nameless_id VARCHAR;
COMMENT ON TABLE core.report IS '一个部门一年的一份报告 · one report of one department and year';

CREATE TABLE IF NOT EXISTS core.form (
    form_id VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    form_no INTEGER NOT NULL,
    form_kind VARCHAR NOT NULL,
    title VARCHAR,
    attachment VARCHAR,
    project_name VARCHAR,
    year INTEGER,
    grade VARCHAR,
    page INTEGER,
    line_no INTEGER,
    is_current BOOLEAN NOT NULL
);
COMMENT ON TABLE core.form IS '报告中的一张表或正文 · one form of a report';

CREATE TABLE IF NOT EXISTS core.fact (
    fact_id VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    form_id VARCHAR NOT NULL,
    fact_no INTEGER NOT NULL,
    concept VARCHAR NOT NULL,
    item VARCHAR,
    period VARCHAR NOT NULL,
    period_year INTEGER,
    value DECIMAL(20, 6),
    decimals INTEGER,
    unit VARCHAR,
    status VARCHAR NOT NULL,
    raw_text VARCHAR NOT NULL,
    printed_unit VARCHAR,
    origin VARCHAR NOT NULL,
    row_label VARCHAR,
    column_label VARCHAR,
    treatment VARCHAR,
    page INTEGER, table_no INTEGER, row_no INTEGER, col_no INTEGER, line_no INTEGER, char_offset INTEGER,
    x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE
);
COMMENT ON TABLE core.fact IS '事实：有含义的数字 · every number that means something';

CREATE TABLE IF NOT EXISTS core.indicator (
    form_id VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    level1 VARCHAR, level1_raw VARCHAR, level1_weight_declared DECIMAL(20, 6),
    level2 VARCHAR, level2_raw VARCHAR,
    name VARCHAR,
    target_raw VARCHAR, target_op VARCHAR, target_value DECIMAL(20, 6), target_high DECIMAL(20, 6),
    target_unit VARCHAR, target_kind VARCHAR,
    actual_raw VARCHAR, actual_value DECIMAL(20, 6), actual_unit VARCHAR,
    weight DECIMAL(20, 6), score DECIMAL(20, 6),
    reason VARCHAR, direction VARCHAR, met BOOLEAN, criterion VARCHAR,
    page INTEGER, table_no INTEGER, row_no INTEGER, line_no INTEGER
);
-- a warehouse that an earlier version made
ALTER TABLE core.indicator ADD COLUMN IF NOT EXISTS criterion VARCHAR;
COMMENT ON TABLE core.indicator IS '绩效指标 · rows of indicator tables';

CREATE TABLE IF NOT EXISTS core.goal (
    form_id VARCHAR NOT NULL, report_id VARCHAR NOT NULL, seq INTEGER NOT NULL,
    expected VARCHAR, actual VARCHAR, page INTEGER, line_no INTEGER
);
COMMENT ON TABLE core.goal IS '年度总体目标 · overall goals';

CREATE TABLE IF NOT EXISTS core.section (
    form_id VARCHAR NOT NULL, report_id VARCHAR NOT NULL, seq INTEGER NOT NULL,
    level INTEGER NOT NULL, number VARCHAR NOT NULL, numeral VARCHAR, heading VARCHAR NOT NULL, text VARCHAR NOT NULL,
    nil BOOLEAN, page INTEGER, line_no INTEGER
);
ALTER TABLE core.section ADD COLUMN IF NOT EXISTS nil BOOLEAN;
COMMENT ON TABLE core.section IS '正文章节 · sections of the prose';

CREATE TABLE IF NOT EXISTS core.key_figure (
    key_figure_id VARCHAR NOT NULL,
    form_id VARCHAR NOT NULL, report_id VARCHAR NOT NULL, seq INTEGER NOT NULL,
    section VARCHAR, context VARCHAR NOT NULL, subject VARCHAR, value DECIMAL(20, 6) NOT NULL, unit VARCHAR,
    printed_unit VARCHAR, approximate BOOLEAN NOT NULL, concept VARCHAR, tense VARCHAR NOT NULL,
    sentence VARCHAR NOT NULL, snippet VARCHAR,
    page INTEGER, table_no INTEGER, row_no INTEGER, col_no INTEGER, line_no INTEGER, char_offset INTEGER,
    x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE
);
COMMENT ON TABLE core.key_figure IS '正文中的数字 · figures said in prose';

CREATE TABLE IF NOT EXISTS core.unmapped (
    document_id VARCHAR NOT NULL, number VARCHAR NOT NULL, raw_text VARCHAR NOT NULL, reason VARCHAR NOT NULL,
    page INTEGER, table_no INTEGER, row_no INTEGER, col_no INTEGER, line_no INTEGER,
    x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE
);
COMMENT ON TABLE core.unmapped IS '未归入任何事实的数字 · printed numbers that fed nothing';

CREATE TABLE IF NOT EXISTS core.run (
    run_id VARCHAR NOT NULL, started TIMESTAMP NOT NULL, ended TIMESTAMP, offered INTEGER, loaded INTEGER,
    duplicate INTEGER, rejected INTEGER, quarantined INTEGER, ignored INTEGER, parser_version VARCHAR
);
ALTER TABLE core.run ADD COLUMN IF NOT EXISTS kind VARCHAR;
ALTER TABLE core.run ADD COLUMN IF NOT EXISTS state VARCHAR;
ALTER TABLE core.run ADD COLUMN IF NOT EXISTS exit_status INTEGER;
ALTER TABLE core.run ADD COLUMN IF NOT EXISTS new_files INTEGER;
ALTER TABLE core.run ADD COLUMN IF NOT EXISTS changed_files INTEGER;
ALTER TABLE core.run ADD COLUMN IF NOT EXISTS failed_files INTEGER;
ALTER TABLE core.run ADD COLUMN IF NOT EXISTS words VARCHAR;
ALTER TABLE core.run ADD COLUMN IF NOT EXISTS summary VARCHAR;
COMMENT ON TABLE core.run IS '运行记录 · runs: what each one found and did, also those that were stopped or failed';

CREATE TABLE IF NOT EXISTS core.released (
    sha256 VARCHAR NOT NULL, note VARCHAR NOT NULL, released_by VARCHAR NOT NULL, released_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE core.released IS '人工移出隔离的文件 · files that a person took out of quarantine; ingestion never writes here';

CREATE TABLE IF NOT EXISTS core.concept (concept VARCHAR NOT NULL, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL);
COMMENT ON TABLE core.concept IS '概念代码与名称 · concept codes with their names';

CREATE TABLE IF NOT EXISTS core.schema_version (fingerprint VARCHAR NOT NULL);
COMMENT ON TABLE core.schema_version IS '结构版本 · the schema and view files that made this warehouse';
