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
# 审计发现：按规则、按部门。A finding is a reason to look at the source, no verdict (建议核实). The county is invented.

# %%
import altair as alt
from charts import show

import warehouse

w = warehouse.connect()
w.sql("SELECT status, count(*) AS results FROM check_result GROUP BY ALL ORDER BY ALL")

# %%
found = w.sql(
    "SELECT 规则代码, 规则名称, 规则类别, 严重程度, count(*) AS 发现数, min(出处) AS 一处 FROM 审计发现 "
    "WHERE 人工标注 IS DISTINCT FROM '误报' GROUP BY ALL ORDER BY 发现数 DESC, 规则代码"
).astype({"发现数": "int64"})
if len(found):
    found["规则"] = found["规则代码"] + " " + found["规则名称"]
    show(
        alt.Chart(found.head(20), title="发现数，按规则")
        .mark_bar()
        .encode(
            x=alt.X("发现数:Q", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("规则:N", title=None, sort="-x"),
            color=alt.Color("严重程度:N"),
            tooltip=["规则", "规则类别", "严重程度", "发现数", "一处"],
        )
    )
found

# %%
w.sql(
    "SELECT 部门, 年度, 规则名称, 发现内容, 应为数, 所列数, 差额, 出处 FROM 审计发现 "
    "ORDER BY abs(差额) DESC NULLS LAST, 发现编号 LIMIT 10"
)

# %% [markdown]
# ## What each rule holds against what

# %%
w.sql("SELECT check_code, title, rule, tolerance, false_positives FROM check_rule ORDER BY check_code")
