-- What prose states of the department's own year beside what its tables state: one row a figure of prose.
-- A figure that may cover less than the table does (本级, 一般公共预算 where there are other funds) is `narrow`.
CREATE OR REPLACE TABLE audit.stated AS
WITH fact AS (
    SELECT *, CASE concept WHEN 'funds_total' THEN 'total_expenditure' ELSE concept END AS meant
    FROM audit.fact
    WHERE is_printed AND (
        (form_kind = 'base_data' AND concept IN ('staff_authorized', 'staff_actual'))
        OR (form_kind = 'base_data' AND period = 'current_final' AND concept IN (
            'public_expense_total', 'three_public_total', 'official_vehicle_total', 'official_vehicle_purchase',
            'official_vehicle_operation', 'overseas_travel', 'official_reception'
        ))
        OR (form_kind = 'department_evaluation' AND period IN ('annual', 'execution', 'full_year_budget', 'initial_budget')
            AND concept IN ('basic_expenditure', 'project_expenditure', 'funds_total'))
        OR (form_kind = 'department_evaluation' AND concept IN ('personnel_expense') AND period IN ('annual', 'execution'))
    )
),
-- 基本支出 and 项目支出 without a period are on the basis of the budget where they sum to it and not to what was spent
basis AS (
    SELECT
        form_id,
        sum(value) FILTER (concept <> 'funds_total' AND period = 'annual') AS parts,
        max(value) FILTER (concept = 'funds_total' AND period = 'execution') AS spent,
        list(value) FILTER (concept = 'funds_total' AND period <> 'execution') AS budgets,
        max(form_places) AS places, bool_or(value IS NULL) AS doubt
    FROM fact
    WHERE concept IN ('basic_expenditure', 'project_expenditure', 'funds_total')
    GROUP BY form_id
)
SELECT
    f.report_id, f.meant AS concept, arg_min(f.form_id, f.fact_no) AS form_id, min(f.value) AS value, max(f.value) AS highest,
    arg_min(f.ref, f.fact_no) AS ref, min(f.form_kind) AS form_kind, max(coalesce(f.form_places, f.places)) AS places,
    -- of a sum of which one number is not known the basis cannot be told
    bool_or(f.concept <> 'funds_total' AND f.period = 'annual' AND coalesce(b.doubt, FALSE)
        AND coalesce(abs(b.parts - b.spent) > audit.tol(b.places, 2), TRUE)) AS unsettled
FROM fact AS f
LEFT JOIN basis AS b USING (form_id)
WHERE f.period NOT IN ('full_year_budget', 'initial_budget') AND f.value IS NOT NULL
    AND NOT (
        f.concept IN ('basic_expenditure', 'project_expenditure') AND f.period = 'annual' AND b.spent IS NOT NULL
        AND abs(b.parts - b.spent) > audit.tol(b.places, 2)
        AND len(list_filter(b.budgets, lambda x: abs(x - b.parts) <= audit.tol(b.places, 2))) > 0
    )
GROUP BY f.report_id, f.meant;

CREATE OR REPLACE TABLE audit.said AS
WITH figure AS (
    SELECT
        *,
        length(regexp_extract(snippet, '[.．](\d+)\D*$', 1))
        + CASE printed_unit WHEN '亿元' THEN -4 WHEN '元' THEN 4 ELSE 0 END AS places
    FROM audit.figure
    WHERE concept IN (
        'staff_authorized', 'staff_actual', 'basic_expenditure', 'project_expenditure', 'personnel_expense',
        'public_expense_total', 'total_expenditure', 'three_public_total', 'official_vehicle_total',
        'official_vehicle_purchase', 'official_vehicle_operation', 'overseas_travel', 'official_reception'
    )
        AND context = 'report' AND tense = 'current' AND NOT approximate AND unit IN ('wan_yuan', 'person')
)
SELECT
    f.report_id, f.form_id, f.ref, f.concept, f.value, f.unit, f.places, f.subject, f.sentence, f.section,
    coalesce(top.heading, '') AS top_heading, split_part(f.section, '.', 1) AS top,
    concat_ws(' ', f.subject, f.sentence, own.heading, top.heading) AS around
FROM figure AS f
LEFT JOIN (SELECT form_id, number, arg_min(heading, seq) AS heading FROM audit.section GROUP BY ALL) AS top
    ON top.form_id = f.form_id AND top.number = split_part(f.section, '.', 1)
LEFT JOIN (SELECT form_id, number, arg_min(heading, seq) AS heading FROM audit.section GROUP BY ALL) AS own
    ON own.form_id = f.form_id AND own.number = f.section;

CREATE OR REPLACE TABLE audit.compared AS
WITH other_funds AS (
    SELECT report_id, sum(value) AS value, bool_or(is_printed AND value IS NULL) AS doubt
    FROM audit.fact
    WHERE form_kind = 'department_evaluation' AND period IN ('annual', 'execution')
        AND concept IN ('revenue_government_fund', 'revenue_special_account_nontax', 'revenue_other')
    GROUP BY report_id
),
pair AS (
    SELECT
        t.report_id, t.concept, t.form_id, t.value AS stated, t.ref AS stated_ref, t.form_kind, s.value AS said,
        s.ref AS said_ref, s.sentence, s.unit,
        CAST(0.5 * power(10, -t.places) + 0.5 * power(10, -s.places) AS DECIMAL(20, 6)) AS tolerance,
        t.highest > t.value OR t.unsettled AS divided,
        -- words that say that the figure covers something else than the whole department in the whole year
        (regexp_matches(s.around, '本级|下属|所属|二级|直属|汇总|上半年|下半年|季度|其中：?财政拨款|人均|平均')
        OR (s.concept = 'total_expenditure' AND regexp_matches(s.around, '收支总计|收入总计|结余分配|年末结转|含结转|收入支出总计'))
        OR (s.concept IN ('staff_authorized', 'staff_actual') AND regexp_matches(s.around, '机关编制|行政编制|事业编制|其中|含|包括|另有|聘用|临聘|截至|目前'))) AS narrow,
        -- the part that one fund paid for, where there are others that may have paid the rest
        regexp_matches(s.around, '一般公共预算|财政拨款|公共财政') AND s.value < t.value
        AND (t.value - s.value <= coalesce(o.value, 0) + 0.01 OR coalesce(o.doubt, FALSE)) AS one_fund,
        s.form_id AS prose_form, s.top
    FROM audit.stated AS t
    JOIN audit.prose AS p USING (report_id)
    LEFT JOIN audit.said AS s ON s.report_id = t.report_id AND s.concept = t.concept
    LEFT JOIN other_funds AS o ON o.report_id = t.report_id
),
-- a part of the prose that states one amount of the whole department speaks of the whole department
judged AS (
    SELECT
        *, narrow OR (one_fund AND NOT coalesce(
            bool_or(unit = 'wan_yuan' AND abs(said - stated) <= tolerance) OVER (PARTITION BY prose_form, top), FALSE
        )) AS doubtful
    FROM pair
)
SELECT
    report_id, any_value(form_id) AS form_id, concept, said AS actual, any_value(stated) AS expected,
    max(tolerance) AS tolerance, any_value(unit) AS unit, any_value(form_kind) AS form_kind,
    [any_value(stated_ref)] || list(said_ref ORDER BY said_ref) AS evidence,
    min(sentence) AS sentence,
    CASE
        WHEN said IS NULL THEN 'insufficient_data'
        WHEN bool_or(divided) THEN 'insufficient_data'
        WHEN abs(said - any_value(stated)) <= max(tolerance) THEN 'pass'
        WHEN bool_and(doubtful) THEN 'insufficient_data'
        ELSE 'fail'
    END AS status
FROM judged
GROUP BY report_id, concept, said;

-- The rows of a check that holds prose against tables.
CREATE OR REPLACE MACRO audit.prose_against_tables(concepts) AS TABLE
SELECT
    c.report_id, c.form_id, c.concept AS subject, c.status, c.expected, c.actual, c.actual - c.expected AS difference,
    c.tolerance, c.evidence,
    format(
        '正文与表内数据不一致：{}正文为 {} {}（“{}”），{}为 {} {}，正文减表内相差 {} {}，建议核实。',
        n.name_zh, audit.plain(c.actual), u.zh, left(c.sentence, 60),
        CASE c.form_kind WHEN 'base_data' THEN '基础数据表' ELSE '自评表' END,
        audit.plain(c.expected), u.zh, audit.signed(c.actual - c.expected), u.zh
    ) AS message
FROM audit.compared AS c
JOIN core.concept AS n USING (concept)
JOIN (VALUES ('wan_yuan', '万元'), ('person', '人')) AS u(unit, zh) ON u.unit = coalesce(c.unit, 'wan_yuan')
WHERE list_contains(concepts, c.concept);
