-- code: REV-01
-- class: -
-- severity: info
-- title: 重新公布的报告有改动 · A republished report changed
-- rule: 同一部门同一年度先后公布的报告（含更名后以新名称重新公布的），逐项列出改动；金额、人数和得分的改动为中等，其余为提示；一张表改动超过 20 处的合为一条
-- tolerance: 无
-- false positives: 更正本身合规；先后两份可能一为本级、一为汇总
WITH change AS (
    SELECT
        v.*, coalesce(c.name_zh, v.concept) AS concept_zh,
        v.old_value IS DISTINCT FROM v.new_value AND (v.field IN ('value', 'score')) AS numeric
    FROM audit.revision AS v
    LEFT JOIN core.concept AS c ON c.concept = v.concept
),
counted AS (
    SELECT *, count(*) OVER (PARTITION BY form_id) AS n FROM change
),
name AS (
    SELECT DISTINCT dept_id, dept_id AS old_dept_id FROM audit.report
    UNION
    SELECT successor_id, dept_id FROM core.succession WHERE relation = 'renamed'
),
revised AS (
    -- forms that were published before, changed or not
    SELECT DISTINCT m.report_id, m.form_id
    FROM audit.form AS m
    JOIN audit.report AS r ON r.report_id = m.report_id
    JOIN name USING (dept_id)
    JOIN core.report AS o ON o.dept_id = name.old_dept_id AND o.fiscal_year = r.fiscal_year
    JOIN core.form AS s ON s.report_id = o.report_id AND s.form_kind = m.form_kind
        AND coalesce(s.project_name, '') = coalesce(m.project_name, '')
    WHERE NOT s.is_current OR o.dept_id <> r.dept_id AND o.loaded_order < r.loaded_order
)
SELECT
    lead AS report_id, form_id, concat_ws('/', coalesce(concept, indicator), item, period, nullif(field, 'value')) AS subject,
    'fail' AS status, CASE WHEN numeric THEN 'medium' ELSE 'info' END AS severity, old_value AS expected,
    new_value AS actual, difference,
    format(
        '重新公布的报告有改动：{}，原为 {}，现为 {}（{} → {}），建议核实更正说明。',
        concat_ws(
            ' ', coalesce(item, concept_zh, '指标“' || indicator || '”'), audit.period_zh(period),
            CASE field WHEN 'target' THEN '指标值' WHEN 'actual' THEN '完成值' WHEN 'weight' THEN '分值' WHEN 'score' THEN '得分'
                WHEN 'reason' THEN '原因' END
        ),
        coalesce(CASE WHEN field = 'value' THEN audit.plain(old_value) END, old_text, '空白'),
        coalesce(CASE WHEN field = 'value' THEN audit.plain(new_value) END, new_text, '空白'), old_source_file, source_file
    ) AS message,
    list_filter([old_ref, new_ref], lambda x: x IS NOT NULL) AS evidence
FROM counted
WHERE n <= 20
UNION ALL BY NAME
SELECT
    lead AS report_id, form_id, 'all' AS subject, 'fail' AS status,
    CASE WHEN bool_or(numeric) THEN 'medium' ELSE 'info' END AS severity, n AS actual,
    format(
        '重新公布的报告有 {} 处改动（{} → {}），详见视图 revision_change，建议核实两份报告的口径与更正说明。',
        n, any_value(old_source_file), any_value(source_file)
    ) AS message,
    flatten(list([old_ref, new_ref] ORDER BY old_ref, new_ref) FILTER (numeric))[1:20] AS evidence
FROM counted
WHERE n > 20
GROUP BY lead, form_id, n
UNION ALL BY NAME
SELECT report_id, form_id, 'pass' AS status
FROM revised
WHERE form_id NOT IN (SELECT form_id FROM change)
