-- code: RAT-06
-- class: E
-- severity: medium
-- title: 楼堂馆所规模、投资控制率不符或超 100% · Building control rates do not follow or exceed 100
-- rule: 规模控制率 = 实际规模 ÷ 批复规模；投资概算控制率 = 实际投资 ÷ 预算投资；并提示大于 100% 的
-- tolerance: 印出的百分数 ± 末位半个单位，截尾也算
-- false positives: 分期建设的项目只填当年投资
WITH kind(concept, measure, role) AS (
    VALUES
        ('building_approved_area', 'area', 'whole'), ('building_actual_area', 'area', 'part'),
        ('building_area_control_rate', 'area', 'rate'), ('building_budget_investment', 'investment', 'whole'),
        ('building_actual_investment', 'investment', 'part'), ('building_investment_control_rate', 'investment', 'rate')
),
row AS (
    SELECT
        f.report_id, f.form_id, f.item, k.measure, any_value(value) FILTER (role = 'whole') AS whole,
        any_value(places) FILTER (role = 'whole' AND value IS NOT NULL) AS whole_places,
        any_value(value) FILTER (role = 'part') AS part,
        any_value(places) FILTER (role = 'part' AND value IS NOT NULL) AS part_places,
        any_value(value) FILTER (role = 'rate') AS rate,
        any_value(places) FILTER (role = 'rate' AND value IS NOT NULL) AS rate_places,
        list(ref ORDER BY fact_no) FILTER (value IS NOT NULL) AS evidence
    FROM audit.fact AS f
    JOIN kind AS k ON k.concept = f.concept
    WHERE f.form_kind = 'base_data'
    GROUP BY ALL
),
held AS (
    SELECT
        *, CASE measure WHEN 'area' THEN '规模' ELSE '投资' END AS word, audit.percent(part, whole) AS percent,
        audit.share_holds(rate, rate_places, part, part_places, whole, whole_places)
        OR rate <= 2 AND audit.share_holds(rate * 100, rate_places - 2, part, part_places, whole, whole_places) AS holds
    FROM row
)
SELECT
    report_id, form_id, concat_ws('/', measure, item) AS subject, evidence,
    CASE WHEN rate IS NULL OR holds THEN 100 ELSE percent END AS expected, coalesce(CASE WHEN NOT holds THEN rate END, percent) AS actual,
    CASE
        WHEN whole IS NULL AND part IS NULL AND rate IS NULL THEN 'not_applicable'
        WHEN whole = 0 AND part = 0 THEN 'not_applicable'
        WHEN whole IS NULL OR part IS NULL OR whole = 0 THEN 'insufficient_data'
        WHEN rate IS NOT NULL AND NOT holds OR part > whole THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN CASE
        WHEN rate IS NOT NULL AND NOT holds
            THEN format(
                '表内数据不一致：楼堂馆所实际{} {} ÷ 批复或预算{} {} = {}%，控制率印作 {}%，建议核实。', word, audit.plain(part), word,
                audit.plain(whole), audit.plain(percent), audit.plain(rate)
            )
        ELSE format(
            '楼堂馆所实际{} {} 大于批复或预算{} {}，控制率 {}%，建议核实。', word, audit.plain(part), word, audit.plain(whole),
            audit.plain(percent)
        )
    END END AS message
FROM held
