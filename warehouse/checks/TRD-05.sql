-- code: TRD-05
-- class: S
-- severity: medium
-- title: 未列明细的公用经费增加 · The part of public expense without detail grew
-- rule: 公用经费减去其中各项后的余额：占比上升不超过 20 个百分点，且金额增加不超过 50%（或不超过 0.5 万元）；两年所列各项相同才核对
-- tolerance: 无
-- false positives: 其中各项只列部分，余额本为劳务费、委托业务费等正常支出
WITH row AS (
    SELECT
        report_id, form_id,
        any_value(value) FILTER (concept = 'public_expense_total' AND period = 'prior_final') AS total_before,
        any_value(value) FILTER (concept = 'public_expense_total' AND period = 'current_final') AS total,
        sum(value) FILTER (concept <> 'public_expense_total' AND period = 'prior_final') AS parts_before,
        sum(value) FILTER (concept <> 'public_expense_total' AND period = 'current_final') AS parts,
        list(concept ORDER BY concept) FILTER (value IS NOT NULL AND period = 'prior_final') AS filled_before,
        list(concept ORDER BY concept) FILTER (value IS NOT NULL AND period = 'current_final') AS filled,
        list(ref ORDER BY ref) FILTER (value IS NOT NULL) AS evidence
    FROM audit.fact
    WHERE concept IN (
            'public_expense_total', 'public_expense_office', 'public_expense_utilities_travel',
            'public_expense_meeting_training'
        )
        AND period IN ('prior_final', 'current_final') AND form_kind = 'base_data' AND item IS NULL
    GROUP BY ALL
),
rest AS (
    SELECT
        *, total_before - parts_before AS rest_before, total - parts AS rest,
        audit.percent(total_before - parts_before, total_before) AS share_before, audit.percent(total - parts, total) AS share
    FROM row
)
SELECT
    report_id, form_id, rest_before AS expected, rest AS actual, evidence,
    report_id IN (SELECT report_id FROM audit.reformed) AS scope_changed,
    CASE
        WHEN total IS NULL AND total_before IS NULL OR parts IS NULL AND parts_before IS NULL THEN 'not_applicable'
        WHEN rest IS NULL OR rest_before IS NULL OR filled <> filled_before OR total <= 0 OR total_before <= 0
            OR rest < 0 OR rest_before < 0 THEN 'insufficient_data'
        WHEN rest - rest_before > 0.5 AND (share - share_before > 20 OR rest > rest_before * 1.5) THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '公用经费中未列明细的部分：上年 {} 万元（占 {}%），本年 {} 万元（占 {}%），增加 {} 万元{}，建议核实去向。',
        audit.plain(rest_before), audit.plain(share_before), audit.plain(rest), audit.plain(share),
        audit.plain(rest - rest_before),
        coalesce('（' || audit.signed(audit.percent(rest - rest_before, rest_before)) || '%）', '')
    ) END AS message
FROM rest
