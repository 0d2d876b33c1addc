-- What the codes mean: one row a list and code, filled from codes.csv.
CREATE TABLE IF NOT EXISTS core.code (
    code_list VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL
);
COMMENT ON TABLE core.code IS '代码表：每个代码的中英文含义 · code lists: what every code means';
