# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     name: python3
#     display_name: Python 3
# ---

# %% [markdown]
# # Year over year
# 纵向比较：趋势、上年数对照、逐年照抄的指标。The county is invented.

# %%
import altair as alt
from charts import show

import warehouse

w = warehouse.connect()
trend = w.sql(
    "SELECT fiscal_year, sum(full_year_budget) AS 全年预算, sum(execution) AS 全年执行, sum(three_public) AS 三公经费, "
    "count(*) AS departments FROM dept_year WHERE fiscal_year IS NOT NULL GROUP BY 1 ORDER BY 1",
    floats=True,
)
assert len(trend) >= 2
trend

# %%
long = trend.melt(id_vars=["fiscal_year"], value_vars=["全年预算", "全年执行"], var_name="项目", value_name="万元")
show(
    alt.Chart(long, title="各部门合计：全年预算与执行（万元）")
    .mark_line(point=True)
    .encode(
        x=alt.X("fiscal_year:O", title="年度", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("万元:Q", scale=alt.Scale(zero=False)),
        color=alt.Color("项目:N", title=None, sort=["全年预算", "全年执行"]),
        tooltip=["fiscal_year", "项目", "万元"],
    )
)

# %% [markdown]
# ## This year's prior-year final beside last year's final

# %%
held = w.sql("SELECT fiscal_year, difference = 0 AS 一致, count(*) AS 行数 FROM restatement GROUP BY ALL ORDER BY ALL")
held

# %%
w.sql(
    "SELECT dept_name, fiscal_year, concept, item, last_final, prior_final, difference, source_file FROM restatement "
    "WHERE difference <> 0 ORDER BY abs(difference) DESC LIMIT 20"
)

# %% [markdown]
# ## Indicators with the name, target and actual of the year before

# %%
copied = w.sql(
    "SELECT n.dept_name AS 部门, n.fiscal_year AS 年度, count(*) AS 指标数, any_value(n.source_file) AS 文件 "
    "FROM indicator AS n JOIN indicator AS b ON b.dept_id = n.dept_id AND b.fiscal_year = n.fiscal_year - 1 "
    "AND b.name = n.name AND b.target_raw = n.target_raw AND b.actual_raw = n.actual_raw "
    "AND b.form_kind = 'department_evaluation' WHERE n.form_kind = 'department_evaluation' "
    "GROUP BY ALL ORDER BY 指标数 DESC, 部门, 年度 LIMIT 15"
)
show(
    alt.Chart(copied.astype({"指标数": "int64", "年度": "int64"}), title="与上年完全相同的指标数")
    .mark_bar()
    .encode(
        x=alt.X("指标数:Q", axis=alt.Axis(tickMinStep=1)),
        y=alt.Y("部门:N", title=None, sort="-x"),
        color=alt.Color("年度:N"),
        tooltip=["部门", "年度", "指标数", "文件"],
    )
)
