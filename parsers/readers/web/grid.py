"""Rows of `td` and `th` as a grid: the table model of HTML, with spans that no file can blow up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex
from lxml import etree

from parsers.reasons import Reason, UnreadableError

Element = etree._Element

MAX_COL_SPAN = 1_000
"""What browsers allow; a row span ends with its group of rows at the latest."""
MAX_POSITIONS = 2_000_000

_SPAN = regex.compile(r"\s*\+?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the grid position and the spans that it really has."""

    element: Element
    row: int
    col: int
    row_span: int
    col_span: int


@dataclass(slots=True)
class Grid:
    """The cells of a table, and where a span had to be cut."""

    cells: list[Placed]
    n_rows: int
    n_cols: int
    cut: list[tuple[int, int]]


def grid_of(table: Element) -> Grid:
    """Lay the rows of a table out. A cell takes the next free positions; a span that runs into others is cut."""
    placed: list[Placed] = []
    cut: list[tuple[int, int]] = []
    taken: set[tuple[int, int]] = set()
    row = width = 0
    for group in _groups(table):
        end = row + len(group)
        for line in group:
            col = 0
            for cell in line:
                if cell.tag not in {"td", "th"}:
                    continue
                while (row, col) in taken:
                    col += 1
                high, wide = _span(cell.get("rowspan"), 1), max(_span(cell.get("colspan"), 1), 1)
                high = end - row if high == 0 else high
                fits_high, fits_wide = min(high, end - row), min(wide, MAX_COL_SPAN)
                fits_wide = next((w for w in range(fits_wide) if (row, col + w) in taken), fits_wide)
                if (fits_high, fits_wide) != (high, wide):
                    cut.append((row, col))
                if len(taken) + fits_high * fits_wide > MAX_POSITIONS:
                    raise UnreadableError(
                        Reason.TOO_LARGE, f"a table of more than {MAX_POSITIONS:,} positions in the page"
                    )
                taken.update((r, c) for r in range(row, row + fits_high) for c in range(col, col + fits_wide))
                placed.append(Placed(cell, row, col, fits_high, fits_wide))
                col += fits_wide
            width = max(width, col)
            row += 1
    return Grid(placed, row, width, cut)


def _groups(table: Element) -> Iterator[list[Element]]:
    """Groups of rows: a row span never leaves its group. Rows beside groups are one group with their neighbours."""
    head = [child for child in table if child.tag == "thead"]
    foot = [child for child in table if child.tag == "tfoot"]
    for part in head:
        yield [row for row in part if row.tag == "tr"]
    loose: list[Element] = []
    for child in table:
        if child.tag == "tr":
            loose.append(child)
        elif child.tag == "tbody":
            if loose:
                yield loose
                loose = []
            yield [row for row in child if row.tag == "tr"]
    if loose:
        yield loose
    for part in foot:
        yield [row for row in part if row.tag == "tr"]


def _span(text: str | None, otherwise: int) -> int:
    found = _SPAN.match(text or "")
    return int(found[1]) if found else otherwise
