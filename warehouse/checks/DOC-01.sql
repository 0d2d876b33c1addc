-- code: DOC-01
-- class: R
-- severity: high
-- title: 报告组成部分不全 · A part of the report is missing
-- rule: 湖南省部门（代码 43 开头，或已附基础数据表而地区不明）：基础数据表、部门整体支出绩效自评表、自评报告三者齐全
-- tolerance: 同一部门同一年度分多个文件公开的合并核对
-- false positives: 其他省份不要求基础数据表；只公开项目自评表的不核对
WITH held AS (
    -- what stands in the same file under another name is there
    SELECT DISTINCT d.report_id, m.form_kind
    FROM audit.document AS d
    JOIN core.report AS r USING (document_id)
    JOIN core.form AS m ON m.report_id = r.report_id AND m.is_current
),
part AS (
    SELECT
        m.report_id, count(*) FILTER (m.form_kind = 'base_data') AS base_data,
        count(*) FILTER (m.form_kind = 'department_evaluation') AS department_evaluation,
        count(*) FILTER (m.form_kind = 'narrative') AS narrative, any_value(f.form_id) AS form_id, any_value(f.ref) AS ref,
        any_value(f.second) AS second,
        concat_ws(
            '、', CASE WHEN bool_or(m.form_kind = 'base_data') THEN '基础数据表' END,
            CASE WHEN bool_or(m.form_kind = 'department_evaluation') THEN '自评表' END,
            CASE WHEN bool_or(m.form_kind = 'narrative') THEN '自评报告' END,
            CASE WHEN bool_or(m.form_kind = 'project_evaluation') THEN '项目自评表' END
        ) AS present
    FROM held AS m
    JOIN (
        SELECT report_id, arg_min(form_id, form_no) AS form_id, arg_min(ref, form_no) AS ref,
            -- an evaluation form that is annex 2, where annex 1 is not there
            bool_or(form_kind = 'department_evaluation' AND attachment = '附件2') AND NOT bool_or(coalesce(attachment, '') = '附件1') AS second
        FROM audit.form
        GROUP BY report_id
    ) AS f USING (report_id)
    GROUP BY m.report_id
),
asked AS (
    SELECT
        p.*, r.dept_name, r.division_code LIKE '43%' OR (
            r.division_code IS NULL AND (p.base_data > 0 OR p.second)
        ) AS hunan
    FROM part AS p
    JOIN audit.report AS r USING (report_id)
    WHERE p.base_data + p.department_evaluation + p.narrative > 0
),
test AS (
    SELECT *, unnest(['base_data', 'department_evaluation', 'narrative']) AS kind FROM asked
)
SELECT
    report_id, form_id, kind AS subject, [ref] AS evidence,
    CASE
        WHEN CASE kind WHEN 'base_data' THEN base_data WHEN 'narrative' THEN narrative ELSE department_evaluation END > 0 THEN 'pass'
        -- without a name its parts in other files are not known
        WHEN dept_name IS NULL THEN 'insufficient_data'
        WHEN hunan THEN 'fail'
        ELSE 'not_applicable'
    END AS status,
    CASE WHEN status = 'fail' THEN format('报告仅见{}，未见{}，建议核实是否另行公开。', present,
        CASE kind WHEN 'base_data' THEN '部门整体支出绩效评价基础数据表' WHEN 'narrative' THEN '部门整体支出绩效自评报告'
            ELSE '部门整体支出绩效自评表' END) END AS message
FROM test
