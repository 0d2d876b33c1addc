CREATE OR REPLACE VIEW main.document AS
SELECT
    source_file, source_uri, sha256, file_id, document_id, format, bytes, pages,
    CASE WHEN status = 'working' THEN 'quarantined' ELSE status END AS status,
    CASE WHEN status = 'working' THEN 'interrupted' ELSE reason_code END AS reason_code,
    CASE
        WHEN status = 'working' THEN 'work on this file was interrupted; the next ingest of it completes it'
        ELSE reason
    END AS reason,
    duplicate_of, parser_version, seconds, numbers, numbers_mapped, offered_order, first_seen, last_seen, source, page_uri,
    page_title, published, reason_page, reason_place
FROM raw.file;
COMMENT ON VIEW main.document IS '曾提交的每个文件一行，附状态与原因 · a row for every file ever offered, with state and reason';

CREATE OR REPLACE VIEW main.unmapped AS
SELECT
    d.source_file, u.raw_text, u.number, u.reason, u.page, u.table_no, u.row_no, u.col_no, u.line_no, u.document_id
FROM core.unmapped AS u
JOIN raw.file AS d ON d.document_id = u.document_id AND d.status = 'loaded';
COMMENT ON VIEW main.unmapped IS '未归入任何事实的数字及位置 · every printed number that fed nothing, with its place';

CREATE OR REPLACE VIEW main.run AS
SELECT
    run_id, kind, state, exit_status, started, ended, offered, new_files, changed_files, failed_files, loaded, duplicate,
    rejected, quarantined, ignored, parser_version, words, summary
FROM core.run;
COMMENT ON VIEW main.run IS '运行记录：每次运行所见与所做，含失败与中断的 · runs: what each one found and did, also those that failed or were stopped';
