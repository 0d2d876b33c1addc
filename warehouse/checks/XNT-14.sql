-- code: XNT-14
-- class: E
-- severity: low
-- title: 内设机构数与所列名称数不一致 · Number of divisions differs from the names listed
-- rule: “设 n 个内设机构，分别为……”的 n = 所列名称个数
-- tolerance: 名称内含“和”“及”“与”、逗号的，按各种断法计数，均不相符才提示
-- false positives: 列举以“等”结束的不核对
WITH listed AS (
    SELECT
        report_id, form_id, ref, value, sentence,
        regexp_replace(regexp_extract(
            sentence, '(?:机构|科室|股室|处室|部门)[^。；：:、]{0,10}?(?:分别为|分别是|包括|即为|即|为|是|有|：|:)([^。；;：:]+)', 1
        ), '[（(][^）)]*[）)]', '', 'g') AS names
    FROM audit.figure
    WHERE concept = 'internal_divisions' AND NOT approximate AND tense = 'current'
    QUALIFY count(*) OVER (PARTITION BY report_id, sentence) = 1
),
counted AS (
    SELECT
        *,
        len(string_split(regexp_extract(names, '^[^，,]*'), '、')) AS fewest,
        len(regexp_split_to_array(names, '[、，,]|和|及|与')) AS most
    FROM listed
    WHERE contains(names, '、') AND NOT regexp_matches(names, '等|\d|下属|所属|下辖|二级|事业单位|直属')
)
SELECT
    report_id, form_id, 'internal_divisions' AS subject, CAST(value AS DECIMAL(20, 6)) AS actual,
    CAST(CASE WHEN value < fewest THEN fewest ELSE most END AS DECIMAL(20, 6)) AS expected, [ref] AS evidence,
    CASE WHEN value BETWEEN fewest AND most THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format('正文前后不一致：内设机构写为 {} 个，所列名称为 {} 个（“{}”），建议核实。',
        audit.plain(value), CASE WHEN value < fewest THEN fewest ELSE most END, left(sentence, 80)) END AS message
FROM counted
