-- code: XNT-10
-- class: R
-- severity: low
-- title: 年度目标在实际完成情况中未见回应 · A goal is not answered by what was done
-- rule: 每项预期目标在实际完成情况中有对应表述：目标列举三项以上的至少半数被提及；没有任何相同用字的视为未回应
-- tolerance: 列举项半数
-- false positives: 换一种说法的表述
WITH goal AS (
    SELECT
        *,
        bool_or(coalesce(actual, '') <> '') OVER (PARTITION BY form_id) AS told,
        regexp_extract(expected, '[\p{Han}]{2,}(?:、[\p{Han}]{2,6}){1,}(?:(?:和|及|与|以及)[\p{Han}]{2,6})?') AS listing,
        list_distinct(string_split(regexp_replace(expected, '[^\p{Han}]', '', 'g'), '')) AS characters
    FROM audit.goal
    WHERE length(expected) >= 6
),
item AS (
    SELECT
        *,
        list_transform(
            list_filter(regexp_split_to_array(listing, '、|和|及|与|以及'), lambda x: length(x) >= 2),
            lambda x, i: CASE WHEN i = 1 THEN right(x, 2) ELSE left(x, 2) END
        ) AS items
    FROM goal
)
SELECT
    report_id, form_id, '目标' || seq AS subject, [ref] AS evidence,
    CASE
        WHEN NOT told THEN 'insufficient_data'
        -- 已完成 answers any goal
        WHEN length(actual) < 12 AND regexp_matches(actual, '完成|达成|实现|已') THEN 'pass'
        WHEN len(list_filter(characters, lambda w: contains(coalesce(actual, ''), w))) = 0 THEN 'fail'
        WHEN len(items) >= 3 AND 2 * len(list_filter(items, lambda w: contains(coalesce(actual, ''), w))) < len(items) THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE WHEN status = 'fail' THEN CASE WHEN len(items) >= 3
        THEN format('年度目标“{}”列举 {} 项，实际完成情况中未见：{}，建议补充说明。', left(expected, 50), len(items),
            array_to_string(list_filter(items, lambda w: NOT contains(coalesce(actual, ''), w)), '、'))
        ELSE format('年度目标“{}”在实际完成情况中未见对应表述，建议补充说明。', left(expected, 50))
    END END AS message
FROM item
