-- code: RAT-04
-- class: E
-- severity: medium
-- title: 正文百分比与金额不符 · A percentage in prose does not follow from its amounts
-- rule: “甲支出 a 万元，占乙的 p%”按 a ÷ 乙重算；“预算 a 万元，执行 b 万元，完成预算的 p%”按 b ÷ a 重算
-- tolerance: 印出的百分数 ± 末位半个单位，金额各 ± 末位半个单位，截尾也算
-- false positives: 只核对基数与分子在同一节中都写明且只有一个数的；约数、往年数不参与
WITH said AS (
    SELECT
        report_id, form_id, section, sentence, seq, subject, concept, value, unit, tense, ref,
        audit.said_places(snippet, printed_unit) AS places
    FROM audit.figure
    WHERE unit IN ('wan_yuan', 'percent') AND context = 'report' AND NOT approximate AND NOT contains(snippet, '百分点')
),
-- 甲支出 a 万元，占乙的 p%: the amount stands right before
share(share, part, whole) AS (
    VALUES
        ('share_basic_of_total', 'basic_expenditure', 'total_expenditure'),
        ('share_project_of_total', 'project_expenditure', 'total_expenditure'),
        ('share_personnel_of_total', 'personnel_expense', 'total_expenditure'),
        ('share_public_of_total', 'public_expense_total', 'total_expenditure'),
        ('share_three_public_of_total', 'three_public_total', 'total_expenditure'),
        ('share_personnel_of_basic', 'personnel_expense', 'basic_expenditure'),
        ('share_public_of_basic', 'public_expense_total', 'basic_expenditure'),
        ('share_three_public_of_basic', 'three_public_total', 'basic_expenditure'),
        ('share_three_public_of_public', 'three_public_total', 'public_expense_total')
),
base AS (
    SELECT form_id, section, concept, any_value(value) AS value, max(places) AS places, arg_min(ref, seq) AS ref
    FROM said
    WHERE unit = 'wan_yuan' AND tense = 'current' AND concept IN (SELECT whole FROM share)
    GROUP BY ALL
    HAVING count(DISTINCT value) = 1
),
portion AS (
    SELECT
        *, lag(concept) OVER beside AS part_concept, lag(value) OVER beside AS part, lag(places) OVER beside AS part_places,
        lag(ref) OVER beside AS part_ref, lag(subject) OVER beside AS part_name, lag(tense) OVER beside AS part_tense
    FROM said
    WHERE concept IN (SELECT share FROM share UNION SELECT part FROM share)
    WINDOW beside AS (PARTITION BY form_id, sentence ORDER BY seq)
),
stated AS (
    SELECT
        p.report_id, p.form_id, p.subject, p.value, p.places, p.part, part_places, part_name, b.value AS whole,
        b.places AS whole_places, n.name_zh AS whole_name, [p.ref, part_ref, b.ref] AS evidence
    FROM portion AS p
    JOIN share AS s ON s.share = p.concept
    LEFT JOIN base AS b ON b.form_id = p.form_id AND b.section IS NOT DISTINCT FROM p.section AND b.concept = s.whole
    JOIN warehouse.core.concept AS n ON n.concept = s.whole
    WHERE p.unit = 'percent' AND p.tense = 'current' AND p.part_concept = s.part AND part_tense = 'current'
),
-- a sentence with one amount planned, one spent and one percentage between them
executed AS (
    SELECT
        report_id, form_id, any_value(subject) FILTER (unit = 'percent') AS name,
        any_value(value) FILTER (unit = 'percent') AS value, any_value(places) FILTER (unit = 'percent') AS places,
        any_value(value) FILTER (unit = 'wan_yuan' AND tense = 'current') AS part,
        any_value(places) FILTER (unit = 'wan_yuan' AND tense = 'current') AS part_places,
        any_value(subject) FILTER (unit = 'wan_yuan' AND tense = 'current') AS part_name,
        any_value(value) FILTER (unit = 'wan_yuan' AND tense = 'plan') AS whole,
        any_value(places) FILTER (unit = 'wan_yuan' AND tense = 'plan') AS whole_places,
        any_value(subject) FILTER (unit = 'wan_yuan' AND tense = 'plan') AS whole_name, list(ref ORDER BY seq) AS evidence
    FROM said
    GROUP BY report_id, form_id, section, sentence
    HAVING count(*) = 3 AND count(*) FILTER (unit = 'percent') = 1
        AND count(*) FILTER (unit = 'wan_yuan' AND tense = 'current') = 1
        AND count(*) FILTER (unit = 'wan_yuan' AND tense = 'plan') = 1
        AND max(seq) = max(seq) FILTER (unit = 'percent')
        AND contains(any_value(subject) FILTER (unit = 'wan_yuan' AND tense = 'plan'), '预算')
        AND regexp_matches(
            any_value(subject) FILTER (unit = 'wan_yuan' AND tense = 'current'), '(决算|执行数?|执行|支出|使用|完成)(总?数|总?额|资金)?$'
        )
        AND regexp_matches(name, '^(占?完成(年初|全年|调整|当年)?预算的?|预算执行率|执行率|预算完成率)$')
),
held AS (
    SELECT * FROM stated
    UNION ALL BY NAME
    SELECT * EXCLUDE (name), name AS subject FROM executed
)
SELECT
    report_id, form_id, subject || '：' || coalesce(part_name, '') AS subject, audit.percent(part, whole) AS expected,
    value AS actual, evidence,
    CASE
        WHEN whole IS NULL OR whole <= 0 THEN 'insufficient_data'
        WHEN audit.share_holds(value, places, part, part_places, whole, whole_places) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '正文数据不一致：{} {} 万元 ÷ {} {} 万元 = {}%，“{}”写为 {}%，建议核实。', part_name, audit.plain(part), whole_name,
        audit.plain(whole), audit.plain(audit.percent(part, whole)), subject, audit.plain(value)
    ) END AS message
FROM held
