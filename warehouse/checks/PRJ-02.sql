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
        max(value) FILTER (concept = 'project_funds_total' AND item IS NULL) AS total,
        -- a part may be told by sources of its own (中央, 地方) alone
        [
            coalesce(
                max(value) FILTER (concept = 'project_funds_fiscal' AND item IS NULL), sum(value) FILTER (concept = 'project_funds_fiscal')
            ),
            coalesce(
                max(value) FILTER (concept = 'project_funds_carryover' AND item IS NULL), sum(value) FILTER (concept = 'project_funds_carryover')
            ),
            coalesce(
                max(value) FILTER (concept = 'project_funds_special_account' AND item IS NULL), sum(value) FILTER (concept = 'project_funds_special_account')
            ),
            coalesce(
                max(value) FILTER (concept = 'project_funds_unit' AND item IS NULL), sum(value) FILTER (concept = 'project_funds_unit')
            ),
            coalesce(
                max(value) FILTER (concept = 'project_funds_other' AND item IS NULL), sum(value) FILTER (concept = 'project_funds_other')
            )
        ] AS amounts,
        bool_or(concept IN ('project_funds_other', 'project_funds_unit')) AS closed,
        list(ref) FILTER (value IS NOT NULL) AS refs
    FROM audit.fact
    WHERE form_kind = 'project_evaluation'
        AND concept IN (
            'project_funds_total', 'project_funds_fiscal', 'project_funds_carryover', 'project_funds_special_account',
            'project_funds_unit', 'project_funds_other'
        )
    GROUP BY report_id, form_id, period
),
summed AS (
    SELECT *, list_sum(amounts) AS parts, len(list_filter(amounts, lambda x: x IS NOT NULL)) AS filled
    FROM row
)
SELECT
    report_id, form_id, period AS subject, CAST(parts AS DECIMAL(20, 6)) AS expected, total AS actual, CAST(total - parts AS DECIMAL(20, 6)) AS difference,
    audit.tol(places, filled) AS tolerance, list_sort(refs) AS evidence,
    CASE
        WHEN total IS NULL AND parts IS NULL THEN 'not_applicable'
        WHEN total IS NULL OR parts IS NULL THEN 'insufficient_data'
        WHEN abs(total - parts) <= audit.tol(places, filled) THEN 'pass'
        WHEN parts < total AND NOT closed THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：项目年度资金总额（{}）为 {} 万元，其中各项之和 {} 万元，相差 {} 万元，建议核实。',
        audit.period_zh(period), audit.plain(total), audit.plain(parts), audit.signed(total - parts)
    ) END AS message
FROM summed
