-- code: XNT-07
-- class: C
-- severity: high
-- title: 指标实际完成值与正文数字不一致 · An indicator's actual value differs from the prose
-- rule: 同一事项（名称去除动词后共有两个以上词、计量单位相同）的实际完成值 = 正文数字
-- tolerance: 双方各按所印小数位的半个单位
-- false positives: 正文数字之一相符或各项之和相符的不提示；正文说的是其中一部分的不提示，但部分大于整体的提示
WITH told AS (
    SELECT
        report_id, indicator_ref, any_value(form_id) AS form_id, any_value(seq) AS seq, any_value(name) AS name,
        any_value(actual_value) AS actual_value, any_value(ind) AS ind, max(tolerance) AS tolerance,
        bool_or(same AND (comparable OR indicator_unit IS NULL)) AS agreed,
        list(DISTINCT said) FILTER (comparable) AS values,
        sum(said) FILTER (comparable AND context = 'report') AS summed,
        bool_or(comparable AND equal_core) AS equal_core,
        bool_or(comparable AND (equal_core OR narrower)) AS narrower,
        list(DISTINCT said) FILTER (comparable AND (equal_core OR narrower)) AS same_things,
        list(figure_ref ORDER BY context DESC, figure_ref) FILTER (comparable AND (equal_core OR narrower)) AS refs,
        max_by(sentence, context || figure_ref) FILTER (comparable AND (equal_core OR narrower)) AS sentence,
        max_by(value, context || figure_ref) FILTER (comparable AND (equal_core OR narrower)) AS value,
        bool_or(regexp_matches(sentence, '其中|平均|人均|近年|历年|以来|截至')) FILTER (comparable AND equal_core) AS doubt
    FROM audit.matched
    GROUP BY report_id, indicator_ref
)
SELECT
    report_id, form_id, seq || ' ' || name AS subject, CAST(value AS DECIMAL(20, 6)) AS expected, actual_value AS actual,
    tolerance, [indicator_ref] || refs AS evidence,
    CASE
        WHEN agreed THEN 'pass'
        WHEN values IS NULL THEN 'not_applicable'
        WHEN abs(summed - ind) <= tolerance * len(values) THEN 'pass'
        WHEN len(same_things) = 1 AND (
            (equal_core AND NOT coalesce(doubt, FALSE)) OR (narrower AND same_things[1] > ind)
        ) THEN 'fail'
        ELSE 'insufficient_data'
    END AS status,
    CASE WHEN status = 'fail' THEN format(
        '表内数据与正文不一致：指标“{}”实际完成值为 {}，正文为 {}（“{}”），相差 {}，建议核实。',
        name, audit.plain(actual_value), audit.plain(value), left(sentence, 80), audit.signed(actual_value - value)
    ) END AS message
FROM told
