-- code: XNT-02
-- class: C
-- severity: high
-- title: 正文基本支出、项目支出与自评表不一致 · Basic and project expenditure in prose differ from the form
-- rule: 正文基本支出、项目支出 = 自评表按支出性质分的基本支出、项目支出
-- tolerance: 双方各按所印小数位的半个单位
-- false positives: 自评表按预算口径填列的不比较；仅指一般公共预算且部门另有资金的不比较
SELECT * FROM audit.prose_against_tables(['basic_expenditure', 'project_expenditure', 'personnel_expense'])
