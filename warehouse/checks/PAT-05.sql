-- code: PAT-05
-- class: S
-- severity: high
-- title: 与其他部门的报告雷同 · Report resembles that of another department
-- rule: 同一年度不同部门：模板语句之外的正文重合不到 90%，且两表中同一栏目的相同金额（非零、三位以上有效数字，20 个以上部门共有的不计）不到 5 个；列在较晚入库的一份
-- tolerance: 无
-- false positives: 同一人代拟、兄弟单位、合署办公
-- scope: cohort
WITH mine AS (
    SELECT DISTINCT f.report_id, r.dept_id, r.fiscal_year, r.loaded_order, f.concept, f.value
    FROM audit.fact AS f
    JOIN audit.report AS r USING (report_id)
    WHERE f.form_kind IN ('base_data', 'department_evaluation') AND f.unit = 'wan_yuan' AND f.value > 0
        AND length(trim(replace(audit.plain(f.value), '.', ''), '0')) >= 3
),
rank AS (
    SELECT dept_id, fiscal_year, max(loaded_order) AS loaded_order, max_by(dept_name, loaded_order) AS dept_name
    FROM core.report
    WHERE fiscal_year IS NOT NULL
    GROUP BY ALL
),
every AS (
    SELECT r.dept_id, r.fiscal_year, f.concept, f.value, min(f.fact_id) AS ref
    FROM core.fact AS f
    JOIN core.form AS m ON m.form_id = f.form_id
    JOIN core.report AS r ON r.report_id = m.report_id
    SEMI JOIN mine AS w ON w.fiscal_year = r.fiscal_year AND w.concept = f.concept AND w.value = f.value
    WHERE m.is_current AND m.form_kind IN ('base_data', 'department_evaluation') AND f.unit = 'wan_yuan'
    GROUP BY r.dept_id, r.fiscal_year, f.concept, f.value
    QUALIFY count(*) OVER (PARTITION BY r.fiscal_year, f.concept, f.value) BETWEEN 2 AND 20
),
same_amount AS (
    SELECT
        w.report_id, o.dept_id AS other, o.fiscal_year, count(DISTINCT w.value) AS n,
        list([own.ref, o.ref] ORDER BY own.ref) AS refs
    FROM mine AS w
    JOIN every AS o ON o.fiscal_year = w.fiscal_year AND o.concept = w.concept AND o.value = w.value AND o.dept_id <> w.dept_id
    JOIN rank AS k ON k.dept_id = o.dept_id AND k.fiscal_year = o.fiscal_year AND k.loaded_order < w.loaded_order
    JOIN every AS own
        ON own.dept_id = w.dept_id AND own.fiscal_year = w.fiscal_year AND own.concept = w.concept AND own.value = w.value
    GROUP BY ALL
    HAVING count(DISTINCT w.value) >= 5
),
same_prose AS (
    SELECT
        m.report_id, e.dept_id AS other, e.fiscal_year, max(d.similarity) AS similarity,
        max_by(d.earlier_form_id, d.similarity) AS earlier_form_id, max_by(d.later_form_id, d.similarity) AS later_form_id
    FROM core.near_duplicate AS d
    JOIN audit.form AS m ON m.form_id = d.later_form_id
    JOIN core.report AS e ON e.report_id = d.earlier_report_id
    WHERE d.relation = 'department'
    GROUP BY ALL
),
longest AS (
    SELECT form_id, max_by('section:' || form_id || '/' || seq, length(text), 3) AS refs
    FROM core.section
    WHERE form_id IN (SELECT earlier_form_id FROM same_prose UNION SELECT later_form_id FROM same_prose)
    GROUP BY form_id
),
found AS (
    SELECT
        coalesce(p.report_id, a.report_id) AS report_id, k.dept_name AS other, p.similarity, a.n, p.later_form_id AS form_id,
        list_concat(coalesce(own.refs, []), coalesce(theirs.refs, []), flatten(coalesce(a.refs, []))[1:20]) AS evidence
    FROM same_prose AS p
    FULL JOIN same_amount AS a ON a.report_id = p.report_id AND a.other = p.other
    JOIN rank AS k
        ON k.dept_id = coalesce(p.other, a.other) AND k.fiscal_year = coalesce(p.fiscal_year, a.fiscal_year)
    LEFT JOIN longest AS own ON own.form_id = p.later_form_id
    LEFT JOIN longest AS theirs ON theirs.form_id = p.earlier_form_id
    QUALIFY row_number() OVER (
        PARTITION BY coalesce(p.report_id, a.report_id) ORDER BY coalesce(p.similarity, 0) DESC, a.n DESC, k.dept_name
    ) <= 5
)
SELECT
    report_id, form_id, other AS subject, 'fail' AS status,
    coalesce(CAST(round(100 * similarity, 2) AS DECIMAL(20, 6)), CAST(n AS DECIMAL(20, 6))) AS actual, evidence,
    format(
        '与同年度{}的报告雷同：{}，建议核实。', other, concat_ws(
            '；', '模板语句之外的正文重合 ' || audit.plain(round(100 * similarity, 2)) || '%', '两表中有 ' || n || ' 个相同金额'
        )
    ) AS message
FROM found
UNION ALL BY NAME
SELECT report_id, 'pass' AS status
FROM (SELECT report_id FROM audit.prose UNION SELECT report_id FROM mine GROUP BY report_id HAVING count(DISTINCT value) >= 5)
WHERE report_id NOT IN (SELECT report_id FROM found)
