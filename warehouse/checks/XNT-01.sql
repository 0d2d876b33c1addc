-- code: XNT-01
-- class: C
-- severity: high
-- title: 正文人员数与基础数据表不一致 · Staff in prose differ from the base data sheet
-- rule: 正文编制数、实有人数 = 基础数据表编制数、在职人数
-- tolerance: 无，人数须相等
-- false positives: 正文按不同口径（本级、含聘用、行政编制）表述的不比较
SELECT * FROM audit.prose_against_tables(['staff_authorized', 'staff_actual'])
