-- code: DOC-02
-- class: R
-- severity: medium
-- title: 自评报告提纲不全 · A section of the outline is missing or empty
-- rule: 采用湖南提纲（十部分中可识别六部分以上）的自评报告，十部分均有且不空；无、无此项支出视为已填
-- tolerance: 标题用词不同按关键词识别
-- false positives: 其他省份提纲不同，不核对
WITH asked AS (
    SELECT * FROM (VALUES
        (1, '部门（单位）基本情况', '基本情况|单位概况|部门概况'), (2, '一般公共预算支出情况', '一般公共预算'),
        (3, '政府性基金预算支出情况', '政府性基金'), (4, '国有资本经营预算支出情况', '国有资本'),
        (5, '社会保险基金预算支出情况', '社会保险基金|社保基金'), (6, '部门整体支出绩效情况', '绩效(?:情况|实现|分析|评价|自评情况|完成)|履职.*效益|整体支出.*情况'),
        (7, '存在的问题及原因分析', '问题|不足'), (8, '下一步改进措施', '措施|下一步|建议|打算'),
        (9, '绩效自评结果拟应用和公开情况', '结果.*(?:应用|公开)|应用和公开|公开情况'), (10, '其他需要说明的情况', '其他.*说明|其它.*说明')
    ) AS a(nth, name, pattern)
),
part AS (
    SELECT
        report_id, form_id, split_part(number, '.', 1) AS top, any_value(heading) FILTER (level = 1) AS heading,
        string_agg(heading, ' ') AS headings, sum(length(trim(text))) AS letters, min(ref) AS ref
    FROM audit.section
    WHERE form_kind = 'narrative'
    GROUP BY ALL
),
met AS (
    SELECT
        p.report_id, p.form_id, a.nth, a.name, bool_or(regexp_matches(p.heading, a.pattern)) AS top_found,
        bool_or(regexp_matches(p.headings, a.pattern)) AS found,
        max(p.letters) FILTER (regexp_matches(p.headings, a.pattern)) AS letters, min(p.ref) AS ref
    FROM part AS p
    CROSS JOIN asked AS a
    WHERE p.heading IS NOT NULL
    GROUP BY ALL
)
SELECT
    report_id, form_id, name AS subject, [ref] AS evidence,
    CASE WHEN found AND letters > 0 THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN found THEN format('自评报告“{}”部分为空，建议补充。', name) ELSE format('自评报告未见“{}”部分，建议核实。', name) END AS message
FROM met
QUALIFY count(*) FILTER (top_found) OVER (PARTITION BY form_id) >= 6
    AND count(*) FILTER (top_found AND nth IN (2, 3, 4, 5)) OVER (PARTITION BY form_id) >= 2
