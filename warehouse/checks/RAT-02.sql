-- code: RAT-02
-- class: S
-- severity: high
-- title: 在职人数超过编制数 · More staff than authorised
-- rule: 实际在职人数 ≤ 编制数
-- false positives: 在职人数可能含聘用人员、工勤人员；控制率空白时同样核对
WITH row AS (
    SELECT
        report_id, form_id, any_value(value) FILTER (concept = 'staff_authorized') AS authorized,
        any_value(value) FILTER (concept = 'staff_actual') AS actual,
        list(ref ORDER BY fact_no) FILTER (value IS NOT NULL AND concept <> 'staff_control_rate') AS evidence
    FROM audit.fact
    WHERE concept IN ('staff_authorized', 'staff_actual', 'staff_control_rate') AND form_kind = 'base_data' AND item IS NULL
    GROUP BY ALL
)
SELECT
    report_id, form_id, 'staff' AS subject, authorized AS expected, actual, evidence,
    CASE
        WHEN authorized IS NULL AND actual IS NULL THEN 'not_applicable'
        WHEN authorized IS NULL OR actual IS NULL THEN 'insufficient_data'
        WHEN actual <= authorized THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '在职人数 {} 人，编制数 {} 人，超出 {} 人{}，建议核实是否含编外人员。', audit.plain(actual), audit.plain(authorized),
        audit.plain(actual - authorized),
        CASE
            WHEN authorized > 0
                THEN format('，控制率 {}%', audit.plain(audit.percent(actual, authorized)))
            ELSE ''
        END
    ) END AS message
FROM row
