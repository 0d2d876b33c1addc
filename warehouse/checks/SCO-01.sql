-- code: SCO-01
-- class: E
-- severity: high
-- title: 得分超出分值范围 · Score outside its points
-- rule: 0 ≤ 得分 ≤ 分值，逐指标、预算执行和总分核对
-- tolerance: 0
-- false positives: 含加分项的地方评分办法
WITH scored AS (
    SELECT report_id, form_id, coalesce(name, '指标' || seq) AS subject, weight, score, [ref] AS evidence
    FROM audit.score_row
    WHERE weight IS NOT NULL AND score IS NOT NULL
    UNION ALL
    SELECT report_id, form_id, '预算执行', execution_weight, execution_score, list_concat(weight_refs, score_refs)
    FROM audit.score_form
    WHERE execution_weight IS NOT NULL AND execution_score IS NOT NULL
    UNION ALL
    SELECT report_id, form_id, '总分', total_weight, total_score, list_concat(weight_refs, score_refs)
    FROM audit.score_form
    WHERE total_weight IS NOT NULL AND total_score IS NOT NULL
)
SELECT
    report_id, form_id, subject, CASE WHEN score < 0 THEN 0 ELSE weight END AS expected, score AS actual, evidence,
    CASE WHEN score BETWEEN 0 AND weight THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据不一致：“{}”得分 {} 不在 0 至分值 {} 之间，建议核实。', subject, audit.plain(score), audit.plain(weight)
    ) END AS message
FROM scored
WHERE status = 'fail'
UNION ALL BY NAME
SELECT report_id, form_id, 'pass' AS status FROM scored GROUP BY report_id, form_id
