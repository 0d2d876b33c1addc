-- What checks read, filled anew for the reports in question (audit.unit). One department and year is one report here,
-- however many files it was published in; `report_id` is that of the file loaded last. `ref` names the place of a row:
-- a check lists the refs of what it holds against each other as its evidence.
CREATE OR REPLACE TABLE audit.report AS
SELECT
    CAST(row_number() OVER () AS INTEGER) AS report_no, u.lead AS report_id, r.dept_id, r.dept_name, r.alias,
    r.fiscal_year, d.division_code, d.division_name, d.level, d.organ_class, r.document_id, f.source_file, r.loaded_order
FROM (SELECT DISTINCT lead FROM audit.unit) AS u
JOIN core.report AS r ON r.report_id = u.lead
JOIN core.department AS d USING (dept_id)
JOIN raw.file AS f ON f.document_id = r.document_id AND f.status = 'loaded';

-- the current forms, of whichever file they stand in
CREATE OR REPLACE TABLE audit.form AS
SELECT
    u.lead AS report_id, m.form_id, m.report_id AS own_report_id, r.document_id, m.form_no, m.form_kind, m.title,
    m.attachment, m.project_name, m.year, m.grade, m.page, m.line_no, 'form:' || m.form_id AS ref
FROM audit.unit AS u
JOIN core.form AS m USING (form_id)
JOIN core.report AS r ON r.report_id = m.report_id;

CREATE OR REPLACE TABLE audit.document AS
SELECT DISTINCT m.report_id, m.document_id, f.source_file, f.format
FROM audit.form AS m
JOIN raw.file AS f ON f.document_id = m.document_id AND f.status = 'loaded';

-- what a form prints twice; told by hash first, as hardly any does
CREATE OR REPLACE TABLE audit.repeated AS
WITH own AS (
    SELECT f.*, hash(f.form_id, f.concept, f.item, f.period) AS named
    FROM core.fact AS f
    WHERE f.form_id IN (SELECT form_id FROM audit.form)
)
SELECT form_id, concept, item, period, arg_min(fact_id, (value IS NULL, fact_no)) AS fact_id
FROM own
WHERE named IN (SELECT named FROM own GROUP BY named HAVING count(*) > 1)
GROUP BY ALL
HAVING count(*) > 1;

-- one row a form, concept, item and period (the first that is printed); `places` are the decimals printed, in the unit
-- of the value; `form_places` the most decimals that the form prints, as trailing zeros are dropped in some of its cells;
-- a number that is printed but was not read with certainty has no value, and yet is no blank: `is_printed`
CREATE OR REPLACE TABLE audit.fact AS
WITH printed AS (
    SELECT form_id, max(audit.places(printed_unit, raw_text, decimals)) AS form_places
    FROM core.fact
    WHERE unit = 'wan_yuan' AND form_id IN (SELECT form_id FROM audit.form)
    GROUP BY form_id
)
SELECT
    m.report_id, f.form_id, m.form_kind, m.project_name, f.fact_id AS ref, f.fact_no, f.concept, f.item, f.period,
    f.period_year, f.value, f.unit, f.status, f.origin, f.raw_text, f.row_label, f.column_label, f.printed_unit,
    f.treatment, audit.places(f.printed_unit, f.raw_text, f.decimals) AS places, p.form_places,
    f.value IS NOT NULL OR (f.status = 'value' AND f.unit IS NOT NULL) AS is_printed
FROM core.fact AS f
JOIN audit.form AS m USING (form_id)
LEFT JOIN printed AS p USING (form_id)
LEFT JOIN audit.repeated AS d
    ON d.form_id = f.form_id AND d.concept = f.concept AND d.period = f.period AND d.item IS NOT DISTINCT FROM f.item
WHERE d.form_id IS NULL OR d.fact_id = f.fact_id;

-- Numbers that are printed and not known. A check that adds up counts them among its evidence (`is_printed`), and then
-- has shown nothing: its test is insufficient_data, whatever it made of the rest (see check.py).
CREATE OR REPLACE TABLE audit.unknown AS
SELECT report_id, form_id, ref, concept FROM audit.fact WHERE is_printed AND value IS NULL;

CREATE OR REPLACE TABLE audit.indicator AS
SELECT m.report_id, m.form_kind, m.project_name, 'indicator:' || i.form_id || '/' || i.seq AS ref, i.* EXCLUDE (report_id)
FROM audit.form AS m
JOIN core.indicator AS i USING (form_id);

CREATE OR REPLACE TABLE audit.goal AS
SELECT m.report_id, m.form_kind, m.project_name, 'goal:' || g.form_id || '/' || g.seq AS ref, g.* EXCLUDE (report_id)
FROM audit.form AS m
JOIN core.goal AS g USING (form_id);

CREATE OR REPLACE TABLE audit.section AS
SELECT m.report_id, m.form_kind, 'section:' || s.form_id || '/' || s.seq AS ref, s.* EXCLUDE (report_id)
FROM audit.form AS m
JOIN core.section AS s USING (form_id);

-- figures said in prose
CREATE OR REPLACE TABLE audit.figure AS
SELECT m.report_id, m.form_kind, k.key_figure_id AS ref, k.* EXCLUDE (report_id)
FROM audit.form AS m
JOIN core.key_figure AS k USING (form_id);

-- the whole prose of a report as one text
CREATE OR REPLACE TABLE audit.prose AS
SELECT
    report_id, min(form_id) AS form_id, string_agg(heading || chr(10) || text, chr(10) ORDER BY form_id, seq) AS text
FROM audit.section
WHERE form_kind = 'narrative'
GROUP BY report_id;

-- every paragraph and cell as printed; large, so read where it stands
CREATE OR REPLACE VIEW audit.paragraph AS
SELECT
    d.report_id, d.source_file,
    'paragraph:' || p.document_id || '/' || p.block_no || '/' || coalesce(p.paragraph_no, 0) AS ref, p.*
FROM audit.document AS d
JOIN warehouse.raw.paragraph AS p USING (document_id);

CREATE OR REPLACE VIEW audit.cell AS
SELECT
    d.report_id, d.source_file,
    'cell:' || c.document_id || '/' || c.table_no || '/' || c.row_no || '/' || c.col_no AS ref, c.*
FROM audit.document AS d
JOIN warehouse.raw.cell AS c USING (document_id);
