-- code: PAT-02
-- class: S
-- severity: info
-- title: 同地区自评得分高度集中 · Scores of a region are all alike
-- rule: 同地区同年度（至少 8 个部门有得分）：95 分及以上的不到 90%，且得分的标准差不小于 1.5；列在该地区最早入库的一份
-- tolerance: 无
-- false positives: 统一组织复核后的得分
-- scope: cohort
WITH scored AS (
    SELECT r.division_code, r.division_name, r.fiscal_year, r.report_id, r.loaded_order, o.value, o.ref
    FROM audit.report AS r
    JOIN audit.own AS o ON o.report_id = r.report_id AND o.concept = 'total_score'
    WHERE r.division_code IS NOT NULL AND r.fiscal_year IS NOT NULL AND o.value BETWEEN 0 AND 100
),
cohort AS (
    SELECT
        division_code, division_name, fiscal_year, min_by(report_id, loaded_order) AS report_id, count(*) AS n,
        count(*) FILTER (value >= 95) AS high, stddev_samp(CAST(value AS DOUBLE)) AS spread,
        list(ref ORDER BY loaded_order, ref)[1:50] AS evidence
    FROM scored
    GROUP BY ALL
)
SELECT
    report_id, fiscal_year || ' ' || division_code AS subject, n AS expected, high AS actual, evidence,
    CASE
        WHEN n < 8 THEN 'insufficient_data'
        WHEN high >= 0.9 * n OR spread < 1.5 THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '{}{}年度有得分的 {} 个部门中 {} 个不低于 95 分（{}%），得分标准差 {}，区分度低，建议抽查复核。',
        coalesce(division_name, ''), fiscal_year, n, high, audit.plain(audit.percent(high, n)), audit.plain(round(spread, 2))
    ) END AS message
FROM cohort
