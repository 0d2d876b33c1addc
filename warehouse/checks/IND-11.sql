-- code: IND-11
-- class: S
-- severity: low
-- title: 指标名称空泛 · Indicator names without an object
-- rule: 指标名称应写明工作对象；只写“工作完成率”“资金使用合规率”等的列出
-- tolerance: 不适用
-- false positives: 评分标准表不适用
WITH named AS (
    SELECT *, plain_name IN (
        '工作完成率', '任务完成率', '工作任务完成率', '年度工作完成率', '年度任务完成率', '目标完成率', '年度目标完成率', '重点工作完成率',
        '完成率', '实际完成率', '工作完成情况', '任务完成情况', '完成任务数', '工作任务数', '工作完成及时率', '任务完成及时率', '完成及时率',
        '工作及时率', '及时率', '按时完成率', '按期完成率', '工作完成时间', '工作质量', '工作质量达标率', '质量达标率', '合格率', '达标率',
        '资金使用合规率', '资金使用合规性', '资金合规率', '资金支出合规率', '资金到位率', '资金使用率', '成本控制率', '成本控制', '社会效益',
        '经济效益', '生态效益', '可持续影响', '满意度', '社会影响', '工作效率'
    ) AS generic
    FROM audit.score_row
    WHERE name IS NOT NULL AND NOT is_rubric AND NOT is_heading AND coalesce(level1, '') NOT IN ('process', 'decision')
)
SELECT
    report_id, form_id, '指标名称' AS subject, 0 AS expected, count(*) FILTER (generic) AS actual,
    list(ref ORDER BY seq) FILTER (generic) AS evidence, CASE WHEN bool_or(generic) THEN 'fail' ELSE 'pass' END
        AS status,
    CASE WHEN status = 'fail' THEN format(
        '{} 个指标名称未写明工作对象：{}。', count(*) FILTER (generic), string_agg(name, '、' ORDER BY seq) FILTER (generic)
    ) END AS message
FROM named
GROUP BY report_id, form_id
