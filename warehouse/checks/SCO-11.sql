-- code: SCO-11
-- class: R
-- severity: medium
-- title: 扣分未说明原因 · Points lost without a reason
-- rule: 得分低于分值的，偏差原因分析及改进措施应填写；上级指标的原因可填在其下级行
-- tolerance: 0.005 分
-- false positives: 原因单元格跨行合并（紧接已说明的扣分行的，不判）；表中没有原因栏的不判
WITH lost AS (
    SELECT
        *, score < weight - 0.005 AS has_lost,
        lag(score < weight - 0.005 AND reason_of_family IS NOT NULL) OVER (
            PARTITION BY form_id ORDER BY seq
        ) AS beside_a_reason
    FROM audit.score_row
    WHERE weight IS NOT NULL AND score IS NOT NULL AND NOT is_child AND NOT is_rubric
),
-- forms that print a column for the reason
asked AS (
    SELECT DISTINCT l.form_id
    FROM (
        SELECT DISTINCT form_id, document_id, table_no
        FROM lost
        WHERE has_lost AND NOT form_has_reasons AND reason_of_family IS NULL
    ) AS l
    JOIN warehouse.raw.cell AS c USING (document_id, table_no)
    WHERE (contains(c.text, '原') OR contains(c.text, '偏差') OR contains(c.text, '说明')) AND length(c.text) <= 40
    GROUP BY ALL
    HAVING bool_or(regexp_matches(audit.unspaced(c.text), '原因|偏差|说明'))
)
SELECT
    l.report_id, l.form_id, coalesce(l.name, '指标' || l.seq) AS subject, l.weight AS expected, l.score AS actual,
        [l.ref] AS evidence,
    CASE
        WHEN NOT l.has_lost OR l.reason_of_family IS NOT NULL THEN 'pass'
        WHEN coalesce(l.beside_a_reason, false) OR NOT (l.form_has_reasons OR a.form_id IS NOT NULL)
            THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '“{}”分值 {} 分，得分 {} 分，扣 {} 分，偏差原因分析及改进措施未见说明。',
        coalesce(l.name, '指标' || l.seq), audit.plain(l.weight), audit.plain(l.score), audit.plain(l.weight - l.score)
    ) END AS message
FROM lost AS l
LEFT JOIN asked AS a USING (form_id)
QUALIFY status = 'fail' OR row_number() OVER (PARTITION BY l.form_id, status) = 1
