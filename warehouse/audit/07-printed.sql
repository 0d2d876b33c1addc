-- What checks of the document itself want of the printed text, taken in one pass: labels of names and signatures,
-- dates that stand alone, prompts and residue that were left standing.
CREATE OR REPLACE MACRO audit.tight(text) AS regexp_replace(text, '[\s\x{3000}\x{00a0}]+', '', 'g');

CREATE OR REPLACE MACRO audit.of_interest(text) AS
    contains(text, '名称') OR contains(text, '填表') OR contains(text, '填报') OR contains(text, '制表') OR contains(text, 'XX')
    OR contains(text, '××') OR contains(text, '字以内') OR contains(text, '请填写') OR contains(text, '[bookmark')
    OR contains(text, 'HYPERLINK') OR contains(text, 'PAGEREF') OR contains(text, '�') OR contains(text, 'EMBED ')
    OR (length(text) < 80 AND contains(text, '年') AND contains(text, '月'))
    OR (length(text) < 24 AND regexp_matches(text, '20\d\d\s?[-./]\s?[01]?\d'));

CREATE OR REPLACE TABLE audit.printed AS
SELECT
    d.report_id, 'paragraph:' || p.document_id || '/' || p.block_no || '/' || coalesce(p.paragraph_no, 0) AS ref,
    p.document_id, FALSE AS in_table,
    CAST(NULL AS INTEGER) AS table_no, CAST(NULL AS INTEGER) AS row_no, CAST(NULL AS INTEGER) AS col_no, p.line_no, p.page,
    p.text, CAST(NULL AS VARCHAR) AS beside
FROM raw.paragraph AS p
JOIN audit.document AS d USING (document_id)
WHERE audit.of_interest(p.text);

INSERT INTO audit.printed
WITH cell AS (
    SELECT d.report_id, c.document_id, c.table_no, c.row_no, c.col_no, c.col_span, c.line_no, c.page, c.text
    FROM raw.cell AS c
    JOIN audit.document AS d USING (document_id)
    WHERE audit.of_interest(c.text)
)
SELECT
    c.report_id, 'cell:' || c.document_id || '/' || c.table_no || '/' || c.row_no || '/' || c.col_no, c.document_id, TRUE,
    c.table_no, c.row_no, c.col_no, c.line_no, c.page, c.text, n.text
FROM cell AS c
-- the cell to the right, of names and signatures
LEFT JOIN raw.cell AS n
    ON n.document_id = c.document_id AND n.table_no = c.table_no AND n.row_no = c.row_no AND n.col_no = c.col_no + c.col_span
    AND length(c.text) < 40;
