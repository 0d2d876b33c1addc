"""Rows without any cell, as a damaged PDF gives them; found by fuzzing the ingest."""

from __future__ import annotations

from parsers.document import Cell, Document, Place, Table
from parsers.forms.recognise import recognise

HEADER = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
ROW = ("产出指标", "数量指标", "培训人次", "≥3人次", "4人次", "10", "10")


def test_row_without_cells_under_an_indicator_header_is_passed_over() -> None:
    cells = [Cell(0, col, text, Place(table=1, row=1, col=col + 1)) for col, text in enumerate(HEADER)]
    cells += [Cell(2, col, text, Place(table=1, row=3, col=col + 1)) for col, text in enumerate(ROW)]
    table = Table(1, tuple(cells), 3, len(HEADER), Place(table=1))
    (form,) = recognise(Document("pdf", (table,))).forms
    assert [indicator.name for indicator in form.indicators] == ["培训人次"]
