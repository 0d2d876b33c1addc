-- code: SCO-12
-- class: R
-- severity: medium
-- title: 定性指标得分不在所述档次内 · Score of a qualitative indicator outside its band
-- rule: 达成 80%（含）–100%，部分达成并具有一定效果 60%（含）–80%，未达成且效果较差 0–60%
-- tolerance: 0.005 分
-- false positives: 地方分档计分；措辞不属三档的不判
WITH worded AS (
    SELECT
        report_id, form_id, seq, ref, name, actual_raw, weight, score,
        CASE
            WHEN regexp_matches(plain_actual, '^(部分|基本)(达成|完成|实现|达到|达标)|^未(全部|完全)') THEN 'partly'
            WHEN regexp_matches(plain_actual, '^(未|没有|未能|尚未)(达成|完成|实现|达到|达标)') THEN 'missed'
            WHEN met THEN 'met'
        END AS class
    FROM (
        SELECT *, audit.unspaced(actual_raw) AS plain_actual
        FROM audit.score_row
        WHERE target_kind IN ('qualitative', 'text') AND weight > 0 AND score IS NOT NULL AND NOT is_rubric
            AND NOT no_actual
    )
),
banded AS (
    SELECT *,
        CASE class WHEN 'met' THEN 0.8 WHEN 'partly' THEN 0.6 ELSE 0 END * weight AS low,
        CASE class WHEN 'met' THEN 1 WHEN 'partly' THEN 0.8 ELSE 0.6 END * weight AS high
    FROM worded
    WHERE class IS NOT NULL
)
SELECT
    report_id, form_id, name AS subject, CASE WHEN score < low THEN low ELSE high END AS expected, score AS actual,
    0.005 AS tolerance, [ref] AS evidence, CASE WHEN score BETWEEN low - 0.005 AND high + 0.005 THEN 'pass'
        ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format(
        '“{}”实际完成值“{}”，分值 {} 分，对应档次 {}–{} 分，自评 {} 分，不在档次内，建议核实。',
        name, actual_raw, audit.plain(weight), audit.plain(low), audit.plain(high), audit.plain(score)
    ) END AS message
FROM banded
WHERE status = 'fail'
UNION ALL BY NAME
SELECT report_id, form_id, 'pass' AS status FROM banded GROUP BY report_id, form_id
