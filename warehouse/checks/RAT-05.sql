-- code: RAT-05
-- class: E
-- severity: low
-- title: 互补占比之和不为 100% · Complementary shares do not sum to 100
-- rule: 基本支出占比 + 项目支出占比 = 100%；人员经费占比 + 公用经费占比 = 100%（同一节）
-- tolerance: 0.02，印出的小数不足两位时为末位一个单位
-- false positives: 两项金额之和不等于整体，或金额没有写明时，占比之和小于 100% 不作为问题
WITH said AS (
    SELECT
        report_id, form_id, section, concept, value, ref, seq, unit,
        audit.said_places(snippet, printed_unit) AS places
    FROM audit.figure
    WHERE tense = 'current' AND context = 'report' AND NOT approximate
        AND concept IN (
            'share_basic_of_total', 'share_project_of_total', 'share_personnel_of_basic', 'share_public_of_basic',
            'basic_expenditure', 'project_expenditure', 'total_expenditure', 'personnel_expense', 'public_expense_total'
        )
),
pair(name, one, other, part, rest, whole) AS (
    VALUES
        ('基本支出与项目支出', 'share_basic_of_total', 'share_project_of_total', 'basic_expenditure', 'project_expenditure', 'total_expenditure'),
        ('人员经费与公用经费', 'share_personnel_of_basic', 'share_public_of_basic', 'personnel_expense', 'public_expense_total', 'basic_expenditure')
),
row AS (
    SELECT
        s.report_id, s.form_id, s.section, p.name,
        any_value(value) FILTER (concept = one) AS share, any_value(value) FILTER (concept = other) AS other_share,
        count(DISTINCT value) FILTER (concept = one) AS ones, count(DISTINCT value) FILTER (concept = other) AS others,
        min(places) FILTER (unit = 'percent') AS places,
        arg_min(value, seq) FILTER (concept = whole) AS total,
        arg_min(value, seq) FILTER (concept = part) + arg_min(value, seq) FILTER (concept = rest) AS parts,
        list(ref ORDER BY seq) FILTER (concept IN (one, other)) AS evidence
    FROM said AS s
    JOIN pair AS p ON s.concept IN (p.one, p.other, p.part, p.rest, p.whole)
    GROUP BY ALL
    HAVING ones = 1 AND others = 1
),
held AS (
    SELECT
        *, CAST(greatest(0.02, CASE WHEN places < 2 THEN power(10, -places) ELSE 0 END) AS DECIMAL(20, 6)) AS tolerance,
        share + other_share AS shares
    FROM row
)
SELECT
    report_id, form_id, name AS subject, 100 AS expected, shares AS actual, tolerance, evidence,
    CASE
        WHEN abs(shares - 100) <= tolerance THEN 'pass'
        WHEN shares < 100 AND coalesce(abs(parts - total) > 0.02, true) THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '正文数据不一致：{}占比 {}% + {}% = {}%，应为 100%，建议核实。', name, audit.plain(share), audit.plain(other_share),
        audit.plain(shares)
    ) END AS message
FROM held
