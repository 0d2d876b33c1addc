-- code: DOC-11
-- class: S
-- severity: info
-- title: 标题序号不连续或体例不一 · Heading numerals are mixed or not consecutive
-- rule: 自评报告一级标题（三个以上）序号同一体例（一、二、三…或 1、2、3…）且连续
-- tolerance: 无
-- false positives: 转换格式时自动编号丢失或改变
WITH heading AS (
    SELECT
        report_id, form_id, seq, ref, numeral, regexp_extract(numeral, '\d+') AS digits,
        list_position(
            ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五'],
            regexp_extract(numeral, '[一二三四五六七八九十]+')
        ) AS chinese
    FROM audit.section
    WHERE form_kind = 'narrative' AND level = 1 AND numeral IS NOT NULL
),
numbered AS (
    SELECT *, coalesce(try_cast(nullif(digits, '') AS INTEGER), chinese) AS n
    FROM heading
    WHERE digits <> '' OR chinese IS NOT NULL
),
step AS (
    SELECT *, n - lag(n) OVER (PARTITION BY form_id ORDER BY seq) AS step
    FROM numbered
)
SELECT
    report_id, form_id, '标题序号' AS subject, list(ref ORDER BY seq)[1:12] AS evidence,
    CASE
        WHEN count(*) < 3 THEN 'insufficient_data'
        WHEN count(DISTINCT digits <> '') > 1 OR bool_or(step <> 1) THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN format('一级标题序号{}：{}，建议统一。',
        CASE WHEN count(DISTINCT digits <> '') > 1 THEN '体例不一' ELSE '不连续' END,
        string_agg(numeral, ' ' ORDER BY seq)) END AS message
FROM step
GROUP BY report_id, form_id
