-- code: RAT-01
-- class: E
-- severity: medium
-- title: 在职人员控制率与人数不符 · Staff control rate does not follow from the numbers
-- rule: 控制率 = 实际在职人数 ÷ 编制数 × 100%
-- tolerance: 印出的百分数 ± 末位半个单位，截尾也算
-- false positives: 控制率按不含工勤的人数计算时不符；三个数都印在同一张表中才核对
WITH row AS (
    SELECT
        report_id, form_id,
        any_value(value) FILTER (concept = 'staff_authorized') AS authorized,
        any_value(value) FILTER (concept = 'staff_actual') AS actual,
        any_value(value) FILTER (concept = 'staff_control_rate') AS rate,
        any_value(places) FILTER (concept = 'staff_control_rate' AND value IS NOT NULL) AS places,
        list(ref ORDER BY fact_no) FILTER (value IS NOT NULL) AS evidence
    FROM audit.fact
    WHERE concept IN ('staff_authorized', 'staff_actual', 'staff_control_rate') AND form_kind <> 'narrative' AND item IS NULL
    GROUP BY ALL
)
SELECT
    report_id, form_id, 'staff_control_rate' AS subject, audit.percent(actual, authorized) AS expected, rate AS actual,
    evidence,
    CASE
        WHEN rate IS NULL THEN 'not_applicable'
        WHEN authorized IS NULL OR actual IS NULL OR authorized = 0 THEN 'insufficient_data'
        WHEN audit.share_holds(rate, places, actual, 6, authorized, 6) THEN 'pass'
        -- printed as a fraction
        WHEN rate <= 2 AND audit.share_holds(rate * 100, places - 2, actual, 6, authorized, 6) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：在职人数 {} ÷ 编制数 {} = {}%，控制率印作 {}%，建议核实。',
        audit.plain(actual), audit.plain(authorized), audit.plain(audit.percent(actual, authorized)), audit.plain(rate)
    ) END AS message
FROM row
