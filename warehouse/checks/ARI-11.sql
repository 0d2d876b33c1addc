-- code: ARI-11
-- class: E
-- severity: medium
-- title: 金额、面积或人数为负 · A negative amount, area or count
-- rule: 表内金额、面积、人数不小于 0
-- false positives: 预算调整可以为负，不在其内；收回以前年度资金会形成负数
WITH number AS (
    SELECT report_id, form_id, ref, value, unit, concept, item, period, row_label
    FROM audit.fact
    WHERE unit IN ('wan_yuan', 'sqm', 'person') AND origin = 'table' AND value IS NOT NULL
        AND concept <> 'basic_expenditure_budget_adjustment'
)
SELECT
    report_id, form_id, concat_ws('/', n.concept, item, period) AS subject, 'fail' AS status, 0 AS expected, value AS actual,
    [ref] AS evidence,
    format(
        '表内数据为负：{}{} {} {}，建议核实。', coalesce(item, name_zh), audit.period_zh(period), audit.plain(value),
        CASE unit WHEN 'wan_yuan' THEN '万元' WHEN 'sqm' THEN '平方米' ELSE '人' END
    ) AS message
FROM number AS n
JOIN warehouse.core.concept USING (concept)
WHERE value < 0
UNION ALL
SELECT report_id, form_id, NULL, 'pass', NULL, NULL, NULL, NULL
FROM number
GROUP BY report_id, form_id
