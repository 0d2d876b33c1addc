-- code: BUD-08
-- class: R
-- severity: info
-- title: 政府采购未填或超预算 · Procurement not stated or above budget
-- rule: 有办公经费或正文写有购置、印刷、维修等采购内容时，政府采购金额不应空白（提示）；政府采购决算数 ≤ 预算数（中）
-- tolerance: 0.5×10^-d×2，d 为本表最多小数位
-- false positives: 未达采购限额标准的支出
WITH row AS (
    SELECT
        report_id, form_id, max(form_places) AS places,
        any_value(value) FILTER (concept = 'government_procurement' AND period = 'current_budget') AS budget,
        any_value(value) FILTER (concept = 'government_procurement' AND period = 'current_final') AS final,
        count(*) FILTER (concept = 'government_procurement' AND status = 'blank') AS blank,
        count(*) FILTER (concept = 'government_procurement') AS printed,
        any_value(value) FILTER (concept = 'public_expense_office' AND period = 'current_final') AS office,
        list(ref ORDER BY fact_no) FILTER (value IS NOT NULL OR concept = 'government_procurement') AS evidence
    FROM audit.fact
    WHERE form_kind = 'base_data' AND period IN ('current_budget', 'current_final')
        AND concept IN ('government_procurement', 'public_expense_office')
    GROUP BY ALL
    HAVING printed > 0
),
held AS (
    SELECT
        r.*,
        office > 0 OR contains(p.text, '购置') OR contains(p.text, '印刷费') OR contains(p.text, '维修费')
            OR contains(p.text, '政府采购') AS bought
    FROM row AS r
    LEFT JOIN audit.prose AS p USING (report_id)
)
SELECT
    report_id, form_id, 'government_procurement' AS subject, budget AS expected, final AS actual,
    audit.tol(places, 1) AS tolerance, evidence,
    CASE WHEN final > budget THEN 'medium' END AS severity,
    CASE
        WHEN final IS NULL AND budget IS NULL AND blank < printed THEN 'not_applicable'
        WHEN final IS NULL AND budget IS NULL THEN CASE WHEN bought THEN 'fail' ELSE 'not_applicable' END
        WHEN final IS NULL OR budget IS NULL THEN 'insufficient_data'
        WHEN final <= budget + audit.tol(places, 1) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN CASE
        WHEN final IS NULL THEN '政府采购金额的预算数与决算数均未填，而本年有办公、购置等支出，建议核实是否属于采购范围。'
        ELSE format(
            '政府采购决算数 {} 万元大于预算数 {} 万元，超出 {} 万元，未见说明的建议核实。', audit.plain(final), audit.plain(budget),
            audit.plain(final - budget)
        )
    END END AS message
FROM held
