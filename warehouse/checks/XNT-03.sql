-- code: XNT-03
-- class: C
-- severity: high
-- title: 正文公用经费与基础数据表不一致 · Public expense in prose differs from the base data sheet
-- rule: 正文公用经费 = 基础数据表公用经费本年决算数
-- tolerance: 双方各按所印小数位的半个单位
-- false positives: 仅指本级或某一资金来源的不比较
SELECT * FROM audit.prose_against_tables(['public_expense_total'])
