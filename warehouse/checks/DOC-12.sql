-- code: DOC-12
-- class: C
-- severity: high
-- title: 正文自称与本部门不符 · Prose speaks of itself as another department
-- rule: 正文单位概况开头的自称全称（“……（以下简称……）”）为本部门；“我局”“我委”“我院”等自称与部门名称相符
-- tolerance: 简称、更名含于全称即为相符
-- false positives: 正文引用其他单位；仅自称用字不符为中等
WITH opening AS (
    SELECT
        s.report_id, s.form_id, s.ref, s.heading,
        regexp_extract(ltrim(s.text), '^([^，。；：、（(\n《“]{4,40})[（(]以下(?:统一)?简称[“"：:]?([^）)”"]{2,20})', 1) AS named,
        regexp_extract(ltrim(s.text), '^([^，。；：、（(\n《“]{4,40})[（(]以下(?:统一)?简称[“"：:]?([^）)”"]{2,20})', 2) AS short
    FROM audit.section AS s
    WHERE s.form_kind = 'narrative' AND contains(left(s.text, 60), '简称') AND regexp_matches(s.heading, '概况|基本情况|职责|职能')
),
organ AS (
    SELECT
        o.*, r.dept_name, regexp_replace(o.named, '^20\d\d年度?', '') AS full_name
    FROM opening AS o
    JOIN audit.report AS r USING (report_id)
    WHERE r.dept_name IS NOT NULL
        AND regexp_matches(o.named, '(?:局|委|办|办公室|院|会|中心|府|社|部|厅|站|所|校|学|队|馆|场|处|园)$')
),
-- 本单位某县某局: the name that follows the self-reference is another department's of the same place
own_name AS (
    SELECT
        s.report_id, s.form_id, s.ref, s.heading, r.dept_name,
        regexp_extract(
            s.text,
            '(?:本单位|我单位|本部门|我部门|本局|我局|本委|我委|我院|我镇)((?:中共)?[\p{Han}]{3,24}?(?:局|委员会|办公室|医院|检察院|法院|中心|人民政府|联合会|办事处|总工会|党校|学校|中学|小学|幼儿园|图书馆|文化馆|档案馆|研究所|服务站|供销社|大队|组织部|宣传部|统战部|人武部))',
            1
        ) AS full_name
    FROM audit.section AS s
    JOIN audit.report AS r USING (report_id)
    WHERE s.form_kind = 'narrative' AND r.dept_name IS NOT NULL AND (
        contains(s.text, '本单位') OR contains(s.text, '我单位') OR contains(s.text, '本部门') OR contains(s.text, '我部门')
        OR contains(s.text, '本局') OR contains(s.text, '我局') OR contains(s.text, '本委') OR contains(s.text, '我委')
        OR contains(s.text, '我院') OR contains(s.text, '我镇')
    )
),
word AS (SELECT * FROM (VALUES ('我局', '局'), ('我委', '委'), ('我院', '院'), ('我镇', '镇'), ('我厅', '厅')) AS w(self, organ)),
spoken AS (
    SELECT
        p.report_id, p.form_id, w.self, r.dept_name, contains(p.text, w.self) AS said,
        contains(r.dept_name, w.organ) OR contains(coalesce(r.alias, ''), w.organ) AS own
    FROM audit.prose AS p
    JOIN audit.report AS r USING (report_id)
    CROSS JOIN word AS w
    WHERE r.dept_name IS NOT NULL AND contains(p.text, w.self)
),
named AS (
    SELECT report_id, form_id, ref, dept_name, full_name, format('“{}”以“{}”（简称{}）开头', heading, full_name, short) AS said
    FROM organ
    UNION ALL
    SELECT report_id, form_id, ref, dept_name, full_name, format('“{}”部分自称“{}”', heading, full_name)
    FROM own_name
    WHERE full_name <> '' AND contains(dept_name, left(replace(full_name, '中共', ''), 3))
)
SELECT
    report_id, form_id, full_name AS subject, 'high' AS severity, [ref] AS evidence,
    CASE
        WHEN CASE WHEN length(full_name) <= length(dept_name)
            THEN list_has_all(string_split(dept_name, ''), string_split(full_name, ''))
            ELSE list_has_all(string_split(full_name, ''), string_split(dept_name, '')) END THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN status = 'fail' THEN format('正文自称与本部门不符：{}，本报告部门为“{}”，建议核实。', said, dept_name) END AS message
FROM named
UNION ALL BY NAME
SELECT
    s.report_id, s.form_id, s.self AS subject, 'medium' AS severity, [m.ref] AS evidence,
    CASE WHEN s.own THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN status = 'fail' THEN format('正文自称与本部门不符：正文自称“{}”，本报告部门为“{}”，建议核实。', s.self, s.dept_name) END AS message
FROM spoken AS s
JOIN audit.form AS m USING (form_id)
