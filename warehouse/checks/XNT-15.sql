-- code: XNT-15
-- class: S
-- severity: medium
-- title: 资金来源正文未说明 · A source of funds is not explained in prose
-- rule: 其他资金、专户非税收入超过资金总额 1% 的，正文有说明（来源名称或金额）
-- tolerance: 1%
-- false positives: 正文以其他名称说明
WITH fund AS (
    SELECT
        report_id, form_id,
        max(value) FILTER (concept = 'funds_total' AND period IN ('execution', 'full_year_budget')) AS total,
        any_value(ref) FILTER (concept = 'funds_total' AND period = 'execution') AS total_ref,
        arg_min(value, (period, fact_no)) FILTER (concept = 'revenue_other' AND period IN ('annual', 'execution') AND value IS NOT NULL) AS revenue_other,
        arg_min(ref, (period, fact_no)) FILTER (concept = 'revenue_other' AND period IN ('annual', 'execution') AND value IS NOT NULL) AS other_ref,
        arg_min(value, (period, fact_no)) FILTER (concept = 'revenue_special_account_nontax' AND period IN ('annual', 'execution') AND value IS NOT NULL) AS nontax,
        arg_min(ref, (period, fact_no)) FILTER (concept = 'revenue_special_account_nontax' AND period IN ('annual', 'execution') AND value IS NOT NULL) AS nontax_ref
    FROM audit.fact
    WHERE form_kind = 'department_evaluation' AND concept IN ('funds_total', 'revenue_other', 'revenue_special_account_nontax')
    GROUP BY ALL
),
source AS (
    SELECT report_id, form_id, total, total_ref, '其他资金' AS name, revenue_other AS value, other_ref AS ref,
        '其他资金|其他收入|自筹|非财政|往来|利息|捐赠|事业收入|经营收入|单位资金|上级补助|结转|结余|工会经费|会费|社保基金|其他来源' AS words
    FROM fund
    UNION ALL
    SELECT report_id, form_id, total, total_ref, '纳入专户管理的非税收入', nontax, nontax_ref, '非税|专户|学费|收费'
    FROM fund
)
SELECT
    s.report_id, s.form_id, s.name AS subject, s.value AS actual, [s.ref, s.total_ref] AS evidence,
    CASE WHEN regexp_matches(p.text, s.words) OR contains(p.text, audit.plain(s.value)) THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format('{} {} 万元（占资金总额 {}%），正文未见说明，建议核实。', s.name, audit.plain(s.value), audit.plain(audit.percent(s.value, s.total))) END AS message
FROM source AS s
JOIN audit.prose AS p USING (report_id)
WHERE s.value > s.total * 0.01
