-- How points are shared out and which grade a score earns: data, by region and year, from scoring_schemes.csv.
CREATE TABLE IF NOT EXISTS core.scoring_scheme (
    region VARCHAR NOT NULL,
    year_from INTEGER,
    year_to INTEGER,
    form_kind VARCHAR,
    scheme VARCHAR NOT NULL,
    execution DECIMAL(20, 6),
    output DECIMAL(20, 6),
    benefit DECIMAL(20, 6),
    satisfaction DECIMAL(20, 6),
    cost DECIMAL(20, 6),
    process DECIMAL(20, 6),
    decision DECIMAL(20, 6),
    binding BOOLEAN NOT NULL,
    excellent DECIMAL(20, 6) NOT NULL,
    good DECIMAL(20, 6) NOT NULL,
    fair DECIMAL(20, 6) NOT NULL,
    source VARCHAR
);
COMMENT ON TABLE core.scoring_scheme IS '评分办法：分值结构与等次界限，按地区和年度 · points by level and grade bands by region and year';
