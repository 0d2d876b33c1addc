-- code: BUD-09
-- class: S
-- severity: medium
-- title: 人均经费偏离同类部门 · Expense per head far from the peers
-- rule: 人均公用经费、人均人员经费在同一区划同一年度同类机构的中位数 ± 3×MAD 之内（同类部门不少于 8 个）
-- tolerance: 3 倍绝对中位差
-- false positives: 人数不足 3 人的单位不参与；职能特殊的部门
-- scope: cohort
WITH staff AS (
    SELECT report_id, max(value) AS people, min(ref) AS ref
    FROM audit.fact
    WHERE concept = 'staff_actual' AND value > 0 AND item IS NULL
    GROUP BY report_id
    HAVING count(DISTINCT value) = 1
),
amount AS (
    SELECT report_id, 'public_expense' AS measure, max(value) AS value, min(ref) AS ref
    FROM audit.fact
    WHERE concept = 'public_expense_total' AND period = 'current_final' AND form_kind = 'base_data' AND value IS NOT NULL
    GROUP BY report_id
    HAVING count(DISTINCT value) = 1
    UNION ALL
    SELECT report_id, 'personnel_expense', max(value), min(ref)
    FROM audit.figure
    WHERE concept = 'personnel_expense' AND unit = 'wan_yuan' AND tense = 'current' AND context = 'report' AND NOT approximate
    GROUP BY report_id
    HAVING count(DISTINCT value) = 1
),
head AS (
    SELECT
        a.report_id, a.measure, CAST(a.value AS DOUBLE) / CAST(s.people AS DOUBLE) AS each, s.people,
        r.division_code, r.organ_class, r.fiscal_year, [a.ref, s.ref] AS evidence
    FROM amount AS a
    JOIN staff AS s USING (report_id)
    JOIN audit.report AS r USING (report_id)
),
middle AS (
    SELECT measure, division_code, organ_class, fiscal_year, count(*) AS units, median(each) AS median
    FROM head
    WHERE people >= 3 AND division_code IS NOT NULL AND organ_class IS NOT NULL AND fiscal_year IS NOT NULL
    GROUP BY ALL
),
spread AS (
    SELECT h.measure, h.division_code, h.organ_class, h.fiscal_year, median(abs(h.each - m.median)) AS mad
    FROM head AS h
    JOIN middle AS m USING (measure, division_code, organ_class, fiscal_year)
    WHERE h.people >= 3
    GROUP BY ALL
)
SELECT
    report_id, measure AS subject, CAST(round(median, 4) AS DECIMAL(20, 6)) AS expected,
    CAST(round(each, 4) AS DECIMAL(20, 6)) AS actual, CAST(round(3 * mad, 4) AS DECIMAL(20, 6)) AS tolerance, evidence,
    CASE
        -- the department itself is one of the units
        WHEN people < 3 OR coalesce(units, 0) < 9 OR mad = 0 THEN 'insufficient_data'
        WHEN abs(each - median) <= 3 * mad THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '人均{} {} 万元，同类 {} 个部门的中位数为 {} 万元，超出 3 倍绝对中位差（{} 万元）的范围，建议了解原因。',
        CASE measure WHEN 'public_expense' THEN '公用经费' ELSE '人员经费' END, audit.plain(round(each, 2)), units,
        audit.plain(round(median, 2)), audit.plain(round(3 * mad, 2))
    ) END AS message
FROM head
LEFT JOIN middle USING (measure, division_code, organ_class, fiscal_year)
LEFT JOIN spread USING (measure, division_code, organ_class, fiscal_year)
