-- code: DOC-04
-- class: C
-- severity: high
-- title: 单位名称不一致 · Names of the department do not agree
-- rule: 自评表部门（单位）名称 = 报告标题中的单位名称（去除空格、代码和行政区前缀后，简称含于全称即为相符）
-- tolerance: 简称、规范简称视为相符
-- false positives: 机构更名、合并
WITH titled AS (
    SELECT
        report_id, form_id, ref,
        regexp_extract(
            regexp_replace(audit.tight(title), '^(?:关于)?(?:[二〇○零一]{4}|20\d\d)年?度?', ''),
            '^(.{4,40}?)(?:(?:[二〇○零一]{4}|20\d\d)年?度?)?(?:部门)?(?:预算)?整体(?:预算)?支出.*报告', 1
        ) AS name
    FROM audit.form
    WHERE form_kind = 'narrative' AND title IS NOT NULL
),
tabled AS (
    SELECT
        report_id, ref,
        regexp_replace(audit.tight(beside), '^[0-9]{3,}[-—_]?|[-—_]?[0-9]{3,}$|^[0-9]+[-—_]', '', 'g') AS name
    FROM audit.printed
    WHERE in_table AND beside IS NOT NULL
        AND regexp_matches(audit.tight(text), '^(?:[省市县区]级)?(?:预算)?(?:部门|单位|部门（单位）|部门\(单位\)|预算单位|部门单位)名称[:：]?$')
),
pair AS (
    SELECT
        t.report_id, t.form_id, t.ref AS title_ref, n.ref AS cell_ref, t.name AS titled, n.name AS tabled,
        regexp_matches(t.name, '(?:局|委|办|办公室|院|会|中心|府|社|部|厅|站|所|校|学|队|馆|场|处|园)$')
        AND regexp_matches(n.name, '(?:局|委|办|办公室|院|会|中心|府|社|部|厅|站|所|校|学|队|馆|场|处|园)$')
        AND NOT regexp_matches(t.name || n.name, '[、，,;；/]|本级|及') AS whole,
        CASE WHEN length(t.name) <= length(n.name)
            THEN list_has_all(string_split(n.name, ''), string_split(t.name, ''))
            ELSE list_has_all(string_split(t.name, ''), string_split(n.name, ''))
        END AS agree,
        r.alias
    FROM titled AS t
    JOIN tabled AS n USING (report_id)
    JOIN audit.report AS r USING (report_id)
    WHERE length(t.name) >= 4 AND length(n.name) >= 3
)
SELECT
    report_id, form_id, tabled AS subject, [title_ref, cell_ref] AS evidence,
    CASE
        WHEN agree OR list_has_all(string_split(titled, ''), string_split(coalesce(alias, '□'), '')) AND tabled = alias THEN 'pass'
        WHEN NOT whole THEN 'insufficient_data'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format('单位名称不一致：报告标题为“{}”，自评表填列为“{}”，建议核实。', titled, tabled) END AS message
FROM pair
QUALIFY row_number() OVER (PARTITION BY report_id, titled, tabled ORDER BY cell_ref) = 1
