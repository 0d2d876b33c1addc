# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     name: python3
#     display_name: Python 3
# ---

# %% [markdown]
# # One department, from figure to source
# 一个部门：从数字到出处。The county is invented (`make demo-county`); open another warehouse with `JIXIAO_DB`.

# %%
import altair as alt
from charts import show

import warehouse

w = warehouse.connect()
dept, name, year = w.con.execute(
    "SELECT dept_id, dept_name, fiscal_year FROM dept_year WHERE three_public IS NOT NULL AND execution IS NOT NULL "
    "ORDER BY fiscal_year DESC, execution DESC, dept_id LIMIT 1"
).fetchone()
name, year

# %% [markdown]
# ## The year at a glance

# %%
w.sql("SELECT * EXCLUDE (report_id, dept_id) FROM dept_year WHERE dept_id = ? AND fiscal_year = ?", [dept, year]).T

# %% [markdown]
# ## What was planned and what was spent

# %%
spread = w.sql(
    "SELECT coalesce(c.name_zh, f.concept) AS 科目, p.name_zh AS 期间, f.value AS 万元, f.source_file AS 文件, "
    "f.table_no AS 表, f.row_no AS 行, f.col_no AS 列, trim(f.raw_text) AS 原文 "
    "FROM fact AS f JOIN concept AS c USING (concept) JOIN code AS p ON p.code_list = 'period' AND p.code = f.period "
    "WHERE f.dept_id = ? AND f.fiscal_year = ? AND f.form_kind = 'base_data' AND f.item IS NULL AND f.value IS NOT NULL "
    "AND f.concept IN ('three_public_total', 'official_vehicle_total', 'official_reception', 'public_expense_total')",
    [dept, year],
    floats=True,
)
assert len(spread) >= 6
show(
    alt.Chart(spread, title=f"{name} {year}：预算与决算（万元）")
    .mark_bar()
    .encode(
        x=alt.X("万元:Q", title=None, axis=alt.Axis(tickCount=6)),
        y=alt.Y("期间:N", title=None, sort=["上年决算", "本年预算", "本年决算"]),
        color=alt.Color("期间:N", legend=None),
        row=alt.Row("科目:N", title=None, header=alt.Header(labelAngle=0, labelAlign="left", labelFontSize=12)),
        tooltip=["科目", "期间", "万元", "文件", "表", "行", "列", "原文"],
    )
    .resolve_scale(x="independent"),
    width=460,
)

# %% [markdown]
# ## Where a figure stands in the file

# %%
w.sql(
    "SELECT 指标概念, 期间, 数值, 单位, 来源文件, 页, 表序号, 表内行, 表内列, 文本行, 原文, 处理说明 FROM 数据来源 "
    "WHERE 部门编号 = ? AND 年度 = ? AND 表类型 = '基础数据表' AND 数值 IS NOT NULL LIMIT 8",
    [dept, year],
)
