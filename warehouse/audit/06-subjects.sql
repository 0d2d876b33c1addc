-- Which figures of prose speak of what an indicator speaks of: pairs that share words of two characters, other than
-- verbs of doing and words of the department's own name. `ind` and `said` are in one base unit.
CREATE OR REPLACE MACRO audit.subject_core(name) AS
    regexp_replace(
        regexp_replace(
            regexp_replace(name, '[^\p{Han}]|[（(]含[^）)]*[）)]', '', 'g'),
            '^(?:全年|本年|一年来|年度|年内|全部|共计?|总共|累计|实际|各类|其中|截至|已)+', ''
        ),
        '开展|完成|组织|实施|推进|落实|举办|召开|新增|新建|建成|提供|发放|办理|接待|进行|实现|加强|(?:总)?(?:数量|次数|场次|人数|家数|户数|条数|件数|里程|长度|面积|金额|数|个数|轮次)$|的', '', 'g'
    );

CREATE OR REPLACE MACRO audit.subject_words(core) AS
    list_distinct(list_transform(range(1, greatest(length(core), 1)), lambda i: substr(core, i, 2)));

-- base unit and how many of it: 万人 is 10000 人, 亿元 is 10000 万元, 名 is 人
CREATE OR REPLACE MACRO audit.unit_base(unit) AS
    CASE
        WHEN unit IN ('wan_yuan', '元', '万元', '亿元') THEN '万元'
        WHEN unit IN ('percent', '%') THEN '%'
        WHEN unit IN ('人', '名', '万人', 'person') THEN '人'
        WHEN unit LIKE '万_%' THEN substr(unit, 2)
        ELSE unit
    END;
CREATE OR REPLACE MACRO audit.unit_size(unit) AS
    CASE WHEN unit = '元' THEN 0.0001 WHEN unit = '亿元' THEN 10000 WHEN unit IN ('wan_yuan', '万元') THEN 1
        WHEN unit LIKE '万_%' THEN 10000 ELSE 1 END;

CREATE OR REPLACE TABLE audit.matched AS
-- numbered, as millions of pairs of words are counted by number many times faster than by reference
WITH ind AS (
    SELECT
        row_number() OVER () AS ind_no, i.report_id, i.ref AS indicator_ref, i.form_id, i.seq, i.name, i.actual_value, coalesce(i.actual_unit, i.target_unit) AS unit,
        CAST(i.actual_value AS DOUBLE) * audit.unit_size(coalesce(i.actual_unit, i.target_unit)) AS ind,
        0.5 * power(10, -length(regexp_extract(i.actual_raw, '[.．](\d+)', 1))) * audit.unit_size(coalesce(i.actual_unit, i.target_unit)) AS half,
        audit.subject_core(i.name) AS core, coalesce(r.dept_name, '') || coalesce(r.alias, '') AS own_name
    FROM audit.indicator AS i
    JOIN audit.report AS r USING (report_id)
    WHERE i.actual_value IS NOT NULL
        AND NOT regexp_matches(i.actual_raw, '[≥≤><＞＜⩾⩽≧≦]|以上|以下|以内|不低于|不少于|不超过')
        AND NOT contains(coalesce(i.actual_unit, i.target_unit, ''), '/')
),
figure AS (
    SELECT
        row_number() OVER () AS figure_no, report_id, ref AS figure_ref, context, value, unit, sentence, subject, audit.subject_core(subject) AS core,
        CAST(value AS DOUBLE) * audit.unit_size(unit) AS said,
        0.5 * power(10, -length(regexp_extract(snippet, '[.．](\d+)\D*$', 1)))
        * CASE printed_unit WHEN '亿元' THEN 10000 WHEN '元' THEN 0.0001 ELSE 1 END AS half
    FROM audit.figure
    WHERE tense = 'current' AND NOT approximate AND context IN ('report', 'goal_actual') AND length(subject) > 1
        AND report_id IN (SELECT report_id FROM ind)
        -- amounts and staff of the department are held against its tables (05-prose), not against indicators
        AND (concept IS NULL OR NOT (
            starts_with(concept, 'share_') OR starts_with(concept, 'staff_') OR starts_with(concept, 'carry_over')
            OR concept IN (
                'basic_expenditure', 'project_expenditure', 'personnel_expense', 'public_expense_total', 'fixed_assets_total',
                'total_score', 'internal_divisions', 'subordinate_units'
            )
        ))
),
shared AS (
    SELECT i.ind_no, f.figure_no, count(*) AS words
    FROM (
        SELECT report_id, ind_no, word
        FROM (SELECT report_id, ind_no, own_name, unnest(audit.subject_words(core)) AS word FROM ind)
        WHERE NOT contains(own_name, word)
    ) AS i
    JOIN (SELECT report_id, figure_no, unnest(audit.subject_words(core)) AS word FROM figure) AS f USING (report_id, word)
    GROUP BY ALL
)
SELECT
    i.report_id, i.indicator_ref, i.form_id, i.seq, i.name, i.actual_value, i.unit AS indicator_unit, i.ind,
    f.figure_ref, f.value, f.unit AS figure_unit, f.said, f.sentence, f.context, s.words, i.half + f.half AS tolerance,
    abs(i.ind - f.said) <= i.half + f.half AND (i.unit IS NULL OR audit.unit_base(i.unit) = audit.unit_base(f.unit)) AS same,
    -- both count the same things, or the indicator bears no unit and the figure is a count
    CASE
        WHEN i.unit IS NULL THEN f.unit NOT IN ('percent', 'wan_yuan') AND NOT contains(i.name, '率')
        ELSE audit.unit_base(i.unit) = audit.unit_base(f.unit)
    END AS comparable,
    i.core = f.core AS equal_core,
    -- the figure speaks of the same head with more words: of a part of what the indicator counts, or of the same
    CASE
        WHEN length(f.core) > length(i.core) AND right(f.core, 2) = right(i.core, 2)
            THEN list_has_all(string_split(f.core, ''), string_split(i.core, ''))
        ELSE FALSE
    END AS narrower
FROM shared AS s
JOIN ind AS i USING (ind_no)
JOIN figure AS f USING (figure_no)
WHERE s.words >= 2;
