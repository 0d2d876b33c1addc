-- code: PRJ-02
-- class: E
-- severity: high
-- title: 项目资金总额与其中各项不一致 · Project funds do not add up
-- rule: 项目年度资金总额 = 财政拨款 + 上年结转资金 + 财政专户管理资金 + 单位资金 + 其他资金，逐期间核对
-- tolerance: 0.5×10^-d×(n+1)，d 为本表最多小数位，n 为有数的分项数
-- false positives: 分项之和小于总额而表中未列其他资金的不提示
WITH part AS (
    -- a part may be told by sources of its own (中央, 地方) alone
    SELECT
        report_id, form_id, period, concept, max(form_places) AS places,
        coalesce(any_value(value) FILTER (item IS NULL), CASE WHEN concept <> 'project_funds_total' THEN sum(value) END) AS value,
        CASE WHEN count(value) FILTER (item IS NULL) > 0 THEN list(ref) FILTER (item IS NULL)
            ELSE list(ref) FILTER (value IS NOT NULL) END AS refs
    FROM audit.fact
    WHERE form_kind = 'project_evaluation'
        AND concept IN (
            'project_funds_total', 'project_funds_fiscal', 'project_funds_carryover', 'project_funds_special_account',
            'project_funds_unit', 'project_funds_other'
        )
    GROUP BY report_id, form_id, period, concept
),
row AS (
    SELECT
        report_id, form_id, period, max(places) AS places,
        any_value(value) FILTER (concept = 'project_funds_total') AS total,
        sum(value) FILTER (concept <> 'project_funds_total') AS parts,
        count(value) FILTER (concept <> 'project_funds_total') AS filled,
        bool_or(concept IN ('project_funds_other', 'project_funds_unit')) AS closed,
        list(refs) FILTER (value IS NOT NULL) AS refs
    FROM part
    GROUP BY ALL
)
SELECT
    report_id, form_id, period AS subject, parts AS expected, total AS actual, total - parts AS difference,
    audit.tol(places, filled) AS tolerance, list_sort(flatten(refs)) AS evidence,
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
