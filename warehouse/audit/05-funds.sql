-- The total funds of an evaluation form side by side, and what its parts sum to.

-- one row a form of a department or project that prints a total or a rate of execution
CREATE OR REPLACE TABLE audit.funds AS
SELECT
    report_id, form_id, form_kind, project_name,
    -- of the totals in the three columns of a form
    max(form_places) FILTER (concept <> 'execution_rate' AND period <> 'annual') AS places,
    any_value(value) FILTER (concept <> 'execution_rate' AND period = 'initial_budget') AS initial,
    any_value(value) FILTER (concept <> 'execution_rate' AND period = 'full_year_budget') AS full_year,
    any_value(value) FILTER (concept <> 'execution_rate' AND period = 'execution') AS execution,
    any_value(value) FILTER (concept <> 'execution_rate' AND period = 'annual') AS annual,
    any_value(value) FILTER (concept = 'execution_rate') AS rate,
    any_value(places) FILTER (concept = 'execution_rate' AND value IS NOT NULL) AS rate_places,
    max(form_places) AS all_places,
    list(ref ORDER BY fact_no) FILTER (
        concept <> 'execution_rate' AND period IN ('initial_budget', 'full_year_budget', 'execution') AND value IS NOT NULL
    ) AS evidence,
    list(ref ORDER BY fact_no) FILTER (value IS NOT NULL) AS all_evidence,
    list(ref ORDER BY fact_no) FILTER (concept <> 'execution_rate' AND value IS NOT NULL) AS total_evidence,
    count(*) FILTER (concept <> 'execution_rate' AND period IN ('initial_budget', 'full_year_budget', 'execution')) AS amounts
FROM audit.fact
WHERE item IS NULL
    AND (
        concept IN ('funds_total', 'execution_rate') AND form_kind = 'department_evaluation'
        OR concept IN ('project_funds_total', 'execution_rate') AND form_kind = 'project_evaluation'
    )
GROUP BY report_id, form_id, form_kind, project_name;

-- The parts of a department's funds by one way to divide them (`division`: sources or uses), with the totals that they
-- may be parts of. A single amount may be a part of the budget or of what was spent; one in a column belongs to it.
CREATE OR REPLACE TABLE audit.funds_parts AS
WITH kind(division, concept) AS (
    VALUES
        ('sources', 'revenue_general_public_budget'), ('sources', 'revenue_government_fund'),
        ('sources', 'revenue_special_account_nontax'), ('sources', 'revenue_other'), ('sources', 'carry_over_prior'),
        ('sources', 'project_funds_carryover'), ('uses', 'basic_expenditure'), ('uses', 'project_expenditure')
),
part AS (
    SELECT
        report_id, form_id, division, period, max(form_places) AS places,
        sum(value) FILTER (concept NOT LIKE '%carry%') AS parts,
        coalesce(sum(value) FILTER (concept LIKE '%carry%'), 0) AS carried,
        count(value) AS filled,
        -- all parts are there: nothing that is not printed can be missing
        CASE division WHEN 'sources' THEN bool_or(concept = 'revenue_other') ELSE count(value) = 2 END AS closed,
        list(ref ORDER BY fact_no) FILTER (is_printed) AS refs
    FROM audit.fact
    JOIN kind USING (concept)
    WHERE form_kind = 'department_evaluation' AND unit = 'wan_yuan' AND item IS NULL
    GROUP BY report_id, form_id, division, period
    HAVING bool_or(is_printed)
),
held AS (
    SELECT
        p.*, CAST(t.initial IS NOT NULL AS INT) + CAST(t.full_year IS NOT NULL AS INT) + CAST(t.execution IS NOT NULL AS INT) AS totals,
        list_concat(p.refs, t.total_evidence) AS evidence, audit.tol(p.places, p.filled) AS tolerance,
        list_filter([
            {'basis': 'execution', 'total': t.execution}, {'basis': 'full_year_budget', 'total': t.full_year},
            {'basis': 'initial_budget', 'total': t.initial}, {'basis': 'annual', 'total': t.annual}
        ], lambda b: b.total IS NOT NULL AND (p.period = 'annual' OR p.period = b.basis)) AS bases
    FROM part AS p
    LEFT JOIN audit.funds AS t ON t.form_id = p.form_id AND t.form_kind = 'department_evaluation'
),
met AS (
    SELECT
        *, list_filter(bases, lambda b: least(abs(parts - b.total), abs(parts + carried - b.total)) <= tolerance) AS meets,
        list_min(list_transform(bases, lambda b: {'off': abs(parts - b.total), 'basis': b.basis, 'total': b.total})) AS nearest
    FROM held
)
SELECT
    report_id, form_id, division, period, parts, tolerance, evidence, nearest,
    array_to_string(
        list_transform(bases, lambda b: audit.period_zh(b.basis) || ' ' || audit.plain(b.total) || ' 万元'), '、'
    ) AS bases_said,
    CASE
        WHEN len(bases) = 0 OR parts IS NULL THEN 'insufficient_data'
        WHEN len(meets) > 0 THEN 'pass'
        -- a total that was not read may be the one that they meet
        WHEN period = 'annual' AND totals < 3 THEN 'insufficient_data'
        -- the same digits in another unit: a matter of 元 and 万元, not of the sum
        WHEN len(list_filter(bases, lambda b: greatest(b.total, parts) / nullif(least(b.total, parts), 0) BETWEEN 9990 AND 10010)) > 0
            THEN 'insufficient_data'
        -- parts that are not all printed may fall short
        WHEN parts < nearest.total AND NOT closed THEN 'insufficient_data'
        ELSE 'fail'
    END AS status
FROM met;
