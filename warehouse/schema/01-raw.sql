-- What was offered and what it holds, as printed. Nothing here is interpreted.
CREATE SCHEMA IF NOT EXISTS raw;

CREATE TABLE IF NOT EXISTS raw.file (
    file_id VARCHAR NOT NULL,
    source_uri VARCHAR NOT NULL,
    source_file VARCHAR NOT NULL,
    sha256 VARCHAR,
    document_id VARCHAR,
    content_sha256 VARCHAR,
    duplicate_of VARCHAR,
    format VARCHAR,
    encoding VARCHAR,
    bytes BIGINT,
    pages INTEGER,
    status VARCHAR NOT NULL,
    reason_code VARCHAR,
    reason VARCHAR,
    parser_version VARCHAR,
    seconds DOUBLE,
    numbers INTEGER,
    numbers_mapped INTEGER,
    offered_order BIGINT,
    first_seen TIMESTAMP,
    last_seen TIMESTAMP
);
-- a warehouse that an earlier version made
ALTER TABLE raw.file ADD COLUMN IF NOT EXISTS source VARCHAR;
ALTER TABLE raw.file ADD COLUMN IF NOT EXISTS page_uri VARCHAR;
ALTER TABLE raw.file ADD COLUMN IF NOT EXISTS page_title VARCHAR;
ALTER TABLE raw.file ADD COLUMN IF NOT EXISTS published DATE;
ALTER TABLE raw.file ADD COLUMN IF NOT EXISTS reason_page INTEGER;
ALTER TABLE raw.file ADD COLUMN IF NOT EXISTS reason_place VARCHAR;
COMMENT ON TABLE raw.file IS '曾提交的每个文件一行 · one row for every file ever offered, with the state it ended in';

CREATE TABLE IF NOT EXISTS raw.paragraph (
    document_id VARCHAR NOT NULL,
    block_no INTEGER NOT NULL,
    paragraph_no INTEGER,
    kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    automatic_number VARCHAR,
    outline_level INTEGER,
    part VARCHAR,
    page INTEGER,
    line_no INTEGER,
    x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE
);
COMMENT ON TABLE raw.paragraph IS '已入库文档的每个段落 · every paragraph of a loaded document';

CREATE TABLE IF NOT EXISTS raw.cell (
    document_id VARCHAR NOT NULL,
    block_no INTEGER NOT NULL,
    table_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    col_no INTEGER NOT NULL,
    row_span INTEGER NOT NULL,
    col_span INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    covered_text VARCHAR,
    confidence DOUBLE,
    ragged BOOLEAN NOT NULL,
    page INTEGER,
    line_no INTEGER,
    x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE
);
ALTER TABLE raw.cell ADD COLUMN IF NOT EXISTS part VARCHAR;
ALTER TABLE raw.cell ADD COLUMN IF NOT EXISTS stored_text VARCHAR;
COMMENT ON TABLE raw.cell IS '已入库文档的每个表格单元 · every table cell of a loaded document';

CREATE TABLE IF NOT EXISTS raw.note (
    document_id VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    page INTEGER, table_no INTEGER, row_no INTEGER, col_no INTEGER, line_no INTEGER
);
COMMENT ON TABLE raw.note IS '读取时修复或搁置之处 · what a reader repaired or left aside';
