CREATE OR REPLACE VIEW main.concept AS
SELECT concept, name_zh, name_en FROM core.concept;
COMMENT ON VIEW main.concept IS '概念代码与名称 · concept codes with their names';
