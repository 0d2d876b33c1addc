-- code: DOC-03
-- class: C
-- severity: high
-- title: 年度不一致 · Years do not agree
-- rule: 各表标题年度 = 报告年度；表头上年决算数为上一年、本年预算数和决算数为本年；文件名年度为本年或次年；正文提到本年
-- tolerance: 文件名、公开年度可为次年；仅文件名不符为低
-- false positives: 次年填报的上年度报告；正文引用以前年度文件
WITH report AS (
    SELECT report_id, fiscal_year, source_file FROM audit.report WHERE fiscal_year IS NOT NULL
),
title AS (
    SELECT
        m.report_id, m.form_id, m.form_kind || ' 标题' AS subject, r.fiscal_year AS expected, m.year AS actual,
        [m.ref] AS evidence, 'high' AS severity, m.year <> r.fiscal_year AS broken,
        format('年度不一致：“{}”为 {} 年度，本报告为 {} 年度，建议核实。', coalesce(m.title, m.form_kind), m.year, r.fiscal_year) AS message
    FROM audit.form AS m
    JOIN report AS r USING (report_id)
    WHERE m.year IS NOT NULL AND m.title IS NOT NULL
),
header AS (
    SELECT
        f.report_id, f.form_id, f.form_kind || ' ' || f.period AS subject,
        r.fiscal_year - CASE f.period WHEN 'prior_final' THEN 1 ELSE 0 END AS expected, f.period_year AS actual,
        [arg_min(f.ref, (f.value IS NULL, f.fact_no))] AS evidence, 'high' AS severity,
        f.period_year <> r.fiscal_year - CASE f.period WHEN 'prior_final' THEN 1 ELSE 0 END AS broken,
        format('年度不一致：表头{}为 {} 年，按报告年度 {} 应为 {} 年，建议核实。', audit.period_zh(f.period), f.period_year, r.fiscal_year,
            r.fiscal_year - CASE f.period WHEN 'prior_final' THEN 1 ELSE 0 END) AS message
    FROM audit.fact AS f
    JOIN report AS r USING (report_id)
    WHERE f.form_kind = 'base_data' AND f.period IN ('prior_final', 'current_budget', 'current_final', 'instant_current')
        AND f.period_year IS NOT NULL AND f.origin = 'table'
    GROUP BY f.report_id, f.form_id, f.form_kind, f.period, f.period_year, r.fiscal_year
),
file AS (
    SELECT
        d.report_id, r.fiscal_year, d.source_file,
        list_transform(
            regexp_extract_all(d.source_file, '(?:^|[^0-9A-Za-z])(20[0-3]\d)(?:年|[^0-9A-Za-z]|$)', 1), lambda y: CAST(y AS INTEGER)
        ) AS years
    FROM audit.document AS d
    JOIN report AS r USING (report_id)
    WHERE contains(d.source_file, '20')
),
named AS (
    SELECT
        f.report_id, NULL AS form_id, '文件名 ' || f.source_file AS subject, f.fiscal_year AS expected, f.years[1] AS actual,
        [m.ref] AS evidence, 'low' AS severity,
        NOT (list_contains(f.years, f.fiscal_year) OR list_contains(f.years, f.fiscal_year + 1)) AS broken,
        format('年度不一致：文件名“{}”为 {} 年，报告为 {} 年度，建议核实。', f.source_file, f.years[1], f.fiscal_year) AS message
    FROM file AS f
    JOIN (SELECT report_id, min(ref) AS ref FROM audit.form GROUP BY report_id) AS m USING (report_id)
    WHERE len(f.years) > 0
),
body AS (
    SELECT
        p.report_id, p.form_id, '正文' AS subject, r.fiscal_year AS expected, r.fiscal_year - 1 AS actual,
        [m.ref] AS evidence, 'medium' AS severity,
        NOT contains(p.text, CAST(r.fiscal_year AS VARCHAR))
        AND (length(p.text) - length(replace(p.text, (r.fiscal_year - 1) || '年', ''))) / 5 >= 3 AS broken,
        format('年度不一致：报告为 {} 年度，正文未出现该年，而多次出现 {} 年，建议核实。', r.fiscal_year, r.fiscal_year - 1) AS message
    FROM audit.prose AS p
    JOIN report AS r USING (report_id)
    JOIN audit.form AS m USING (form_id)
)
SELECT
    report_id, form_id, subject, CASE WHEN broken THEN 'fail' ELSE 'pass' END AS status, severity, expected, actual,
    actual - expected AS difference, message, evidence
FROM (
    SELECT * FROM title UNION ALL BY NAME SELECT * FROM header UNION ALL BY NAME SELECT * FROM named
    UNION ALL BY NAME SELECT * FROM body
)
