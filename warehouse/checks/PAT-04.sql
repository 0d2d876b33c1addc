-- code: PAT-04
-- class: S
-- severity: info
-- title: 金额的首位或末位数字分布异常 · Digits of amounts are unevenly spread
-- rule: 同地区同年度至少 300 个不同金额（每个部门的金额跨度不小于 10 倍）：首位数字符合本福特分布（卡方不超过 20.09，平均绝对偏差不超过 0.015），末位（分位）均匀（卡方不超过 27.88，平均绝对偏差不超过 0.02）；不用于单份报告和得分
-- tolerance: 无
-- false positives: 定额、标准拨款；部门规模相近
-- scope: cohort
WITH amount AS (
    SELECT
        r.division_code, r.division_name, r.fiscal_year, f.report_id, r.loaded_order, f.value, min(f.ref) AS ref,
        max(f.form_places) AS places
    FROM audit.fact AS f
    JOIN audit.report AS r USING (report_id)
    WHERE f.unit = 'wan_yuan' AND f.origin = 'table' AND f.value > 0
        AND r.division_code IS NOT NULL AND r.fiscal_year IS NOT NULL
    GROUP BY r.division_code, r.division_name, r.fiscal_year, f.report_id, r.loaded_order, f.value
    QUALIFY max(f.value) OVER (PARTITION BY f.report_id) >= 10 * min(f.value) OVER (PARTITION BY f.report_id)
),
digit AS (
    SELECT *, 'first' AS place, CAST(ltrim(replace(CAST(value AS VARCHAR), '.', ''), '0')[1] AS INTEGER) AS digit FROM amount
    UNION ALL
    SELECT *, 'last', CAST(CAST(floor(value * 100) AS BIGINT) % 10 AS INTEGER) FROM amount WHERE places >= 2
),
cohort AS (
    SELECT
        division_code, division_name, fiscal_year, place, min_by(report_id, loaded_order) AS report_id, count(*) AS n,
        list(ref ORDER BY loaded_order, ref)[1:50] AS evidence
    FROM digit
    GROUP BY ALL
),
counted AS (
    SELECT division_code, fiscal_year, place, digit, count(*) AS found
    FROM digit
    GROUP BY ALL
),
held AS (
    SELECT
        c.division_code, c.division_name, c.fiscal_year, c.place, c.report_id, c.n, c.evidence,
        sum((coalesce(k.found, 0) - c.n * p.share) ** 2 / (c.n * p.share)) AS chi_square,
        avg(abs(coalesce(k.found, 0) / c.n - p.share)) AS deviation
    FROM cohort AS c
    JOIN (
        SELECT 'first' AS place, d AS digit, log10(1 + 1 / d) AS share FROM range(1, 10) AS t(d)
        UNION ALL
        SELECT 'last', d, 0.1 FROM range(0, 10) AS t(d)
    ) AS p ON p.place = c.place
    LEFT JOIN counted AS k
        ON k.division_code = c.division_code AND k.fiscal_year = c.fiscal_year AND k.place = c.place AND k.digit = p.digit
    GROUP BY ALL
)
SELECT
    report_id, fiscal_year || ' ' || division_code || ' ' || place AS subject, n AS actual, evidence,
    CASE
        WHEN n < 300 THEN 'insufficient_data'
        WHEN place = 'first' AND chi_square > 20.09 AND deviation > 0.015 THEN 'fail'
        WHEN place = 'last' AND chi_square > 27.88 AND deviation > 0.02 THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '{}{}年度 {} 个不同金额的{}分布异常（卡方 {}，平均绝对偏差 {}），建议抽查金额来源。', coalesce(division_name, ''), fiscal_year, n,
        CASE place WHEN 'first' THEN '首位数字' ELSE '末位数字' END, audit.plain(round(chi_square, 2)), audit.plain(round(deviation, 4))
    ) END AS message
FROM held
