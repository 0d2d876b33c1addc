"""Charts of the notebooks: Chinese labels everywhere, a picture for pages that run nothing, tooltips where one can."""

from __future__ import annotations

import base64
from typing import Any

import altair as alt
import vl_convert
from IPython.display import display

FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, Source Han Sans SC, Noto Serif CJK SC, sans-serif"
COLOURS = ["#2f5d8a", "#c8553d", "#6b8f71", "#d9a441", "#7a6c9d", "#5b6876"]


def show(chart: Any, width: int = 620) -> None:
    """Show a chart as a picture, and as a live chart with tooltips where the page can draw it."""
    styled = (
        chart.properties(width=width)
        .configure(font=FONT, range={"category": COLOURS})
        .configure_axis(labelLimit=340, labelFontSize=12, titleFontSize=12, gridColor="#e6eaef")
        .configure_title(fontSize=15, anchor="start")
        .configure_view(stroke=None)
    )
    spec = styled.to_dict()
    png = vl_convert.vegalite_to_png(styled.to_json(), scale=1.5)
    live = f"application/vnd.vegalite.v{alt.SCHEMA_VERSION.lstrip('v').split('.')[0]}+json"
    display({"image/png": base64.b64encode(png).decode(), live: spec, "text/plain": "chart"}, raw=True)
