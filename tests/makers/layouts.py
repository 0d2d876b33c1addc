"""Lays a text dump out as the document it once was: tables with the merges that the dump does not tell.

The rules are those by which such forms are drawn: rows of equal length share their columns, a short row widens its
inner cells, an empty label cell below a label is the merge of that label, the numbers of the total row stand under
their columns. Tests hold that the forms of a document so rebuilt give what the dump gives.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from parsers.characters import blank_residue
from parsers.document import Cell, Document, Paragraph, Place, Table
from parsers.forms.roles import Header, header_of, label
from parsers.grid import Row, grid_rows


@dataclass(frozen=True)
class LaidCell:
    """A cell with its grid position and spans; `row_span` 0 marks a position that the merge above covers."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str


@dataclass(frozen=True)
class LaidTable:
    """A table as rows of all positions that a Word file holds for it."""

    n_cols: int
    rows: tuple[tuple[LaidCell, ...], ...]

    def printed(self) -> list[LaidCell]:
        """The cells without those that a merge covers."""
        return [cell for row in self.rows for cell in row if cell.row_span]


def laid_out(document: Document) -> list[str | LaidTable]:
    """Paragraphs and tables of a text dump in reading order."""
    return [block.text if isinstance(block, Paragraph) else _table(block) for block in document.blocks]


def as_document(blocks: list[str | LaidTable]) -> Document:
    """A layout as a document of no format, with the places left open: what makers of other formats write."""
    out: list[Paragraph | Table] = []
    for block in blocks:
        if isinstance(block, str):
            out.append(Paragraph(block, Place()))
            continue
        cells = tuple(Cell(c.row, c.col, c.text, Place(), c.row_span, c.col_span) for c in block.printed())
        out.append(Table(len(out), cells, len(block.rows), block.n_cols, Place()))
    return Document("none", tuple(out))


def _table(table: Table) -> LaidTable:
    width = max(len(row) for row in table.rows())
    header: Header | None = None
    spans: list[list[int]] = []
    labels: list[int] = []
    for at, slots in enumerate(grid_rows(table)):
        header = header_of(slots, at, ragged=True) or header
        spans.append(_spans(slots, width, header))
        labels.append(_label_columns(slots, header))
    rows = table.rows()
    heights = _heights(rows, spans, labels)
    laid = []
    for at, row in enumerate(rows):
        col, cells = 0, []
        for position, cell in enumerate(row):
            text = blank_residue(cell.text) if "[" in cell.text else cell.text
            cells.append(LaidCell(at, col, heights[at, position], spans[at][position], text))
            col += spans[at][position]
        laid.append(tuple(cells))
    return LaidTable(width, tuple(laid))


def _label_columns(row: Row, header: Header | None) -> int:
    """How many cells of a row, from the left, can be merged with those above: levels and names of indicators, else one."""
    if header is None or header.kind != "indicators" or len(row) != len(header.columns):
        return 1
    named = {column.role: at for at, column in enumerate(header.columns)}
    filled = any(not row[at].is_blank for role, at in named.items() if role in {"target", "actual"})
    return max(named.get("level2", 0), named.get("name", 0) if filled else 0) + 1


def _spans(row: Row, width: int, header: Header | None) -> list[int]:
    """Columns that each cell of a row covers."""
    count = len(row)
    total = next((at for at, slot in enumerate(row) if label(slot) == "total"), None)
    if total is not None and header is not None and header.kind == "indicators" and count != len(header.columns):
        starts = _starts(_even(len(header.columns), width))
        under = [starts[at] for at, column in enumerate(header.columns) if column.role in {"weight", "score"}]
        if sum(slot.is_number for slot in row) == len(under):
            rest, edges = list(under), [0]
            for slot in row[1:]:
                edges.append(rest.pop(0) if slot.is_number else edges[-1] + 1)
            widths = [after - before for before, after in itertools.pairwise([*edges, width])]
            if min(widths) > 0:
                return widths
    return _even(count, width)


def _even(count: int, width: int) -> list[int]:
    """The spare columns go to the second cell, the third and so on; of two cells the last is wide."""
    spans = [1] * count
    for extra in range(width - count):
        spans[-1 if count <= 2 else 1 + extra % (count - 1)] += 1
    if count > 3 and width - count < count - 1:
        spans = [1, *sorted(spans[1:], reverse=True)]
    return spans


def _starts(spans: list[int]) -> list[int]:
    return [sum(spans[:at]) for at in range(len(spans))]


def _heights(rows: list[list[Cell]], spans: list[list[int]], labels: list[int]) -> dict[tuple[int, int], int]:
    """Row span of each cell; 0 where an empty label cell is the merge of the one above."""
    heights = {(at, position): 1 for at, row in enumerate(rows) for position in range(len(row))}
    above: dict[tuple[int, int], tuple[int, int]] = {}
    for at, row in enumerate(rows):
        now: dict[tuple[int, int], tuple[int, int]] = {}
        for position, cell in enumerate(row[: labels[at]]):
            where = (_starts(spans[at])[position], spans[at][position])
            origin = above.get(where)
            left_covered = position == 0 or heights[at, position - 1] == 0
            if cell.text == "" and origin is not None and left_covered and len(row) > 2:
                heights[origin] += 1
                heights[at, position] = 0
                now[where] = origin
            elif cell.text.strip():
                now[where] = (at, position)
        above = now
    return heights
