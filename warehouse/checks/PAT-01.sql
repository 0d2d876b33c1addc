-- code: PAT-01
-- class: S
-- severity: info
-- title: 几乎全部满分 · Nearly every indicator has full marks
-- rule: 满分指标不到 90%（至少 5 个有分值和得分的指标），且完成率类指标（至少 5 个）不全为 100%
-- tolerance: 无
-- false positives: 常规工作确已完成
WITH row AS (
    SELECT
        report_id, form_id,
        count(*) FILTER (weight > 0 AND score IS NOT NULL) AS n,
        count(*) FILTER (weight > 0 AND score >= weight) AS full_marks,
        count(*) FILTER (actual_unit = '%' AND actual_value IS NOT NULL) AS rates,
        count(*) FILTER (actual_unit = '%' AND actual_value = 100) AS full_rates,
        list(ref ORDER BY seq) FILTER (weight > 0 AND score >= weight OR actual_unit = '%' AND actual_value = 100) AS evidence
    FROM audit.indicator
    WHERE name IS NOT NULL
    GROUP BY ALL
)
SELECT
    report_id, form_id, n AS expected, full_marks AS actual, evidence,
    CASE
        WHEN n >= 5 AND full_marks >= 0.9 * n OR rates >= 5 AND full_rates = rates THEN 'fail'
        WHEN n >= 5 THEN 'pass'
        ELSE 'insufficient_data'
    END AS status,
    CASE WHEN status = 'fail' THEN CASE
        WHEN n >= 5 AND full_marks >= 0.9 * n
            THEN format('{} 个指标中有 {} 个得满分（{}%），建议抽查依据。', n, full_marks, audit.plain(audit.percent(full_marks, n)))
        ELSE format('{} 个比率类指标的实际完成值全部为 100%，建议抽查依据。', rates)
    END END AS message
FROM row
