-- code: REV-02
-- class: C
-- severity: medium
-- title: 更正后得分改变而事实未变 · Scores changed between versions, facts did not
-- rule: 先后公布的同一张表，得分改变的，所列金额、指标值或完成值也有改变
-- tolerance: 无
-- false positives: 复核后调整评分
WITH row AS (
    SELECT
        lead, form_id,
        count(*) FILTER (field = 'score' OR concept IN ('total_score', 'execution_score')) AS scores,
        count(*) FILTER (
            field IN ('target', 'actual', 'weight')
            OR field = 'value' AND concept NOT IN ('total_score', 'execution_score')
        ) AS facts,
        any_value(old_value) FILTER (concept = 'total_score') AS old_total,
        any_value(new_value) FILTER (concept = 'total_score') AS new_total,
        list(DISTINCT indicator ORDER BY indicator) FILTER (field = 'score') AS names,
        flatten(list([old_ref, new_ref] ORDER BY old_ref, new_ref)
            FILTER (field = 'score' OR concept IN ('total_score', 'execution_score'))) AS evidence
    FROM audit.revision
    GROUP BY ALL
)
SELECT
    lead AS report_id, form_id, old_total AS expected, new_total AS actual, evidence,
    CASE WHEN scores > 0 AND facts = 0 THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '重新公布的报告有 {} 处得分改变{}{}，而所列金额、指标值和完成值均未改变，未见说明，建议核实。', scores,
        coalesce('（总分由 ' || audit.plain(old_total) || ' 改为 ' || audit.plain(new_total) || '）', ''),
        coalesce('：' || array_to_string(names[1:5], '、'), '')
    ) END AS message
FROM row
