-- code: XNT-04
-- class: C
-- severity: high
-- title: 正文整体支出与全年执行数不一致 · Total expenditure in prose differs from execution
-- rule: 正文整体支出 = 自评表年度资金总额全年执行数
-- tolerance: 双方各按所印小数位的半个单位
-- false positives: 支出总计含结转结余的不比较
SELECT * FROM audit.prose_against_tables(['total_expenditure'])
