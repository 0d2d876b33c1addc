-- code: PRJ-02
-- class: E
-- severity: high
-- title: 项目资金总额与其中各项不一致 · Project funds do not add up
-- rule: 项目年度资金总额 = 财政拨款 + 上年结转资金 + 财政专户管理资金 + 单位资金 + 其他资金，逐期间核对
-- tolerance: 0.5×10^-d×(n+1)，d 为本表最多小数位，n 为有数的分项数
-- false positives: 分项之和小于总额而表中未列其他资金的不提示
WITH row AS (
    SELECT
        report_id, form_id, period, max(form_places) AS places,
        any_value(value) FILTER (concept = 'project_funds_total') AS total,
        bool_or(concept = 'project_funds_total') AS has_total,
        sum(value) FILTER (concept <> 'project_funds_total') AS parts,
        count(value) FILTER (concept <> 'project_funds_total') AS filled,
        count(DISTINCT concept) FILTER (concept <> 'project_funds_total') AS rows,
        bool_or(concept IN ('project_funds_other', 'project_funds_unit')) AS closed,
        list(ref ORDER BY fact_no) FILTER (value IS NOT NULL) AS evidence
    FROM audit.fact
    WHERE form_kind = 'project_evaluation' AND item IS NULL
        AND concept IN (
            'project_funds_total', 'project_funds_fiscal', 'project_funds_carryover', 'project_funds_special_account',
            'project_funds_unit', 'project_funds_other'
        )
    GROUP BY ALL
)
SELECT
    report_id, form_id, period AS subject, parts AS expected, total AS actual, total - parts AS difference,
    audit.tol(places, filled) AS tolerance, evidence,
    CASE
        WHEN total IS NULL AND parts IS NULL THEN 'not_applicable'
        WHEN total IS NULL OR parts IS NULL THEN 'insufficient_data'
        WHEN abs(total - parts) <= audit.tol(places, filled) THEN 'pass'
        WHEN parts < total AND NOT closed THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    format(
        '表内数据不一致：项目年度资金总额（{}）为 {} 万元，其中各项之和 {} 万元，相差 {} 万元，建议核实。',
        audit.period_zh(period), audit.plain(total), audit.plain(parts), audit.signed(total - parts)
    ) AS message
FROM row
