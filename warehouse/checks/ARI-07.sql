-- code: ARI-07
-- class: E
-- severity: high
-- title: 人员经费与公用经费之和与基本支出不一致 · Personnel and public expense do not add up to basic expenditure
-- rule: 人员经费 + 公用经费 = 基本支出，三个数写在正文同一节（或同一张表同一期间）时核对
-- tolerance: 0.5×10^-d×(n+1)，d 为三个数印出的最多小数位
-- false positives: 对个人和家庭的补助、资本性支出单列时两项之和小于基本支出，这时不作为问题；约数、往年数、计划数不参与
WITH said AS (
    SELECT
        report_id, form_id, section AS place, concept, value, ref, seq AS nth,
        audit.said_places(snippet, printed_unit) AS places
    FROM audit.figure
    WHERE concept IN ('personnel_expense', 'public_expense_total', 'basic_expenditure')
        AND unit = 'wan_yuan' AND tense = 'current' AND context = 'report' AND NOT approximate
    UNION ALL
    SELECT report_id, form_id, period, concept, value, ref, fact_no, places
    FROM audit.fact
    WHERE concept IN ('personnel_expense', 'public_expense_total', 'basic_expenditure')
        AND form_kind <> 'narrative' AND unit = 'wan_yuan' AND item IS NULL AND value IS NOT NULL
),
-- two values of one thing in one section are of different scope
row AS (
    SELECT
        report_id, form_id, place, max(places) AS places,
        any_value(value) FILTER (concept = 'personnel_expense') AS personnel,
        any_value(value) FILTER (concept = 'public_expense_total') AS public,
        any_value(value) FILTER (concept = 'basic_expenditure') AS basic, list(ref ORDER BY nth) AS evidence
    FROM said
    GROUP BY ALL
    HAVING count(DISTINCT concept) = 3 AND count(DISTINCT concept || value) = 3
),
apart AS (
    SELECT DISTINCT form_id
    FROM audit.figure
    WHERE unit = 'wan_yuan'
        AND (contains(subject, '个人和家庭') OR contains(subject, '资本性') OR contains(subject, '离退休'))
)
SELECT
    r.report_id, r.form_id, '正文 ' || r.place AS subject, personnel + public AS expected, basic AS actual,
    audit.tol(places, 2) AS tolerance, evidence,
    CASE
        WHEN abs(personnel + public - basic) <= audit.tol(places, 2) THEN 'pass'
        WHEN personnel + public < basic AND a.form_id IS NOT NULL THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '数据不一致：人员经费 {} 万元 + 公用经费 {} 万元 = {} 万元，基本支出为 {} 万元，相差 {} 万元，建议核实。',
        audit.plain(personnel), audit.plain(public), audit.plain(personnel + public), audit.plain(basic),
        audit.signed(basic - personnel - public)
    ) END AS message
FROM row AS r
LEFT JOIN apart AS a USING (form_id)
