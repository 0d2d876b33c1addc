-- code: DOC-02
-- class: R
-- severity: medium
-- title: 自评报告提纲不全 · A section of the outline is missing or empty
-- rule: 采用湖南提纲（十部分中可识别六部分以上）的自评报告，十部分均有且不空；无、无此项支出视为已填
-- tolerance: 标题用词不同按关键词识别
-- false positives: 其他省份提纲不同，不核对
WITH section AS (
    SELECT
        report_id, form_id, level, heading, ref,
        sum(length(trim(text))) OVER (PARTITION BY form_id, split_part(number, '.', 1)) AS letters
    FROM audit.section
    WHERE form_kind = 'narrative'
),
-- only reports that follow the outline are looked at closely
outline AS (
    SELECT form_id
    FROM section
    WHERE level = 1
    GROUP BY form_id
    HAVING count(*) FILTER (contains(heading, '一般公共预算')) + count(*) FILTER (contains(heading, '政府性基金'))
        + count(*) FILTER (contains(heading, '国有资本')) + count(*) FILTER (regexp_matches(heading, '社会保险基金|社保基金')) >= 2
),
asked AS (
    SELECT
        report_id, form_id, level, letters, ref,
        unnest([
            {'nth': 1, 'name': '部门（单位）基本情况', 'met': regexp_matches(heading, '基本情况|单位概况|部门概况')},
            {'nth': 2, 'name': '一般公共预算支出情况', 'met': regexp_matches(heading, '一般公共预算')},
            {'nth': 3, 'name': '政府性基金预算支出情况', 'met': regexp_matches(heading, '政府性基金')},
            {'nth': 4, 'name': '国有资本经营预算支出情况', 'met': regexp_matches(heading, '国有资本')},
            {'nth': 5, 'name': '社会保险基金预算支出情况', 'met': regexp_matches(heading, '社会保险基金|社保基金')},
            {'nth': 6, 'name': '部门整体支出绩效情况', 'met': regexp_matches(heading, '绩效(?:情况|实现|分析|评价|自评情况|完成)|履职.*效益|整体支出.*情况')},
            {'nth': 7, 'name': '存在的问题及原因分析', 'met': regexp_matches(heading, '问题|不足')},
            {'nth': 8, 'name': '下一步改进措施', 'met': regexp_matches(heading, '措施|下一步|建议|打算')},
            {'nth': 9, 'name': '绩效自评结果拟应用和公开情况', 'met': regexp_matches(heading, '结果.*(?:应用|公开)|应用和公开|公开情况')},
            {'nth': 10, 'name': '其他需要说明的情况', 'met': regexp_matches(heading, '其[他它].*说明')}
        ]) AS a
    FROM section
    WHERE form_id IN (SELECT form_id FROM outline)
),
met AS (
    SELECT
        report_id, form_id, a.nth AS nth, any_value(a.name) AS name, bool_or(a.met AND level = 1) AS top_found,
        bool_or(a.met) AS found, max(letters) FILTER (a.met) AS letters, min(ref) AS ref
    FROM asked
    GROUP BY report_id, form_id, a.nth
)
SELECT
    report_id, form_id, name AS subject, [ref] AS evidence,
    CASE WHEN found AND letters > 0 THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN CASE WHEN found THEN format('自评报告“{}”部分为空，建议补充。', name) ELSE format('自评报告未见“{}”部分，建议核实。', name) END END AS message
FROM met
QUALIFY count(*) FILTER (top_found) OVER (PARTITION BY form_id) >= 6
