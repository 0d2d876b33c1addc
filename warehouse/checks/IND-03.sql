-- code: IND-03
-- class: C
-- severity: medium
-- title: 指标值与完成值计量单位不一致 · Units of target and actual do not meet
-- rule: 指标值与实际完成值的计量单位应属同类（金额、百分比、时间、长度、面积、重量、计数）
-- tolerance: 不适用
-- false positives: 未写单位、同类换算和同义量词不判
WITH unit AS (
    SELECT *
    FROM (VALUES
        ('%', '比例'), ('‰', '比例'), ('个百分点', '比例'), ('百分点', '比例'),
        ('元', '金额'), ('千元', '金额'), ('万元', '金额'), ('百万元', '金额'), ('亿元', '金额'),
        ('天', '时间'), ('日', '时间'), ('个工作日', '时间'), ('工作日', '时间'), ('月', '时间'), ('个月', '时间'), ('年', '时间'),
        ('小时', '时间'), ('分钟', '时间'),
        ('米', '长度'), ('公里', '长度'), ('千米', '长度'), ('里', '长度'), ('延米', '长度'),
        ('亩', '面积'), ('公顷', '面积'), ('平方米', '面积'), ('㎡', '面积'), ('平方公里', '面积'), ('万亩', '面积'),
        ('吨', '重量'), ('公斤', '重量'), ('千克', '重量'), ('斤', '重量'), ('万吨', '重量'),
        ('个', '计数'), ('家', '计数'), ('户', '计数'), ('人', '计数'), ('名', '计数'), ('人次', '计数'), ('次', '计数'), ('场', '计数'),
        ('场次', '计数'), ('件', '计数'), ('起', '计数'), ('所', '计数'), ('处', '计数'), ('项', '计数'), ('台', '计数'), ('套', '计数'),
        ('份', '计数'), ('篇', '计数'), ('期', '计数'), ('轮', '计数'), ('批', '计数'), ('座', '计数'), ('辆', '计数'), ('家次', '计数'),
        ('册', '计数'), ('本', '计数'), ('块', '计数'), ('栋', '计数'), ('幢', '计数'), ('条', '计数'), ('张', '计数'), ('幅', '计数'),
        ('盏', '计数'), ('棵', '计数'), ('株', '计数'), ('只', '计数'), ('头', '计数'), ('羽', '计数'), ('尾', '计数'), ('匹', '计数'),
        ('副', '计数'), ('枚', '计数'), ('面', '计数'), ('片', '计数'), ('届', '计数'), ('节', '计数'), ('堂', '计数'), ('位', '计数'),
        ('例', '计数'), ('宗', '计数'), ('支', '计数'), ('艘', '计数'), ('架', '计数'), ('页', '计数'), ('间', '计数'), ('村', '计数'),
        ('院', '计数'), ('校', '计数'), ('门', '计数'), ('部', '计数'), ('种', '计数'), ('类', '计数'), ('队', '计数'), ('眼', '计数'),
        ('口', '计数'), ('户次', '计数'), ('班次', '计数'), ('车次', '计数'), ('批次', '计数'), ('台次', '计数'), ('件次', '计数')
    ) AS u(unit, family)
),
paired AS (
    SELECT i.*, t.family AS target_family, a.family AS actual_family
    FROM audit.score_row AS i
    -- 万册 is counted as 册 is; 万元 stands in the list
    LEFT JOIN unit AS t ON t.unit = CASE WHEN i.target_unit = '万元' THEN '万元' ELSE ltrim(i.target_unit, '万') END
    LEFT JOIN unit AS a ON a.unit = CASE WHEN i.actual_unit = '万元' THEN '万元' ELSE ltrim(i.actual_unit, '万') END
    WHERE i.is_measured AND i.target_unit IS NOT NULL AND i.actual_unit IS NOT NULL
)
SELECT
    report_id, form_id, name AS subject, target_value AS expected, actual_value AS actual, [ref] AS evidence,
    CASE WHEN target_family <> actual_family THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '“{}”指标值 {} 的单位（{}）与实际完成值 {} 的单位（{}）不属同类，建议核实。',
        name, target_raw, target_unit, actual_raw, actual_unit
    ) END AS message
FROM paired
WHERE target_family <> actual_family
UNION ALL BY NAME
SELECT report_id, form_id, 'pass' AS status FROM paired GROUP BY report_id, form_id
