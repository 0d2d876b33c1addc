-- The places of what the findings name as their evidence, one row a ref.
CREATE OR REPLACE TABLE audit.wanted AS
SELECT DISTINCT unnest(evidence) AS ref FROM audit.result WHERE status = 'fail';

CREATE OR REPLACE TABLE audit.evidence AS
WITH place AS (
    SELECT
        f.fact_id AS ref, 1 AS rank, f.report_id, f.page, f.table_no, f.row_no, f.col_no, f.line_no,
        concat_ws(' × ', f.row_label, f.column_label) AS label, f.raw_text, f.x0, f.top, f.x1, f.bottom
    FROM core.fact AS f
    WHERE f.fact_id IN (SELECT ref FROM audit.wanted)
    UNION ALL
    SELECT
        k.key_figure_id, 2, k.report_id, k.page, k.table_no, k.row_no, k.col_no, k.line_no, k.subject, k.sentence,
        k.x0, k.top, k.x1, k.bottom
    FROM core.key_figure AS k
    WHERE k.key_figure_id IN (SELECT ref FROM audit.wanted)
    UNION ALL
    -- indicators and sections also of superseded forms and of other departments, which are not among the relations
    SELECT
        'indicator:' || i.form_id || '/' || i.seq, 3, i.report_id, i.page, i.table_no, i.row_no, NULL, i.line_no, i.name,
        concat_ws(' | ', i.name, i.target_raw, i.actual_raw, audit.plain(i.weight), audit.plain(i.score), i.reason),
        NULL, NULL, NULL, NULL
    FROM core.indicator AS i
    WHERE i.form_id IN (SELECT split_part(split_part(ref, ':', 2), '/', 1) FROM audit.wanted WHERE ref LIKE 'indicator:%')
        AND 'indicator:' || i.form_id || '/' || i.seq IN (SELECT ref FROM audit.wanted)
    UNION ALL
    SELECT
        g.ref, 3, m.own_report_id, g.page, NULL, NULL, NULL, g.line_no, '年度总体目标' || g.seq,
        concat_ws(' | ', g.expected, g.actual), NULL, NULL, NULL, NULL
    FROM audit.goal AS g
    JOIN audit.form AS m USING (form_id)
    WHERE g.ref IN (SELECT ref FROM audit.wanted)
    UNION ALL
    SELECT
        'section:' || s.form_id || '/' || s.seq, 3, s.report_id, s.page, NULL, NULL, NULL, s.line_no,
        s.number || ' ' || s.heading, left(s.text, 200), NULL, NULL, NULL, NULL
    FROM core.section AS s
    WHERE s.form_id IN (SELECT split_part(split_part(ref, ':', 2), '/', 1) FROM audit.wanted WHERE ref LIKE 'section:%')
        AND 'section:' || s.form_id || '/' || s.seq IN (SELECT ref FROM audit.wanted)
    UNION ALL
    SELECT
        m.ref, 3, m.own_report_id, m.page, NULL, NULL, NULL, m.line_no, concat_ws(' ', m.attachment, m.project_name),
        coalesce(m.title, m.project_name, m.form_kind), NULL, NULL, NULL, NULL
    FROM audit.form AS m
    WHERE m.ref IN (SELECT ref FROM audit.wanted)
),
text_place AS (
    SELECT p.ref, p.source_file, p.page, NULL AS table_no, NULL AS row_no, NULL AS col_no, p.line_no, p.text, p.x0, p.top,
        p.x1, p.bottom
    FROM audit.paragraph AS p
    WHERE p.document_id IN (SELECT split_part(split_part(ref, '/', 1), ':', 2) FROM audit.wanted WHERE ref LIKE 'paragraph:%')
        AND p.ref IN (SELECT ref FROM audit.wanted)
    UNION ALL
    SELECT c.ref, c.source_file, c.page, c.table_no, c.row_no, c.col_no, c.line_no, c.text, c.x0, c.top, c.x1, c.bottom
    FROM audit.cell AS c
    WHERE c.document_id IN (SELECT split_part(split_part(ref, '/', 1), ':', 2) FROM audit.wanted WHERE ref LIKE 'cell:%')
        AND c.ref IN (SELECT ref FROM audit.wanted)
)
SELECT
    p.ref, {
        'source_file': f.source_file, 'page': p.page, 'table_no': p.table_no, 'row_no': p.row_no, 'col_no': p.col_no,
        'line_no': p.line_no, 'label': p.label, 'raw_text': p.raw_text, 'x0': p.x0, 'top': p.top, 'x1': p.x1,
        'bottom': p.bottom
    } AS place
FROM place AS p
JOIN core.report AS r USING (report_id)
JOIN raw.file AS f ON f.document_id = r.document_id AND f.status = 'loaded'
QUALIFY row_number() OVER (PARTITION BY p.ref ORDER BY p.rank) = 1
UNION ALL
SELECT
    ref, {
        'source_file': source_file, 'page': page, 'table_no': table_no, 'row_no': row_no, 'col_no': col_no,
        'line_no': line_no, 'label': NULL, 'raw_text': left(text, 200), 'x0': x0, 'top': top, 'x1': x1, 'bottom': bottom
    }
FROM text_place;
