-- code: XNT-08
-- class: C
-- severity: high
-- title: 正文“无此项支出”与表内金额不一致 · Prose says nil where the form has an amount, or the reverse
-- rule: 正文某部分写明无此项支出 ⇔ 自评表相应金额空白或为 0
-- tolerance: 无
-- false positives: 收入在本年、支出在以后年度的；正文有支出而表内空白的列为中等
WITH section AS (
    SELECT
        report_id, form_id, ref, number, heading, coalesce(nil, FALSE) AS nil, text,
        CASE
            WHEN contains(heading, '政府性基金') THEN 'revenue_government_fund'
            WHEN contains(heading, '项目支出') THEN 'project_expenditure'
            WHEN contains(heading, '基本支出') THEN 'basic_expenditure'
        END AS concept
    FROM audit.section
    WHERE regexp_matches(heading, '政府性基金|^(?:部门|全年|本年)?(?:项目支出|基本支出)(?:情况|决算|执行|分析|使用|绩效|管理)*$')
        AND NOT regexp_matches(heading, '国有资本|绩效|社会保险')
),
amount AS (
    SELECT
        report_id, concept, min(form_id) AS form_id, sum(value) AS value, list(ref ORDER BY ref) AS refs
    FROM audit.fact
    WHERE form_kind = 'department_evaluation' AND period IN ('annual', 'execution')
        AND concept IN ('revenue_government_fund', 'project_expenditure', 'basic_expenditure')
        AND status IN ('value', 'blank', 'not_applicable')
    GROUP BY ALL
),
spent AS (
    SELECT report_id, form_id, section, max(value) AS value, arg_max(ref, value) AS ref
    FROM audit.figure
    WHERE unit = 'wan_yuan' AND tense = 'current' AND context = 'report' AND value > 0 AND NOT approximate
        AND regexp_matches(subject, '政府性基金')
    GROUP BY ALL
)
SELECT
    s.report_id, a.form_id, s.concept AS subject,
    CASE WHEN s.nil THEN 0 ELSE p.value END AS expected, coalesce(a.value, 0) AS actual,
    coalesce(a.value, 0) - CASE WHEN s.nil THEN 0 ELSE p.value END AS difference,
    [s.ref] || a.refs || CASE WHEN p.ref IS NULL THEN [] ELSE [p.ref] END AS evidence,
    CASE WHEN s.nil THEN 'high' ELSE 'medium' END AS severity,
    CASE
        WHEN s.nil AND coalesce(a.value, 0) > 0 THEN 'fail'
        WHEN s.nil THEN 'pass'
        WHEN p.value IS NULL THEN 'insufficient_data'
        WHEN s.concept = 'revenue_government_fund' AND coalesce(a.value, 0) = 0 THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN CASE
        WHEN s.nil THEN format('正文与表内数据不一致：正文“{}”写明“{}”，自评表相应金额为 {} 万元，建议核实。',
            s.heading, left(trim(s.text), 20), audit.plain(a.value))
        ELSE format('正文与表内数据不一致：正文“{}”写明支出 {} 万元，自评表相应金额未填或为 0，建议核实。', s.heading, audit.plain(p.value))
    END END AS message
FROM section AS s
JOIN amount AS a USING (report_id, concept)
LEFT JOIN spent AS p ON p.form_id = s.form_id AND p.section = s.number AND s.concept = 'revenue_government_fund'
