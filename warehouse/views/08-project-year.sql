CREATE OR REPLACE VIEW main.project_year AS
WITH project AS (
    SELECT m.form_id, r.report_id, r.dept_id, r.dept_name, r.fiscal_year, m.project_name, m.grade, d.source_file
    FROM core.form AS m
    JOIN core.report AS r USING (report_id)
    JOIN raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'
    WHERE m.is_current AND m.form_kind = 'project_evaluation'
),
funds AS (
    SELECT
        form_id,
        min_by(value, fact_no) FILTER (concept = 'project_funds_total' AND period = 'initial_budget') AS initial_budget,
        min_by(value, fact_no) FILTER (concept = 'project_funds_total' AND period = 'full_year_budget') AS full_year_budget,
        min_by(value, fact_no) FILTER (concept = 'project_funds_total' AND period = 'execution') AS execution,
        min_by(value, fact_no) FILTER (concept = 'execution_rate' AND item IS NULL) AS execution_rate,
        min_by(value, fact_no) FILTER (concept = 'execution_weight' AND item IS NULL) AS execution_weight,
        min_by(value, fact_no) FILTER (concept = 'execution_score' AND item IS NULL) AS execution_score,
        min_by(value, fact_no) FILTER (concept = 'total_weight') AS total_weight,
        min_by(value, fact_no) FILTER (concept = 'total_score') AS total_score
    FROM core.fact
    GROUP BY ALL
),
-- the parts beside the printed total, which may be 0 while a part holds the money; of one kind of money the row that
-- names no source counts, or else all rows that name one
kinds AS (
    SELECT
        form_id, period, concept,
        coalesce(min_by(value, fact_no) FILTER (item IS NULL), sum(value) FILTER (item IS NOT NULL)) AS value
    FROM core.fact
    WHERE starts_with(concept, 'project_funds_') AND concept <> 'project_funds_total' AND value IS NOT NULL
    GROUP BY ALL
),
parts AS (
    SELECT
        form_id,
        sum(value) FILTER (period = 'initial_budget') AS initial_budget,
        sum(value) FILTER (period = 'full_year_budget') AS full_year_budget,
        sum(value) FILTER (period = 'execution') AS execution
    FROM kinds
    GROUP BY ALL
),
sums AS (
    SELECT form_id, sum(score) AS score_sum, sum(weight) AS weight_sum, count(*) AS indicators
    FROM core.indicator
    GROUP BY ALL
)
SELECT
    p.report_id, p.dept_id, p.dept_name, p.fiscal_year, p.project_name,
    f.initial_budget, f.full_year_budget, f.execution, f.execution_rate,
    CAST(t.initial_budget AS DECIMAL(20, 6)) AS initial_budget_of_parts,
    CAST(t.full_year_budget AS DECIMAL(20, 6)) AS full_year_budget_of_parts,
    CAST(t.execution AS DECIMAL(20, 6)) AS execution_of_parts,
    f.execution_weight, f.execution_score, f.total_weight, f.total_score,
    CAST(s.score_sum AS DECIMAL(20, 6)) AS score_sum, CAST(s.weight_sum AS DECIMAL(20, 6)) AS weight_sum,
    s.indicators, p.grade, p.form_id, p.source_file
FROM project AS p
LEFT JOIN funds AS f USING (form_id)
LEFT JOIN parts AS t USING (form_id)
LEFT JOIN sums AS s USING (form_id);
COMMENT ON VIEW main.project_year IS '项目年度一览：每个项目的资金与得分 · one row a project form with its funds and scores';
