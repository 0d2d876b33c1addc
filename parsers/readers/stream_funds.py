"""Rows of amounts out of a stream: a label and the values behind it, up to the next label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers.readers.dump import CellLines
from parsers.readers.said import Said

_NO_ROW = frozenset(
    {"department", "project", "competent_department", "implementing_unit", "goals", "goal_expected", "goal_actual",
     "indicators", "by_revenue", "by_spending", "total", "remark", "grade"}
)  # fmt: skip


class FundsRow(NamedTuple):
    """A label with the values that follow it."""

    label: Said
    values: list[Said]
    end: int

    def laid_out(self, columns: int) -> list[list[CellLines]]:
        """The row where it has a value for each column, blanks counted; else each of its cells alone."""
        cells = [self.label, *self.values]
        if len(self.values) == columns:
            return [[cell.cell for cell in cells]]
        return [[cell.cell] for cell in cells]


def funds_rows(cells: Sequence[Said], at: int, columns: int) -> Iterator[FundsRow]:
    """The rows from a cell on; a row holds a value at least."""
    while True:
        while at < len(cells) and cells[at].is_blank:
            at += 1
        if at >= len(cells):
            return
        label = cells[at]
        if label.is_value or label.names_column or label.label in _NO_ROW:
            return
        end = at + 1
        while end < len(cells) and cells[end].is_value:
            end += 1
        values = list(cells[at + 1 : end])
        while len(values) > columns and values[-1].is_blank:
            values.pop()  # they stand in front of the next row, below a caption
        if not values:
            return
        yield FundsRow(label, values, end)
        at = end
