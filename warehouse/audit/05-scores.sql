-- Evaluation forms as the checks of scores and indicators need them: a row an indicator, a level and a form.
-- A heading (★) has points and no target; the rows without points below it are its children.
CREATE OR REPLACE MACRO audit.is_empty(text) AS
    trim(coalesce(text, ''), ' 　' || chr(160)) IN ('', '——', '—', '-', '－', '/', '……');

CREATE OR REPLACE MACRO audit.unspaced(text) AS
    translate(coalesce(text, ''), ' 　' || chr(9) || chr(10) || chr(13) || chr(160), '');

-- a reason as printed; NULL where nothing is said
CREATE OR REPLACE MACRO audit.reason(text) AS
    CASE WHEN trim(coalesce(text, '')) NOT IN ('', '无', '/', '——', '—', '-') THEN text END;

-- what a number of this unit is in the smallest unit of its family; NULL for a unit without a family of its own
CREATE OR REPLACE MACRO audit.unit_size(unit) AS
    CASE unit WHEN '元' THEN 1 WHEN '千元' THEN 1000 WHEN '万元' THEN 10000 WHEN '亿元' THEN 100000000 END;

-- the rank of a grade in words, and of a score by its bands: 4 优, 3 良, 2 中, 1 差
CREATE OR REPLACE MACRO audit.grade_rank(grade) AS
    CASE left(trim(grade), 1) WHEN '优' THEN 4 WHEN '良' THEN 3 WHEN '中' THEN 2 WHEN '差' THEN 1 END;
CREATE OR REPLACE MACRO audit.band(score, excellent, good, fair) AS
    CASE
        WHEN score >= excellent THEN 4 WHEN score >= good THEN 3 WHEN score >= fair THEN 2 WHEN score IS NOT NULL THEN 1
    END;
CREATE OR REPLACE MACRO audit.grade_zh(rank) AS
    CASE rank WHEN 4 THEN '优' WHEN 3 THEN '良' WHEN 2 THEN '中' WHEN 1 THEN '差' END;

CREATE OR REPLACE MACRO audit.level_zh(level) AS
    CASE level
        WHEN 'output' THEN '产出' WHEN 'benefit' THEN '效益' WHEN 'satisfaction' THEN '满意度' WHEN 'cost' THEN '成本'
        WHEN 'process' THEN '过程' WHEN 'decision' THEN '决策' ELSE '其他'
    END;

-- what the rows of a form have in common
CREATE OR REPLACE TABLE audit.score_flags AS
SELECT
    i.form_id, any_value(m.document_id) AS document_id, bool_or(NOT audit.is_empty(i.target_raw)) AS form_has_targets,
    bool_or(NOT audit.is_empty(i.actual_raw)) AS form_has_actuals,
    bool_or(audit.reason(i.reason) IS NOT NULL) AS form_has_reasons,
    count(i.weight) > 0 AND count(i.weight) < count(*) AS has_gaps
FROM audit.indicator AS i
JOIN audit.form AS m USING (form_id)
WHERE i.form_kind IN ('department_evaluation', 'project_evaluation')
GROUP BY i.form_id;

-- headings and their children, in the few forms where some rows have no points
CREATE OR REPLACE TABLE audit.score_family AS
WITH printed AS (
    SELECT
        i.form_id, i.seq, i.weight, i.score, audit.is_empty(i.target_raw) AND audit.is_empty(i.actual_raw) AS is_bare,
        audit.reason(i.reason) AS reason, count(i.weight) OVER (PARTITION BY i.form_id ORDER BY i.seq) AS block
    FROM audit.indicator AS i
    JOIN audit.score_flags AS f USING (form_id)
    WHERE f.has_gaps
),
nested AS (
    SELECT
        *, max(reason) OVER family AS reason_of_family,
        weight IS NULL AND score IS NULL AND block > 0 AND NOT is_bare
            AND coalesce(bool_or(weight IS NOT NULL AND is_bare) OVER family, false) AS is_child
    FROM printed
    WINDOW family AS (PARTITION BY form_id, block)
)
SELECT
    form_id, seq, reason_of_family, is_child,
    weight IS NOT NULL AND is_bare AND bool_or(is_child) OVER (PARTITION BY form_id, block) AS is_heading
FROM nested;

CREATE OR REPLACE TABLE audit.score_row AS
WITH printed AS (
    SELECT
        i.* EXCLUDE (reason), f.* EXCLUDE (form_id, has_gaps), audit.unspaced(i.name) AS plain_name,
        audit.is_empty(i.target_raw) AS no_target, audit.is_empty(i.actual_raw) AS no_actual,
        audit.reason(i.reason) AS reason, coalesce(n.is_child, false) AS is_child, coalesce(n.is_heading, false)
            AS is_heading,
        coalesce(n.reason_of_family, audit.reason(i.reason)) AS reason_of_family
    FROM audit.indicator AS i
    JOIN audit.score_flags AS f USING (form_id)
    LEFT JOIN audit.score_family AS n ON n.form_id = i.form_id AND n.seq = i.seq
)
SELECT
    *,
    -- a rubric scores by a written standard; it sets no targets
    NOT form_has_targets OR (no_target AND (criterion IS NOT NULL OR level1 IN ('process', 'decision'))) AS is_rubric,
    target_kind = 'numeric' AND target_value IS NOT NULL AND actual_value IS NOT NULL AND NOT no_actual AS is_measured
FROM printed;

-- points by level 1 as printed
CREATE OR REPLACE TABLE audit.score_level AS
SELECT
    report_id, form_id, any_value(form_kind) AS form_kind, level1_raw, min(level1) AS level1,
    max(level1_weight_declared) AS declared, sum(weight) AS weights, sum(score) AS scores, min(seq) AS seq,
    bool_and(is_child OR weight IS NOT NULL) AS weights_read, bool_and(is_child OR score IS NOT NULL) AS scores_read,
    -- a row whose level 2 belongs to another level 1: a label may have been missed
    bool_or(
        (level1 = 'output' AND level2 IN ('economic', 'social', 'ecological', 'sustainability', 'satisfaction'))
        OR (level1 = 'benefit' AND level2 IN ('quantity', 'quality', 'timeliness', 'cost', 'satisfaction'))
        OR (level1 = 'satisfaction' AND level2 NOT IN ('satisfaction', 'other'))
    ) AS misplaced,
    string_agg(DISTINCT level2_raw, '、' ORDER BY level2_raw) AS levels2, list(ref ORDER BY seq) AS refs
FROM audit.score_row
GROUP BY report_id, form_id, level1_raw;

-- numbers that stand in the table of a form and fed nothing: its rows may be incomplete. Page marks, subtotals and
-- numbers inside longer words are not points.
CREATE OR REPLACE TABLE audit.unread AS
WITH tables AS (
    SELECT DISTINCT form_id, document_id, table_no FROM audit.score_row WHERE table_no IS NOT NULL
)
SELECT t.form_id, count(*) AS numbers
FROM tables AS t
JOIN core.unmapped AS u USING (document_id, table_no)
WHERE u.reason NOT IN ('subtotal', 'note') AND length(u.raw_text) <= 12 AND NOT starts_with(u.raw_text, '—')
    AND NOT starts_with(u.raw_text, '-')
GROUP BY t.form_id;

-- nor are points that are printed and not known, of the form or of its execution
INSERT INTO audit.unread
SELECT form_id, count(*)
FROM audit.unknown
WHERE concept IN ('total_weight', 'total_score', 'execution_weight', 'execution_score')
GROUP BY form_id;

CREATE OR REPLACE TABLE audit.score_form AS
WITH total AS (
    SELECT
        form_id, any_value(value) FILTER (concept = 'total_weight') AS total_weight,
        any_value(value) FILTER (concept = 'total_score') AS total_score,
        any_value(value) FILTER (concept = 'execution_weight') AS execution_weight,
        any_value(value) FILTER (concept = 'execution_score') AS execution_score,
        any_value(value) FILTER (concept = 'execution_rate') AS execution_rate,
        any_value(value) FILTER (is_funds AND period = 'initial_budget') AS initial_budget,
        any_value(value) FILTER (is_funds AND period = 'full_year_budget') AS full_budget,
        any_value(value) FILTER (is_funds AND period = 'execution') AS execution,
        any_value(places) FILTER (is_funds AND period = 'execution') AS execution_places,
        list(ref ORDER BY fact_no) FILTER (concept IN ('total_weight', 'execution_weight')) AS weight_refs,
        list(ref ORDER BY fact_no) FILTER (concept IN ('total_score', 'execution_score')) AS score_refs,
        list(ref ORDER BY fact_no)
            FILTER (starts_with(concept, 'execution_') OR period IN ('full_year_budget', 'execution'))
            AS execution_refs,
        list(ref ORDER BY fact_no) FILTER (unit = 'wan_yuan') AS fund_refs
    FROM (SELECT *, concept IN ('funds_total', 'project_funds_total') AS is_funds FROM audit.fact)
    WHERE item IS NULL AND value IS NOT NULL AND form_kind IN ('department_evaluation', 'project_evaluation')
        AND concept IN (
            'total_weight', 'total_score', 'execution_weight', 'execution_score', 'execution_rate', 'funds_total',
            'project_funds_total'
        )
    GROUP BY form_id
),
rows AS (
    SELECT
        form_id, count(*) AS indicators, count(weight) AS weighted, count(score) AS scored, sum(weight) AS weights,
        sum(score) AS scores, bool_and(is_child OR weight IS NOT NULL) AS weights_read,
        bool_and(is_child OR score IS NOT NULL) AS scores_read, bool_and(is_rubric) AS is_rubric,
        max(weight) FILTER (contains(plain_name, '预算执行') OR contains(level1_raw, '预算执行')) AS execution_row,
        list(ref ORDER BY seq) AS refs
    FROM audit.score_row
    GROUP BY form_id
),
declared AS (
    SELECT
        form_id, CASE WHEN bool_and(declared IS NOT NULL) THEN sum(declared) END AS declared,
        count(*) = count(DISTINCT level1) AND bool_and(level1 IS NOT NULL) AS levels_clear,
        bool_or(misplaced) AS misplaced
    FROM audit.score_level
    GROUP BY form_id
),
-- the bands of the nearest region and the latest year
bands AS (
    SELECT m.form_id, s.excellent, s.good, s.fair
    FROM audit.form AS m
    JOIN audit.report AS r USING (report_id)
    JOIN core.scoring_scheme AS s
        ON starts_with(coalesce(r.division_code, ''), s.region) AND coalesce(s.form_kind, m.form_kind) = m.form_kind
        AND coalesce(m.year, r.fiscal_year, 9999) BETWEEN coalesce(s.year_from, 0) AND coalesce(s.year_to, 9999)
    QUALIFY row_number() OVER (PARTITION BY m.form_id ORDER BY length(s.region) DESC, s.year_from DESC NULLS LAST, s.scheme) = 1
)
SELECT
    m.report_id, m.form_id, m.form_kind, m.project_name, m.ref, m.grade, m.document_id,
    coalesce(m.year, r.fiscal_year) AS year, r.division_code, t.* EXCLUDE (form_id), w.* EXCLUDE (form_id),
        d.* EXCLUDE (form_id), b.* EXCLUDE (form_id),
    coalesce(u.numbers, 0) = 0 AS all_read,
    -- the printed brackets and the points of execution together make 100
    -- unless a row of the table repeats them
    coalesce(abs(d.declared + t.execution_weight - 100) <= 0.05
        AND w.execution_row IS DISTINCT FROM t.execution_weight, false)
        AS execution_inside
FROM audit.form AS m
JOIN audit.report AS r USING (report_id)
LEFT JOIN total AS t USING (form_id)
LEFT JOIN rows AS w USING (form_id)
LEFT JOIN declared AS d USING (form_id)
LEFT JOIN bands AS b USING (form_id)
LEFT JOIN (SELECT form_id, sum(numbers) AS numbers FROM audit.unread GROUP BY form_id) AS u USING (form_id)
WHERE m.form_kind IN ('department_evaluation', 'project_evaluation');

-- levels that print points in brackets and hold no row: read from the cells, for forms whose levels do not make a whole
CREATE OR REPLACE TABLE audit.bare_level AS
WITH doubtful AS (
    SELECT DISTINCT f.form_id, w.document_id, w.table_no
    FROM audit.score_form AS f
    JOIN audit.score_row AS w USING (form_id)
    WHERE f.declared < 99.95 AND NOT f.execution_inside AND w.table_no IS NOT NULL
),
label AS (
    SELECT d.form_id, audit.unspaced(c.text) AS label, 
        min('cell:' || c.document_id || '/' || c.table_no || '/' || c.row_no || '/' || c.col_no) AS ref
    FROM doubtful AS d
    JOIN warehouse.raw.cell AS c USING (document_id, table_no)
    WHERE regexp_full_match(
        audit.unspaced(c.text),
        '(?:项目)?(?:产出|效益|效果|成本|(?:服务对象|社会公众)?满意度?|过程|管理|决策|投入)类?(?:指标)?'
            || '[（(\[]\d+(?:\.\d+)?分?[）)\]]'
    )
    GROUP BY ALL
)
SELECT l.form_id, sum(CAST(regexp_extract(l.label, '(\d+(?:\.\d+)?)分?[）)\]]$', 1) AS DECIMAL(20, 6))) AS points,
    string_agg(l.label, '、' ORDER BY l.label) AS labels, list(l.ref ORDER BY l.label) AS refs
FROM label AS l
ANTI JOIN audit.score_level AS v ON v.form_id = l.form_id AND v.level1_raw = l.label
GROUP BY l.form_id;

-- what the rule gives an indicator with a number as target and actual, both in one unit: in proportion where more is
-- better; where less is better by either of the two formulas in use, target/actual and 1 − excess/target
CREATE OR REPLACE TABLE audit.score_rule AS
WITH one_unit AS (
    SELECT
        report_id, form_id, seq, ref, name, target_op, target_raw, actual_raw, direction, met, weight, score,
        reason_of_family, coalesce(target_unit, '') AS unit, CAST(target_value AS DOUBLE) AS target,
        greatest(CASE
            WHEN target_unit IS NOT DISTINCT FROM actual_unit OR target_unit IS NULL OR actual_unit IS NULL
                OR actual_unit NOT IN ('元', '千元', '万元', '亿元') OR target_unit NOT IN ('元', '千元', '万元', '亿元')
                THEN CASE
                    WHEN target_unit = '%' AND NOT contains(replace(actual_raw, '％', '%'), '%') AND target_value > 1
                        AND actual_value > 0 AND actual_value < 1 THEN 100 * CAST(actual_value AS DOUBLE)
                    ELSE CAST(actual_value AS DOUBLE)
                END
            ELSE CAST(actual_value AS DOUBLE) * audit.unit_size(actual_unit) / audit.unit_size(target_unit)
        END, 0) AS actual
    FROM audit.score_row
    WHERE is_measured AND met IS NOT NULL AND NOT is_rubric AND direction <> 'qualitative'
),
rated AS (
    SELECT *,
        CASE
            WHEN direction = 'lower_better' THEN CASE
                WHEN actual <= target THEN weight WHEN target = 0 THEN 0
                WHEN actual >= 2 * target THEN 0 ELSE (2 - actual / target) * weight
            END
            WHEN actual >= target THEN weight ELSE actual / target * weight
        END AS linear,
        CASE
            WHEN direction = 'lower_better' THEN CASE
                WHEN actual <= target THEN weight WHEN target = 0 THEN 0 ELSE target / actual * weight
            END
            WHEN actual >= target THEN weight ELSE actual / target * weight
        END AS proportion
    FROM one_unit
)
SELECT * EXCLUDE (linear, proportion), round(linear, 2) AS linear, round(proportion, 2) AS proportion FROM rated;
