-- code: PAT-03
-- class: S
-- severity: info
-- title: 金额尾数多为 0 或 5 · Many amounts end in 0 or 5
-- rule: 同地区同年度列到分（万元两位小数以上）的表中，末位（分位，即百元）为 0 或 5 的金额不超过 40%（至少 20 个不同金额，至少 5 个部门）；通常约 20%
-- tolerance: 无
-- false positives: 定额、标准拨款本为整数
-- scope: cohort
WITH amount AS (
    SELECT DISTINCT
        r.division_code, r.division_name, r.fiscal_year, f.report_id, r.loaded_order, f.value, min(f.ref) AS ref
    FROM audit.fact AS f
    JOIN audit.report AS r USING (report_id)
    WHERE f.unit = 'wan_yuan' AND f.origin = 'table' AND f.value > 0 AND f.form_places >= 2
        AND r.division_code IS NOT NULL AND r.fiscal_year IS NOT NULL
    GROUP BY ALL
),
cohort AS (
    SELECT
        division_code, division_name, fiscal_year, min_by(report_id, loaded_order) AS report_id, count(*) AS n,
        count(DISTINCT report_id) AS reports, count(*) FILTER (value * 20 = floor(value * 20)) AS round_ones,
        list(ref ORDER BY loaded_order, ref) FILTER (value * 20 = floor(value * 20)) AS evidence
    FROM amount
    GROUP BY ALL
)
SELECT
    report_id, fiscal_year || ' ' || division_code AS subject, n AS expected, round_ones AS actual, evidence[1:50] AS evidence,
    CASE
        WHEN n < 20 OR reports < 5 THEN 'insufficient_data' WHEN round_ones > 0.4 * n THEN 'fail' ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '{}{}年度 {} 个部门的 {} 个金额中，末位为 0 或 5 的有 {} 个（{}%，通常约 20%），建议核实是否为估列。',
        coalesce(division_name, ''), fiscal_year, reports, n, round_ones, audit.plain(audit.percent(round_ones, n))
    ) END AS message
FROM cohort
