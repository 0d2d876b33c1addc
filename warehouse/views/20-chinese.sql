-- The Chinese face: the same rows under Chinese names, codes in Chinese words.
CREATE OR REPLACE VIEW main.部门年度 AS
SELECT
    y.report_id AS 报告编号, y.dept_id AS 部门编号, y.dept_name AS 部门, d.division_name AS 行政区划,
    k.name_zh AS 机构类别, l.name_zh AS 层级, y.fiscal_year AS 年度,
    y.initial_budget AS 年初预算, y.full_year_budget AS 全年预算, y.execution AS 全年执行, y.execution_rate AS 执行率,
    y.basic_expenditure AS 基本支出, y.project_expenditure AS 项目支出, y.personnel_expense AS 人员经费,
    y.public_expense AS 公用经费, y.public_expense_prior AS 上年公用经费,
    y.three_public AS 三公经费, y.three_public_prior AS 上年三公经费,
    y.reception AS 公务接待费, y.reception_prior AS 上年公务接待费,
    y.staff_authorized AS 编制数, y.staff_actual AS 实际在职人数,
    y.total_score AS 总分, y.score_sum AS 得分合计, y.weight_sum AS 分值合计, y.execution_score AS 预算执行得分,
    y.grade AS 等级, y.findings_high AS 重要发现, y.findings_medium AS 中等发现, y.findings_low AS 轻微发现
FROM main.dept_year AS y
LEFT JOIN core.department AS d USING (dept_id)
LEFT JOIN core.code AS k ON k.code_list = 'organ_class' AND k.code = d.organ_class
LEFT JOIN core.code AS l ON l.code_list = 'level' AND l.code = d.level;
COMMENT ON VIEW main.部门年度 IS '部门年度一览，每个部门每年一行 · dept_year in Chinese: one row a department and year';

CREATE OR REPLACE VIEW main.指标 AS
SELECT
    i.report_id AS 报告编号, i.dept_id AS 部门编号, i.dept_name AS 部门, i.fiscal_year AS 年度,
    k.name_zh AS 表类型, i.project_name AS 项目, i.seq AS 次序, a.name_zh AS 一级指标, i.level1_raw AS 一级指标原文,
    i.level1_weight_declared AS 一级指标标明分值, b.name_zh AS 二级指标, i.level2_raw AS 二级指标原文, i.name AS 指标名称,
    i.target_raw AS 年度指标值, i.target_op AS 比较符, i.target_value AS 目标数值, i.target_high AS 目标上限,
    i.target_unit AS 目标单位, t.name_zh AS 目标类型, i.actual_raw AS 实际完成值, i.actual_value AS 完成数值,
    i.actual_unit AS 完成单位, i.weight AS 分值, i.score AS 得分, i.reason AS 偏差原因及改进措施, g.name_zh AS 方向,
    CASE WHEN i.met THEN '是' WHEN NOT i.met THEN '否' END AS 是否完成, i.criterion AS 评分标准,
    i.source_file AS 来源文件, i.page AS 页, i.table_no AS 表序号, i.row_no AS 表内行, i.line_no AS 文本行
FROM main.indicator AS i
LEFT JOIN core.code AS k ON k.code_list = 'form_kind' AND k.code = i.form_kind
LEFT JOIN core.code AS a ON a.code_list = 'level1' AND a.code = i.level1
LEFT JOIN core.code AS b ON b.code_list = 'level2' AND b.code = i.level2
LEFT JOIN core.code AS t ON t.code_list = 'target_kind' AND t.code = i.target_kind
LEFT JOIN core.code AS g ON g.code_list = 'direction' AND g.code = i.direction;
COMMENT ON VIEW main.指标 IS '绩效指标：指标值、实际完成值、分值、得分 · indicator in Chinese';

CREATE OR REPLACE VIEW main.审计发现 AS
SELECT
    f.finding_id AS 发现编号, f.report_id AS 报告编号, f.dept_id AS 部门编号, f.dept_name AS 部门, f.fiscal_year AS 年度,
    f.project_name AS 项目, f.check_code AS 规则代码, c.name_zh AS 规则类别, s.name_zh AS 严重程度, f.title AS 规则名称,
    f.subject AS 所涉对象, f.message AS 发现内容, f.expected AS 应为数, f.actual AS 所列数, f.difference AS 差额,
    f.tolerance AS 容差, f.rule AS 核对方法,
    array_to_string(list_transform(f.evidence, lambda e: concat_ws(
        ' ', e.source_file, '第' || e.page || '页', '表' || e.table_no, '第' || e.row_no || '行', '第' || e.col_no || '列',
        '文本第' || e.line_no || '行', e.label, '“' || trim(e.raw_text) || '”'
    )), '；') AS 出处,
    f.source_file AS 来源文件, m.name_zh AS 人工标注, f.mark_note AS 标注说明, f.marked_by AS 标注人, f.marked_at AS 标注时间
FROM main.finding AS f
LEFT JOIN core.code AS c ON c.code_list = 'check_class' AND c.code = f.check_class
LEFT JOIN core.code AS s ON s.code_list = 'severity' AND s.code = f.severity
LEFT JOIN core.code AS m ON m.code_list = 'mark' AND m.code = f.mark;
COMMENT ON VIEW main.审计发现 IS '审计发现：不一致之处、双方数字、差额与出处 · finding in Chinese';

-- one row a department and year: what is printed of 三公, the base data sheet before other places, and what follows
CREATE OR REPLACE VIEW main.三公经费 AS
WITH spread AS (
    SELECT
        report_id, dept_id, dept_name, fiscal_year, concept, source_file,
        prior_final AS prior, current_budget AS budget, current_final AS final
    FROM main.fact_wide
    WHERE form_kind <> 'project_evaluation' AND item IS NULL AND concept IN (
        'three_public_total', 'official_vehicle_total', 'official_vehicle_purchase', 'official_vehicle_operation',
        'overseas_travel', 'official_reception'
    )
    QUALIFY row_number() OVER (
        PARTITION BY dept_id, coalesce(fiscal_year, 0), concept ORDER BY form_kind <> 'base_data', form_kind, report_id
    ) = 1
),
side AS (
    SELECT
        min(report_id) AS report_id, dept_id, min(dept_name) AS dept_name, fiscal_year, min(source_file) AS source_file,
        any_value(prior) FILTER (concept = 'three_public_total') AS total_prior,
        any_value(budget) FILTER (concept = 'three_public_total') AS total_budget,
        any_value(final) FILTER (concept = 'three_public_total') AS total_final,
        any_value(prior) FILTER (concept = 'official_vehicle_total') AS vehicle_prior,
        any_value(budget) FILTER (concept = 'official_vehicle_total') AS vehicle_budget,
        any_value(final) FILTER (concept = 'official_vehicle_total') AS vehicle_final,
        any_value(prior) FILTER (concept = 'official_vehicle_purchase') AS purchase_prior,
        any_value(budget) FILTER (concept = 'official_vehicle_purchase') AS purchase_budget,
        any_value(final) FILTER (concept = 'official_vehicle_purchase') AS purchase_final,
        any_value(prior) FILTER (concept = 'official_vehicle_operation') AS operation_prior,
        any_value(budget) FILTER (concept = 'official_vehicle_operation') AS operation_budget,
        any_value(final) FILTER (concept = 'official_vehicle_operation') AS operation_final,
        any_value(prior) FILTER (concept = 'overseas_travel') AS overseas_prior,
        any_value(budget) FILTER (concept = 'overseas_travel') AS overseas_budget,
        any_value(final) FILTER (concept = 'overseas_travel') AS overseas_final,
        any_value(prior) FILTER (concept = 'official_reception') AS reception_prior,
        any_value(budget) FILTER (concept = 'official_reception') AS reception_budget,
        any_value(final) FILTER (concept = 'official_reception') AS reception_final
    FROM spread
    GROUP BY ALL
)
SELECT
    report_id AS 报告编号, dept_id AS 部门编号, dept_name AS 部门, fiscal_year AS 年度,
    total_prior AS 合计_上年决算, total_budget AS 合计_本年预算, total_final AS 合计_本年决算,
    total_final - total_prior AS 合计_增减,
    CAST(round((total_final - total_prior) * 100 / nullif(total_prior, 0), 2) AS DECIMAL(20, 2)) AS 合计_增减百分比,
    vehicle_prior AS 公车_上年决算, vehicle_budget AS 公车_本年预算, vehicle_final AS 公车_本年决算,
    vehicle_final - vehicle_prior AS 公车_增减,
    purchase_prior AS 公车购置_上年决算, purchase_budget AS 公车购置_本年预算, purchase_final AS 公车购置_本年决算,
    purchase_final - purchase_prior AS 公车购置_增减,
    operation_prior AS 公车运行_上年决算, operation_budget AS 公车运行_本年预算, operation_final AS 公车运行_本年决算,
    operation_final - operation_prior AS 公车运行_增减,
    overseas_prior AS 出国_上年决算, overseas_budget AS 出国_本年预算, overseas_final AS 出国_本年决算,
    overseas_final - overseas_prior AS 出国_增减,
    reception_prior AS 接待_上年决算, reception_budget AS 接待_本年预算, reception_final AS 接待_本年决算,
    reception_final - reception_prior AS 接待_增减,
    CAST(round((reception_final - reception_prior) * 100 / nullif(reception_prior, 0), 2) AS DECIMAL(20, 2))
        AS 接待_增减百分比,
    source_file AS 来源文件
FROM side;
COMMENT ON VIEW main.三公经费 IS '三公经费：合计与各项的上年决算、本年预算、本年决算及增减 · 三公 expenses: total and parts, prior final, budget, final and change';

CREATE OR REPLACE VIEW main.项目年度 AS
SELECT
    report_id AS 报告编号, dept_id AS 部门编号, dept_name AS 部门, fiscal_year AS 年度, project_name AS 项目,
    initial_budget AS 年初预算, full_year_budget AS 全年预算, execution AS 全年执行, execution_rate AS 执行率,
    initial_budget_of_parts AS 年初预算_各来源之和, full_year_budget_of_parts AS 全年预算_各来源之和,
    execution_of_parts AS 全年执行_各来源之和, execution_weight AS 执行率分值, execution_score AS 预算执行得分,
    total_weight AS 总分值, total_score AS 总分, score_sum AS 得分合计, weight_sum AS 分值合计, indicators AS 指标个数,
    grade AS 等级, source_file AS 来源文件
FROM main.project_year;
COMMENT ON VIEW main.项目年度 IS '项目年度一览：每个项目的资金与得分 · project_year in Chinese';

CREATE OR REPLACE VIEW main.数据来源 AS
SELECT
    f.fact_id AS 事实编号, f.report_id AS 报告编号, f.dept_id AS 部门编号, f.dept_name AS 部门, f.fiscal_year AS 年度,
    k.name_zh AS 表类型, f.project_name AS 项目, coalesce(c.name_zh, f.concept) AS 指标概念, f.item AS 明细项目,
    p.name_zh AS 期间, f.period_year AS 期间年份, f.value AS 数值, u.name_zh AS 单位, s.name_zh AS 取值状态,
    o.name_zh AS 来源类型, f.source_file AS 来源文件, f.page AS 页, f.table_no AS 表序号, f.row_no AS 表内行,
    f.col_no AS 表内列, f.line_no AS 文本行, f.raw_text AS 原文, f.row_label AS 行标签, f.column_label AS 列标签,
    f.treatment AS 处理说明
FROM main.fact AS f
LEFT JOIN core.concept AS c USING (concept)
LEFT JOIN core.code AS k ON k.code_list = 'form_kind' AND k.code = f.form_kind
LEFT JOIN core.code AS p ON p.code_list = 'period' AND p.code = f.period
LEFT JOIN core.code AS u ON u.code_list = 'unit' AND u.code = f.unit
LEFT JOIN core.code AS s ON s.code_list = 'fact_status' AND s.code = f.status
LEFT JOIN core.code AS o ON o.code_list = 'origin' AND o.code = f.origin;
COMMENT ON VIEW main.数据来源 IS '每个数字的出处：文件、页、表、行、列、原文 · the place of every figure, in Chinese';
