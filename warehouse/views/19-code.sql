CREATE OR REPLACE VIEW main.code AS
SELECT code_list, code, name_zh, name_en FROM core.code;
COMMENT ON VIEW main.code IS '代码表：每个代码的中英文含义 · code lists: what every code means';

-- departments with a report that was taken; the registry may know more
CREATE OR REPLACE VIEW main.department AS
SELECT d.dept_id, d.name AS dept_name, d.division_code, d.division_name, d.level, d.organ_class, d.registered
FROM core.department AS d;
COMMENT ON VIEW main.department IS '部门：规范名称、行政区划、层级、机构类别 · departments: canonical name, division, level, class';
