# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     name: python3
#     display_name: Python 3
# ---

# %% [markdown]
# # Across departments
# 横向比较：执行率、三公经费、人均公用经费、得分分布。The county is invented.

# %%
import altair as alt
from charts import show

import warehouse

w = warehouse.connect()
(year,) = w.con.execute("SELECT max(fiscal_year) FROM dept_year").fetchone()
rows = w.sql(
    "SELECT y.dept_name, y.report_id, y.execution_rate, y.full_year_budget, y.execution, y.three_public, "
    "y.three_public_prior, y.public_expense, y.staff_actual, y.total_score, k.name_zh AS 机构类别 "
    "FROM dept_year AS y JOIN department AS d USING (dept_id) "
    "JOIN code AS k ON k.code_list = 'organ_class' AND k.code = d.organ_class WHERE y.fiscal_year = ?",
    [year],
    floats=True,
)
assert len(rows) >= 20
len(rows)

# %%
lowest = rows.nsmallest(15, "execution_rate")
show(
    alt.Chart(lowest, title=f"{year} 年执行率最低的 15 个部门（%）")
    .mark_circle(size=110)
    .encode(
        x=alt.X(
            "execution_rate:Q", title="执行率（%）", scale=alt.Scale(zero=False, padding=12), axis=alt.Axis(tickCount=6)
        ),
        y=alt.Y("dept_name:N", title=None, sort="x"),
        tooltip=["dept_name", "execution_rate", "full_year_budget", "execution", "report_id"],
    )
)

# %%
three = rows.dropna(subset=["three_public", "three_public_prior"])
top = three.nlargest(12, "three_public")[["dept_name", "three_public_prior", "three_public", "report_id"]]
long = top.melt(id_vars=["dept_name", "report_id"], var_name="期间", value_name="万元")
long["期间"] = long["期间"].map({"three_public_prior": "上年决算", "three_public": "本年决算"})
show(
    alt.Chart(long, title=f"{year} 年三公经费最多的 12 个部门（万元）")
    .mark_bar()
    .encode(
        x=alt.X("万元:Q", axis=alt.Axis(tickCount=6, format="d")),
        y=alt.Y("dept_name:N", title=None, sort="-x"),
        yOffset=alt.YOffset("期间:N", sort=["上年决算", "本年决算"]),
        color=alt.Color("期间:N", title=None, sort=["上年决算", "本年决算"]),
        tooltip=["dept_name", "期间", "万元", "report_id"],
    )
)

# %%
rows["人均公用经费"] = rows["public_expense"] / rows["staff_actual"]
show(
    alt.Chart(rows.dropna(subset=["人均公用经费"]), title=f"{year} 年人均公用经费，按机构类别（万元）")
    .mark_circle(size=80, opacity=0.75)
    .encode(
        x=alt.X("人均公用经费:Q", title="人均公用经费（万元）", axis=alt.Axis(tickCount=8)),
        y=alt.Y("机构类别:N", title=None),
        color=alt.Color("机构类别:N", legend=None),
        tooltip=["dept_name", "人均公用经费", "public_expense", "staff_actual", "report_id"],
    )
)

# %%
show(
    alt.Chart(rows.dropna(subset=["total_score"]), title=f"{year} 年自评总分分布")
    .mark_bar(color="#6b8f71")
    .encode(
        x=alt.X("total_score:Q", bin=alt.Bin(step=1), title="总分", axis=alt.Axis(format="d")),
        y=alt.Y("count():Q", title="部门数", axis=alt.Axis(tickMinStep=1)),
    )
)
