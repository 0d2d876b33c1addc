"""The seed report as a layout: which cells of its two tables were merged, read from its text dump.

A text dump does not say which cells were merged. The grids below were settled by hand: the dump gives the texts in
order, `SHAPES` gives for every row the (column, row span, column span) of the cells that the dump lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SEED = Path(__file__).resolve().parents[2] / "samples" / "seed" / "000_cc8d8cd76cb08315.txt"
RESIDUE = "[bookmark: _GoBack]"


@dataclass(frozen=True)
class SeedCell:
    """One cell of a seed table: position and spans from 0, text with the line breaks of the dump."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str


@dataclass(frozen=True)
class SeedTable:
    """One table of the seed: relative column widths and cells in row-major order."""

    n_rows: int
    widths: tuple[float, ...]
    cells: tuple[SeedCell, ...]


SeedBlock = str | SeedTable

Shape = list[tuple[int, int, int]]  # column, row span (0: covered by the merged cell above), column span

_FOUR: Shape = [(0, 1, 1), (1, 1, 2), (3, 1, 2), (5, 1, 2)]
_BASE_DATA: list[Shape] = [
    [(0, 2, 1), (1, 1, 2), (3, 1, 2), (5, 1, 2)],
    [(0, 0, 1), (1, 1, 2), (3, 1, 2), (5, 1, 2)],
    *[_FOUR] * 19,
    [(0, 2, 1), *[(i, 1, 1) for i in range(1, 7)]],
    [(0, 0, 1), *[(i, 1, 1) for i in range(1, 7)]],
    [(0, 1, 1), (1, 1, 6)],
]

_THREE: Shape = [(0, 0, 1), (1, 1, 4), (5, 1, 4)]


def _nine(*spans: int) -> Shape:
    """A row of nine columns; `spans` are the row spans of the first columns, 0 where covered from above."""
    return [(i, spans[i] if i < len(spans) else 1, 1) for i in range(9)]


_SELF_EVALUATION: list[Shape] = [
    [(0, 1, 2), (2, 1, 7)],
    [(0, 7, 1), (1, 1, 2), *[(i, 1, 1) for i in range(3, 9)]],
    [(0, 0, 1), (1, 1, 2), *[(i, 1, 1) for i in range(3, 9)]],
    *[_THREE] * 5,
    [(0, 2, 1), (1, 1, 4), (5, 1, 4)],
    _THREE,
    _nine(17),
    _nine(0, 11, 5),
    *[_nine(0, 0, 0)] * 4,
    _nine(0, 0, 3),
    *[_nine(0, 0, 0)] * 2,
    _nine(0, 0, 2),
    _nine(0, 0, 0),
    _nine(0, 0),
    _nine(0, 4),
    *[_nine(0, 0)] * 3,
    _nine(0, 1),
    [(0, 1, 6), (6, 1, 1), (7, 1, 2)],
]


def _cells_of(lines: list[str]) -> list[str]:
    """Texts of the cells of a dumped table: a cell starts with a tab, everything up to the next one belongs to it."""
    cells: list[str] = []
    for line in lines:
        if line.startswith("\t"):
            cells.append(line[1:])
        else:
            cells[-1] += "\n" + line
    return [cell.strip("\n").replace(RESIDUE, "") for cell in cells]


def _table(lines: list[str], shapes: list[Shape], widths: tuple[float, ...]) -> SeedTable:
    texts = _cells_of(lines)
    cells: list[SeedCell] = []
    at = 0
    for row, shape in enumerate(shapes):
        for col, row_span, col_span in shape:
            text = texts[at]
            at += 1
            if row_span:
                cells.append(SeedCell(row, col, row_span, col_span, text))
            elif text.strip():
                raise ValueError(f"seed row {row} column {col}: a covered position holds {text!r}")
    if at != len(texts):
        raise ValueError(f"the shapes name {at} cells, the dump holds {len(texts)}")
    return SeedTable(len(shapes), widths, tuple(cells))


def seed_blocks() -> list[SeedBlock]:
    """The seed as paragraphs and tables in reading order; blank lines of the prose are left out."""
    lines = SEED.read_text(encoding="utf-8").replace("\r\n", "\n").split("\n")
    base = next(i for i, line in enumerate(lines) if line.startswith("\t"))
    note = next(i for i, line in enumerate(lines) if line.startswith("说明："))
    annex = lines.index("附件2")
    title = next(i for i, line in enumerate(lines) if line.endswith("整体支出绩效自评报告"))
    return [
        *lines[:base],
        _table(lines[base:note], _BASE_DATA, (7, 2.2, 2.2, 2.2, 2.2, 2.2, 2.2)),
        *[line for line in lines[note:annex] if line.strip()],
        lines[annex],
        lines[annex + 1],
        _table(lines[annex + 2 : title], _SELF_EVALUATION, (1.3, 2, 2.2, 4.2, 2, 2, 1.4, 1.4, 2.4)),
        *[line for line in lines[title:] if line.strip()],
    ]
