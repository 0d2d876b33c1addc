-- What differs between a superseded form and the current one of the same department, year, kind and project; superseded is
-- also the last year of a department that was published again under its new name. A row that
-- stands in only one of them differs too; blanks do not differ from rows that are missing.
CREATE OR REPLACE VIEW main.revision_change AS
WITH revised AS (
    -- the few departments that published a year twice, or changed their name
    SELECT r.dept_id FROM core.form AS m JOIN core.report AS r USING (report_id) WHERE NOT m.is_current
    UNION
    SELECT unnest([dept_id, successor_id]) FROM core.succession WHERE relation = 'renamed'
),
form AS (
    SELECT
        m.form_id, m.report_id, m.form_kind, m.project_name, m.is_current, r.dept_id, r.dept_name, r.fiscal_year,
        r.loaded_order, d.source_file, coalesce(m.project_name, '') AS project, coalesce(r.fiscal_year, 0) AS year_key,
        row_number() OVER (PARTITION BY m.report_id, m.form_kind, m.project_name ORDER BY m.form_no) AS nth
    FROM core.form AS m
    JOIN core.report AS r USING (report_id)
    JOIN raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'
    WHERE r.dept_id IN (SELECT dept_id FROM revised)
),
superseded AS (
    SELECT *, dept_id AS heir_id FROM form WHERE NOT is_current
    UNION ALL
    SELECT f.*, s.successor_id
    FROM form AS f
    JOIN core.succession AS s ON s.dept_id = f.dept_id AND s.relation = 'renamed'
    ANTI JOIN core.report AS later ON later.dept_id = f.dept_id AND later.fiscal_year > f.fiscal_year
),
pair AS (
    SELECT
        n.*, o.form_id AS old_form_id, o.report_id AS old_report_id, o.source_file AS old_source_file,
        o.loaded_order AS old_order
    FROM superseded AS o
    JOIN form AS n
        ON n.dept_id = o.heir_id AND n.year_key = o.year_key AND n.form_kind = o.form_kind AND n.project = o.project
        AND n.nth = o.nth
    WHERE n.is_current AND o.loaded_order < n.loaded_order
),
side AS (
    SELECT form_id, old_form_id, form_id AS own, 'new' AS side FROM pair
    UNION ALL
    SELECT form_id, old_form_id, old_form_id, 'old' FROM pair
),
fact AS (
    SELECT
        s.form_id, s.old_form_id, s.side, f.concept, f.item, f.period, NULL AS indicator, 1 AS occurrence, 'value' AS field,
        f.value, CASE WHEN f.status = 'value' THEN f.raw_text ELSE '' END AS text, f.fact_id AS ref
    FROM side AS s
    JOIN core.fact AS f ON f.form_id = s.own
    QUALIFY row_number() OVER (
        PARTITION BY s.form_id, s.old_form_id, s.side, f.concept, f.item, f.period ORDER BY f.value IS NULL, f.fact_no
    ) = 1
),
indicator AS (
    SELECT
        s.form_id, s.old_form_id, s.side, i.*,
        row_number() OVER (PARTITION BY s.form_id, s.old_form_id, s.side, regexp_replace(i.name, '\s', '', 'g') ORDER BY i.seq)
            AS occurrence
    FROM side AS s
    JOIN core.indicator AS i ON i.form_id = s.own
    WHERE i.name IS NOT NULL
),
field AS (
    SELECT
        i.form_id, i.old_form_id, i.side, NULL AS concept, NULL AS item, NULL AS period,
        regexp_replace(i.name, '\s', '', 'g') AS indicator, i.occurrence, u.field.field AS field, u.field.value AS value,
        coalesce(u.field.text, '') AS text, 'indicator:' || i.form_id || '/' || i.seq AS ref
    FROM indicator AS i, unnest([
        {'field': 'target', 'value': i.target_value, 'text': i.target_raw},
        {'field': 'actual', 'value': i.actual_value, 'text': i.actual_raw},
        {'field': 'weight', 'value': i.weight, 'text': CAST(i.weight AS VARCHAR)},
        {'field': 'score', 'value': i.score, 'text': CAST(i.score AS VARCHAR)},
        {'field': 'reason', 'value': NULL, 'text': i.reason}
    ]) AS u(field)
),
beside AS (
    SELECT
        form_id, old_form_id, concept, item, period, indicator, field,
        any_value(value) FILTER (side = 'old') AS old_value, any_value(value) FILTER (side = 'new') AS new_value,
        coalesce(any_value(text) FILTER (side = 'old'), '') AS old_text,
        coalesce(any_value(text) FILTER (side = 'new'), '') AS new_text,
        any_value(ref) FILTER (side = 'old') AS old_ref, any_value(ref) FILTER (side = 'new') AS new_ref
    FROM (SELECT * FROM fact UNION ALL SELECT * FROM field)
    GROUP BY form_id, old_form_id, concept, item, period, indicator, occurrence, field
)
SELECT
    p.report_id, p.dept_id, p.dept_name, p.fiscal_year, p.form_id, p.form_kind, p.project_name, b.concept, b.item, b.period,
    b.indicator, b.field, b.old_value, b.new_value, b.new_value - b.old_value AS difference,
    nullif(b.old_text, '') AS old_text, nullif(b.new_text, '') AS new_text, p.old_report_id, p.old_form_id, p.old_order,
    p.source_file, p.old_source_file, b.old_ref, b.new_ref
FROM beside AS b
JOIN pair AS p ON p.form_id = b.form_id AND p.old_form_id = b.old_form_id
WHERE b.old_value IS DISTINCT FROM b.new_value
    OR (
        (b.field IN ('target', 'actual', 'reason') OR b.new_value IS NULL)
        AND regexp_replace(b.old_text, '\s', '', 'g') <> regexp_replace(b.new_text, '\s', '', 'g')
    );
COMMENT ON VIEW main.revision_change IS '更正对照：重新公布的报告改了什么 · what a republished report changed, against each superseded one';
