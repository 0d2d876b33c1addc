# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     name: python3
#     display_name: Python 3
# ---

# %% [markdown]
# # Findings
# 审计发现：按规则、按部门、按年度。A finding is a reason to look at the source, no verdict (建议核实). The county is invented.

# %%
import altair as alt
from charts import show

import warehouse

w = warehouse.connect()
w.sql(
    "SELECT k.name_zh AS 结论, count(*) AS 规则乘报告数, count(DISTINCT report_id) AS 报告数 FROM check_result "
    "JOIN code AS k ON k.code_list = 'check_status' AND k.code = status GROUP BY ALL ORDER BY ALL"
)

# %% [markdown]
# ## By rule
# Marked false alarms are left out. Hints (提示) are many by nature and stand in the table below, not in the chart.

# %%
GRADES = ["重要", "中等", "轻微"]
COLOURS = alt.Scale(domain=GRADES, range=["#c8553d", "#d9a441", "#2f5d8a"])
found = w.sql(
    "SELECT 规则代码, 规则名称, 规则类别, 严重程度, count(*) AS 发现数, min(出处) AS 一处 FROM 审计发现 "
    "WHERE 人工标注 IS DISTINCT FROM '误报' GROUP BY ALL ORDER BY 发现数 DESC, 规则代码"
).astype({"发现数": "int64"})
found["规则"] = found["规则代码"] + " " + found["规则名称"]
graded = found[found["严重程度"].isin(GRADES)].head(25)
bars = alt.Chart(graded, title="发现数，按规则（提示除外，最多 25 条规则）").encode(
    x=alt.X("发现数:Q", axis=alt.Axis(tickMinStep=1, tickCount=8)),
    y=alt.Y("规则:N", title=None, sort=graded["规则"].tolist()),
    tooltip=["规则", "规则类别", "严重程度", "发现数", "一处"],
)
show(
    bars.mark_bar().encode(color=alt.Color("严重程度:N", sort=GRADES, scale=COLOURS))
    + bars.mark_text(align="left", dx=4, fontSize=11).encode(text="发现数:Q")
)

# %%
found.drop(columns=["规则", "一处"])

# %% [markdown]
# ## By department

# %%
of_departments = w.sql(
    "SELECT *, sum(发现数) OVER (PARTITION BY 部门) AS 合计 FROM ("
    "SELECT 部门, 规则类别, count(*) AS 发现数, min(出处) AS 一处 FROM 审计发现 "
    "WHERE 人工标注 IS DISTINCT FROM '误报' AND 严重程度 <> '提示' GROUP BY ALL) ORDER BY 合计 DESC, 部门, 规则类别"
).astype({"发现数": "int64", "合计": "int64"})
most = of_departments["部门"].drop_duplicates().head(20).tolist()
shown = of_departments[of_departments["部门"].isin(most)]
cells = alt.Chart(shown, title="发现最多的 20 个部门，按规则类别（提示除外）").encode(
    x=alt.X("规则类别:N", title=None, axis=alt.Axis(labelAngle=0, orient="top")),
    y=alt.Y("部门:N", title=None, sort=most),
    tooltip=["部门", "规则类别", "发现数", "一处"],
)
show(
    cells.mark_rect().encode(color=alt.Color("发现数:Q", scale=alt.Scale(scheme="oranges", domainMin=0)))
    + cells.mark_text(fontSize=11).encode(
        text="发现数:Q",
        color=alt.condition(alt.datum.发现数 > shown["发现数"].max() * 0.6, alt.value("white"), alt.value("#222")),
    )
)

# %% [markdown]
# ## By year

# %%
by_year = w.sql(
    "SELECT 年度, 严重程度, count(*) AS 发现数, count(DISTINCT 部门编号) AS 部门数 FROM 审计发现 "
    "WHERE 人工标注 IS DISTINCT FROM '误报' AND 严重程度 <> '提示' AND 年度 IS NOT NULL GROUP BY ALL ORDER BY ALL"
).astype({"年度": "int64", "发现数": "int64", "部门数": "int64"})
show(
    alt.Chart(by_year, title="发现数，按年度与严重程度（提示除外）")
    .mark_bar(size=18)
    .encode(
        x=alt.X("发现数:Q", axis=alt.Axis(tickMinStep=1, tickCount=8)),
        y=alt.Y("年度:O", title=None),
        yOffset=alt.YOffset("严重程度:N", sort=GRADES),
        color=alt.Color("严重程度:N", sort=GRADES, scale=COLOURS),
        tooltip=["年度", "严重程度", "发现数", "部门数"],
    )
)

# %% [markdown]
# ## The largest differences

# %%
w.sql(
    "SELECT 部门, 年度, 规则名称, 发现内容, 应为数, 所列数, 差额, 出处 FROM 审计发现 "
    "ORDER BY abs(差额) DESC NULLS LAST, 发现编号 LIMIT 10"
)

# %% [markdown]
# ## What each rule holds against what

# %%
w.sql("SELECT check_code, title, rule, tolerance, false_positives FROM check_rule ORDER BY check_code")
