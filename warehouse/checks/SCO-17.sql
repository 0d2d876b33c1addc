-- code: SCO-17
-- class: S
-- severity: medium
-- title: 等次随重算口径变化 · The grade depends on how the weights are put right
-- rule: 分值合计或一级分值不一致时，以各可行口径重算：折算到 100 分、按所列一级分值折算、未设指标的分值计为失分；等次应相同
-- tolerance: 0
-- false positives: 只在分值表不一致时重算
WITH level AS (
    SELECT
        v.form_id, bool_and(v.declared IS NOT NULL AND v.weights > 0 AND v.scores IS NOT NULL) AS whole,
        bool_or(abs(v.weights - v.declared) > 0.05) AS broken,
        sum(v.scores / nullif(v.weights, 0) * v.declared) AS rescaled,
        sum(CASE WHEN v.weights > v.declared THEN v.scores / v.weights * v.declared ELSE v.scores END)
            AS unallocated_lost
    FROM audit.score_level AS v
    GROUP BY v.form_id
),
form AS (
    SELECT
        f.*, l.whole, coalesce(l.broken, false) AS broken, coalesce(f.execution_score, 0) AS executed,
        coalesce(f.execution_weight, 0) AS execution_points,
        CASE WHEN f.execution_inside AND l.whole THEN l.rescaled END AS rescaled,
        CASE WHEN f.execution_inside AND l.whole THEN l.unallocated_lost END AS unallocated_lost
    FROM audit.score_form AS f
    JOIN level AS l USING (form_id)
    WHERE f.total_score IS NOT NULL AND f.weighted > 0 AND f.scored > 0
),
recomputed AS (
    SELECT
        *,
        -- the weights do not make a whole by any convention that the form allows
        broken OR NOT (
            abs(weights + execution_points - 100) <= 0.05 OR (NOT execution_inside AND abs(weights - 100) <= 0.05)
        ) AS is_broken,
        [
            total_score, round(100 * (scores + executed) / nullif(weights + execution_points, 0), 2),
            round(rescaled + executed, 2), round(unallocated_lost + executed, 2)
        ] AS totals
    FROM form
),
graded AS (
    SELECT
        *, list_min(list_filter(totals, lambda x: x IS NOT NULL)) AS lowest,
        list_max(list_filter(totals, lambda x: x IS NOT NULL)) AS highest
    FROM recomputed
)
SELECT
    report_id, form_id, '等次' AS subject, lowest AS expected, total_score AS actual,
    list_concat(coalesce(score_refs, []), list_concat(coalesce(weight_refs, []), refs)) AS evidence,
    CASE
        WHEN NOT all_read OR NOT weights_read OR NOT scores_read THEN 'insufficient_data'
        WHEN NOT is_broken THEN 'pass'
        WHEN audit.band(lowest, excellent, good, fair) <> audit.band(highest, excellent, good, fair) THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '分值表不一致，重算总分因口径而异：表列 {} 分（{}）{}{}{}；等次在{}与{}之间变化，建议核实。',
        audit.plain(total_score), audit.grade_zh(audit.band(total_score, excellent, good, fair)),
        coalesce('，折算到 100 分为 ' || audit.plain(totals[2]) || ' 分', ''),
        coalesce('，按所列一级分值折算为 ' || audit.plain(totals[3]) || ' 分', ''),
        coalesce('，未设指标的分值计为失分则为 ' || audit.plain(totals[4]) || ' 分', ''),
        audit.grade_zh(audit.band(lowest, excellent, good, fair)), audit.grade_zh(audit.band(highest, excellent,
            good, fair))
    ) END AS message
FROM graded
