# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     name: python3
#     display_name: Python 3
# ---

# %% [markdown]
# # Data quality
# 数据质量：归入率、未归入的数字、未入库的文件。The county is invented.

# %%
import altair as alt
from charts import show

import warehouse

w = warehouse.connect()
state = w.sql(
    "SELECT k.name_zh AS 状态, d.format AS 格式, count(*) AS 文件数, sum(numbers)::BIGINT AS 数字, "
    "sum(numbers_mapped)::BIGINT AS 已归入 FROM document AS d "
    "JOIN code AS k ON k.code_list = 'document_status' AND k.code = d.status GROUP BY ALL ORDER BY ALL"
)
assert int(state["文件数"].sum()) > 0
state

# %%
show(
    alt.Chart(state.astype({"文件数": "int64"}), title="文件，按状态与格式")
    .mark_bar()
    .encode(
        x=alt.X("文件数:Q", axis=alt.Axis(tickMinStep=1, tickCount=8)),
        y=alt.Y("格式:N", title=None),
        color=alt.Color("状态:N", title=None),
        tooltip=["状态", "格式", "文件数"],
    )
)

# %%
w.sql("SELECT reason, raw_text, count(*) AS times FROM unmapped GROUP BY ALL ORDER BY times DESC, raw_text LIMIT 15")

# %%
w.sql(
    "SELECT source_file, status, reason_code, reason FROM document WHERE status IN ('rejected', 'quarantined') LIMIT 15"
)

# %% [markdown]
# ## How many departments print each figure

# %%
filled = w.sql(
    "SELECT c.name_zh AS 概念, count(*) FILTER (f.status = 'value') AS 有值, "
    "count(*) FILTER (f.status = 'blank') AS 空白, count(*) FILTER (f.status = 'not_applicable') AS 不适用 "
    "FROM fact AS f JOIN concept AS c USING (concept) WHERE f.form_kind = 'base_data' AND f.period = 'current_final' "
    "GROUP BY ALL ORDER BY 有值 DESC, 概念"
)
long = filled.melt(id_vars="概念", var_name="状态", value_name="格数").astype({"格数": "int64"})
long["次序"] = long["状态"].map({"有值": 0, "空白": 1, "不适用": 2})
show(
    alt.Chart(long, title="基础数据表本年决算栏：有值、空白、不适用")
    .mark_bar()
    .encode(
        x="格数:Q",
        y=alt.Y("概念:N", title=None, sort=filled["概念"].tolist()),
        color=alt.Color("状态:N", title=None, sort=["有值", "空白", "不适用"]),
        order="次序:Q",
        tooltip=["概念", "状态", "格数"],
    )
)
