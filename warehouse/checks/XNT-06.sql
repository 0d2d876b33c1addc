-- code: XNT-06
-- class: C
-- severity: medium
-- title: 正文三公经费与基础数据表不一致 · Three public expenses in prose differ from the base data sheet
-- rule: 正文三公经费及其分项 = 基础数据表本年决算数
-- tolerance: 双方各按所印小数位的半个单位
-- false positives: 仅指本级或某一资金来源的不比较
SELECT * FROM audit.prose_against_tables([
    'three_public_total', 'official_vehicle_total', 'official_vehicle_purchase', 'official_vehicle_operation',
    'overseas_travel', 'official_reception'
])
