-- Words that checks share. Tolerances follow the decimals that are printed.
CREATE OR REPLACE MACRO audit.tol(places, addends) AS
    CAST(0.5 * power(10, -places) * (addends + 1) AS DECIMAL(20, 6));

-- 263.38 for 263.380000
CREATE OR REPLACE MACRO audit.plain(number) AS
    rtrim(rtrim(CAST(CAST(number AS DECIMAL(20, 6)) AS VARCHAR), '0'), '.');

-- +13.32, -2
CREATE OR REPLACE MACRO audit.signed(number) AS
    CASE WHEN number > 0 THEN '+' ELSE '' END || rtrim(rtrim(CAST(CAST(number AS DECIMAL(20, 6)) AS VARCHAR), '0'), '.');

CREATE OR REPLACE MACRO audit.percent(part, whole) AS
    CAST(round(100 * CAST(part AS DOUBLE) / nullif(CAST(whole AS DOUBLE), 0), 2) AS DECIMAL(20, 2));

-- A stated percentage holds where what it stands for, give or take half a unit of its last place, meets what the two
-- amounts allow, each give or take half a unit of its own; one that was cut instead of rounded holds too.
CREATE OR REPLACE MACRO audit.share_holds(stated, stated_places, part, part_places, whole, whole_places) AS (
    CAST(stated AS DOUBLE) - 0.5 * power(10, -stated_places) - 1e-9
        <= 100 * (CAST(part AS DOUBLE) + 0.5 * power(10, -part_places))
            / nullif(greatest(CAST(whole AS DOUBLE) - 0.5 * power(10, -whole_places), 0), 0)
    AND CAST(stated AS DOUBLE) + power(10, -stated_places) + 1e-9
        >= 100 * (CAST(part AS DOUBLE) - 0.5 * power(10, -part_places))
            / nullif(CAST(whole AS DOUBLE) + 0.5 * power(10, -whole_places), 0)
);

CREATE OR REPLACE MACRO audit.period_zh(period) AS
    CASE period
        WHEN 'prior_final' THEN '上年决算数' WHEN 'current_budget' THEN '本年预算数' WHEN 'current_final' THEN '本年决算数'
        WHEN 'initial_budget' THEN '年初预算数' WHEN 'full_year_budget' THEN '全年预算数' WHEN 'received' THEN '到位数'
        WHEN 'execution' THEN '全年执行数' WHEN 'instant_current' THEN '年末数' WHEN 'annual' THEN '本年数' ELSE period
    END;

-- decimals of an amount in 万元: 2.7亿元 is exact to a thousand
CREATE OR REPLACE MACRO audit.places(printed_unit, raw_text, decimals) AS
    CASE
        WHEN printed_unit = '亿元' THEN length(regexp_extract(raw_text, '[.](\d+)', 1)) - 4
        ELSE coalesce(decimals, 0)
    END;

-- decimals of an amount said in prose, in 万元: of the number that ends its snippet
CREATE OR REPLACE MACRO audit.said_places(snippet, printed_unit) AS
    length(regexp_extract(snippet, '[.](\d+)[^0-9.]*$', 1))
    + CASE printed_unit WHEN '亿元' THEN -4 WHEN '元' THEN 4 ELSE 0 END;

-- whose funds: 部门整体支出, 项目“…”
CREATE OR REPLACE MACRO audit.whose(form_kind, project_name) AS
    CASE form_kind
        WHEN 'department_evaluation' THEN '部门整体支出' ELSE '项目' || coalesce('“' || project_name || '”', '')
    END;
