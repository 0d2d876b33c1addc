-- code: TRD-01
-- class: R
-- severity: medium
-- title: 三公经费比上年增加 · Three public expenses rose
-- rule: 三公经费本年决算数不高于上年决算数（只减不增）
-- tolerance: 0.5×10^-d×2，d 为本表最多小数位
-- false positives: 公务用车按规定更新、经批准的出国（境）任务等政策性因素
WITH row AS (
    SELECT
        report_id, form_id, max(form_places) AS places,
        any_value(value) FILTER (concept = 'three_public_total' AND period = 'prior_final') AS prior,
        any_value(value) FILTER (concept = 'three_public_total' AND period = 'current_final') AS current,
        any_value(status) FILTER (concept = 'three_public_total' AND period = 'current_final') AS current_status,
        coalesce(any_value(value) FILTER (concept = 'official_reception' AND period = 'current_final'), 0)
            - coalesce(any_value(value) FILTER (concept = 'official_reception' AND period = 'prior_final'), 0) AS reception,
        list(ref ORDER BY ref) FILTER (concept = 'three_public_total') AS evidence
    FROM audit.fact
    WHERE concept IN ('three_public_total', 'official_reception') AND period IN ('prior_final', 'current_final')
        AND form_kind = 'base_data' AND item IS NULL
    GROUP BY ALL
)
SELECT
    report_id, form_id, prior AS expected, current AS actual, audit.tol(places, 1) AS tolerance, evidence,
    report_id IN (SELECT report_id FROM audit.reformed) AS scope_changed,
    CASE
        WHEN prior IS NULL AND current IS NULL THEN 'not_applicable'
        WHEN prior IS NULL OR current IS NULL THEN 'insufficient_data'
        WHEN current - prior <= audit.tol(places, 1) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '三公经费本年决算数 {} 万元，上年决算数 {} 万元，增加 {} 万元{}{}，建议核实。',
        audit.plain(current), audit.plain(prior), audit.plain(current - prior),
        coalesce('（' || audit.signed(audit.percent(current - prior, prior)) || '%）', ''),
        CASE WHEN reception = current - prior THEN '，均为公务接待费' ELSE '' END
    ) END AS message
FROM row
