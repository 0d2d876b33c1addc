-- code: BUD-02
-- class: S
-- severity: low
-- title: 全年预算较年初预算变动较大 · Full-year budget far from the initial one
-- rule: |全年预算数 − 年初预算数| ÷ 年初预算数：大于 5% 低、大于 10% 中、大于 30% 高
-- false positives: 政策性增资、上级专款下达
WITH held AS (
    SELECT *, abs(full_year - initial) / nullif(CAST(initial AS DOUBLE), 0) AS share
    FROM audit.funds
    WHERE amounts > 0
)
SELECT
    report_id, form_id, 'full_year_budget' AS subject, initial AS expected, full_year AS actual, evidence,
    CASE WHEN share > 0.3 THEN 'high' WHEN share > 0.1 THEN 'medium' ELSE 'low' END AS severity,
    CASE
        WHEN initial IS NULL AND full_year IS NULL THEN 'not_applicable'
        WHEN initial IS NULL OR full_year IS NULL OR initial <= 0 THEN 'insufficient_data'
        WHEN share <= 0.05 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '{}年初预算数 {} 万元，全年预算数 {} 万元，变动 {} 万元（{}%），建议了解调整原因。',
        audit.whose(form_kind, project_name),
        audit.plain(initial), audit.plain(full_year), audit.signed(full_year - initial),
        audit.plain(audit.percent(abs(full_year - initial), initial))
    ) END AS message
FROM held
