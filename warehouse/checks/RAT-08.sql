-- code: RAT-08
-- class: E
-- severity: medium
-- title: 增减额、增减幅与金额不符 · A stated change does not follow from its amounts
-- rule: “本年 a，比上年 b 增加（减少）x，增长（下降）p%”：x = |a − b|，p = x ÷ 上年数，方向词一致；上年数未写时由 a 与 x 推出
-- tolerance: 金额各 ± 末位半个单位，百分数 ± 末位半个单位，截尾也算
--   正文只写变动不写本年数的，事项为基础数据表所列且变动额与表内两年之差一致时，以表内上年数为基数
-- false positives: 一句中有两个以上本年数的、变动说的是别的事项或与预算相比的不核对；约数、百分点不参与
WITH said AS (
    SELECT
        report_id, form_id, section, sentence, seq, subject, value, unit, tense, ref,
        audit.said_places(snippet, printed_unit) AS places,
        CASE
            WHEN tense <> 'change' THEN NULL
            WHEN regexp_matches(subject, '(增加|增长|上升|提高|增幅|上涨|增)[了额数为率]*$') THEN 1
            WHEN regexp_matches(subject, '(减少|下降|降低|减幅|降幅|减)[了额数为率]*$') THEN -1
        END AS way,
        regexp_matches(
            subject,
            '^(20[0-9]{2}|增加|增长|上升|提高|上涨|减少|下降|降低|[与和同较比相上去前年度期数额的了为率总共计有所实际净增减幅降，,、（(])*$'
        ) AS plain
    FROM audit.figure
    WHERE unit IN ('wan_yuan', 'percent') AND context = 'report' AND NOT approximate AND NOT contains(snippet, '百分点')
),
spoken AS (
    SELECT
        report_id, form_id, any_value(subject) FILTER (tense = 'current') AS name,
        any_value(value) FILTER (tense = 'current') AS now, any_value(places) FILTER (tense = 'current') AS now_places,
        any_value(value) FILTER (tense = 'prior') AS before, any_value(places) FILTER (tense = 'prior') AS before_places,
        any_value(value) FILTER (tense = 'change' AND unit = 'wan_yuan') AS change,
        any_value(places) FILTER (tense = 'change' AND unit = 'wan_yuan') AS change_places,
        any_value(way) FILTER (tense = 'change' AND unit = 'wan_yuan') AS way,
        any_value(value) FILTER (tense = 'change' AND unit = 'percent') AS rate,
        any_value(places) FILTER (tense = 'change' AND unit = 'percent') AS rate_places,
        any_value(way) FILTER (tense = 'change' AND unit = 'percent') AS rate_way, list(ref ORDER BY seq) AS evidence
    FROM said
    GROUP BY report_id, form_id, section, sentence
    HAVING count(*) FILTER (tense = 'current' AND unit = 'wan_yuan') = 1
        AND count(*) FILTER (tense = 'current') = 1
        AND count(*) FILTER (tense NOT IN ('current', 'prior', 'change')) = 0
        AND count(*) FILTER (tense = 'prior') = count(*) FILTER (tense = 'prior' AND unit = 'wan_yuan')
        AND count(*) FILTER (tense = 'prior') <= 1
        AND count(*) FILTER (tense = 'change' AND unit = 'wan_yuan') <= 1
        AND count(*) FILTER (tense = 'change' AND unit = 'percent') <= 1
        AND count(*) FILTER (tense = 'change') >= 1
        AND count(way) = count(*) FILTER (tense = 'change') AND min(value) >= 0
        -- the change is said of the amount before it, not of another thing or against the budget
        AND bool_and(plain) FILTER (tense <> 'current')
        -- in the order in which they are said: this year, last year, the change
        AND max(seq) FILTER (tense = 'current') < min(seq) FILTER (tense <> 'current')
        AND coalesce(max(seq) FILTER (tense = 'prior') < min(seq) FILTER (tense = 'change'), true)
),
thing(name, concept) AS (
    VALUES
        ('公用经费', 'public_expense_total'), ('日常公用经费', 'public_expense_total'), ('三公经费', 'three_public_total'),
        ('公务接待费', 'official_reception'), ('公务用车运行维护费', 'official_vehicle_operation')
),
-- 公用经费比上年增加x万元，增长p%: the amounts stand in the sheet
told AS (
    SELECT
        report_id, form_id,
        any_value(regexp_replace(replace(replace(subject, '“', ''), '”', ''), '(支出|总额)?[比较](上年|去年|202[0-9]年).*$', ''))
            FILTER (unit = 'wan_yuan') AS name,
        any_value(value) FILTER (unit = 'wan_yuan') AS change, any_value(places) FILTER (unit = 'wan_yuan') AS change_places,
        any_value(way) FILTER (unit = 'wan_yuan') AS way, any_value(value) FILTER (unit = 'percent') AS rate,
        any_value(places) FILTER (unit = 'percent') AS rate_places, any_value(way) FILTER (unit = 'percent') AS rate_way,
        list(ref ORDER BY seq) AS refs
    FROM said
    GROUP BY report_id, form_id, section, sentence
    HAVING count(*) = 2 AND count(*) FILTER (tense = 'change' AND way IS NOT NULL) = 2
        AND count(*) FILTER (unit = 'wan_yuan') = 1 AND bool_or(unit = 'percent' AND plain)
),
sheet AS (
    SELECT
        report_id, concept, max(form_places) AS places, any_value(value) FILTER (period = 'current_final') AS now,
        any_value(value) FILTER (period = 'prior_final') AS before, list(ref ORDER BY fact_no) AS refs
    FROM audit.fact
    WHERE form_kind = 'base_data' AND period IN ('prior_final', 'current_final') AND item IS NULL
        AND concept IN (SELECT concept FROM thing)
    GROUP BY report_id, concept
    HAVING count(DISTINCT form_id) = 1
),
row AS (
    SELECT * FROM spoken
    UNION ALL BY NAME
    SELECT
        t.report_id, t.form_id, t.name, s.now, s.places AS now_places, s.before, s.places AS before_places, t.change,
        t.change_places, t.way, t.rate, t.rate_places, t.rate_way, list_concat(t.refs, s.refs) AS evidence
    FROM told AS t
    JOIN thing AS g ON g.name = t.name
    JOIN sheet AS s ON s.report_id = t.report_id AND s.concept = g.concept
    WHERE abs(abs(s.now - s.before) - t.change) <= audit.tol(least(s.places, t.change_places), 2)
        AND sign(s.now - s.before) = t.way
),
held AS (
    SELECT
        *, coalesce(way, rate_way) AS said_way, coalesce(before, now - way * change) AS base,
        coalesce(before_places, least(now_places, change_places)) AS base_places,
        CAST(0.5 * (power(10, -now_places) + power(10, -coalesce(before_places, 0)) + power(10, -coalesce(change_places, 0)))
            AS DECIMAL(20, 6)) AS tolerance
    FROM row
),
judged AS (
    SELECT
        *, coalesce(change, abs(now - base)) AS moved, coalesce(change_places, least(now_places, base_places)) AS moved_places,
        CASE WHEN before IS NOT NULL AND sign(now - before) = -said_way THEN 'direction' END AS turned,
        CASE WHEN way <> rate_way THEN 'words' END AS mixed,
        CASE WHEN before IS NOT NULL AND change IS NOT NULL AND abs(abs(now - before) - change) > tolerance THEN 'amount' END AS off
    FROM held
),
tested AS (
    SELECT
        *, CASE
            WHEN rate IS NOT NULL AND base > 0
                AND NOT audit.share_holds(rate, rate_places, moved, moved_places, base, base_places) THEN 'rate'
        END AS rated
    FROM judged
)
SELECT
    report_id, form_id, name AS subject, evidence,
    CASE
        WHEN off IS NOT NULL THEN abs(now - before) WHEN rated IS NOT NULL THEN audit.percent(moved, base) ELSE now - base
    END AS expected,
    CASE WHEN off IS NOT NULL THEN change WHEN rated IS NOT NULL THEN rate ELSE said_way * coalesce(change, moved) END AS actual,
    CASE WHEN off IS NOT NULL THEN tolerance END AS tolerance,
    CASE
        WHEN coalesce(turned, mixed, off, rated) IS NOT NULL THEN 'fail'
        WHEN base IS NULL OR base <= 0 AND rate IS NOT NULL THEN 'insufficient_data'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN '正文数据不一致：' || concat_ws(
        '；',
        CASE
            WHEN turned IS NOT NULL
                THEN format('{} {} 万元、上年 {} 万元，方向写为{}', name, audit.plain(now), audit.plain(before),
                    CASE said_way WHEN 1 THEN '增加' ELSE '减少' END)
        END,
        CASE WHEN mixed IS NOT NULL THEN '增减额与增减幅的方向不一致' END,
        CASE
            WHEN off IS NOT NULL
                THEN format('{} {} 万元与上年 {} 万元相差 {} 万元，写为 {} 万元', name, audit.plain(now), audit.plain(before),
                    audit.plain(abs(now - before)), audit.plain(change))
        END,
        CASE
            WHEN rated IS NOT NULL
                THEN format('{}变动 {} 万元 ÷ 上年 {} 万元 = {}%，写为 {}%', name, audit.plain(moved), audit.plain(base),
                    audit.plain(audit.percent(moved, base)), audit.plain(rate))
        END
    ) || '，建议核实。' END AS message
FROM tested
WHERE base IS NOT NULL
