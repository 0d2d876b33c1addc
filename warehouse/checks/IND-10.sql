-- code: IND-10
-- class: S
-- severity: medium
-- title: 指标值低于上年完成值 · Target below what was done last year
-- rule: 同一部门同名同单位的正向定量指标，本年指标值低于上年实际完成值 10% 以上
-- tolerance: 10%
-- false positives: 一次性任务；约数不判
WITH measured AS (
    SELECT
        i.report_id, i.form_id, i.form_kind, i.seq, i.ref, i.name, i.plain_name,
            i.target_raw, i.actual_raw,
        i.target_value, i.actual_value, coalesce(i.target_unit, '') AS unit,
        coalesce(i.actual_unit, i.target_unit, '') AS actual_unit, coalesce(i.project_name, '') AS project
    FROM audit.score_row AS i
    WHERE i.is_measured AND i.direction = 'higher_better' AND NOT i.is_rubric
        AND NOT regexp_matches(i.actual_raw, '约|左右|近|余|多')
    -- a name that stands twice in a form is no name
    QUALIFY count(*) OVER (PARTITION BY i.form_id, i.plain_name) = 1
),
-- first of all by department: names alone are those of thousands
own AS MATERIALIZED (
    SELECT c.*, l.last_id FROM measured AS c JOIN audit.last AS l ON l.report_id = c.report_id
)
SELECT
    c.report_id, c.form_id, c.name AS subject, p.actual_value AS expected, c.target_value AS actual,
    [c.ref, p.ref] AS evidence, CASE WHEN c.target_value < 0.9 * p.actual_value THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '“{}”本年指标值 {}，上年实际完成值 {}，低 {}%，建议核实指标值设定。', c.name, c.target_raw, p.actual_raw,
        audit.plain(round(100 * CAST(p.actual_value - c.target_value AS DOUBLE) / nullif(CAST(p.actual_value
            AS DOUBLE), 0), 2))
    ) END AS message
FROM own AS c
JOIN measured AS p
    ON p.report_id = c.last_id AND p.plain_name = c.plain_name AND p.form_kind = c.form_kind
    AND p.project = c.project AND p.actual_unit = c.unit
QUALIFY status = 'fail' OR row_number() OVER (PARTITION BY c.form_id, status ORDER BY c.seq, p.form_id, p.seq) = 1
