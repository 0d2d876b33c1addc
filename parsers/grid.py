"""A table as rows of slots, and under which columns of a header the slots of a row stand.

Tables with real spans are settled by their columns. Ragged tables (text dumps) tell no spans: a row as long as its
header is read cell by cell, any other row is fitted from both ends so that numbers stand under columns of numbers.
Where two fits are as good and disagree about a cell, that cell stands under nothing: never guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import regex

from parsers.characters import squeeze
from parsers.document import Cell, Table
from parsers.values import NUMBER, nothing

ColumnKind = Literal["number", "text", "mixed"]

_NUMBER_LIKE = regex.compile(
    rf"(?!(?:19|20)\d\d年)[-+≥≤<>=]*(?:{NUMBER.pattern})(?:[.。](?!\p{{Han}}))?(?:[\p{{Han}}%‰㎡²a-zA-Z/][^\d]{{0,3}})?"
)
_MOST_COLUMNS = 16


@dataclass(frozen=True, slots=True)
class Slot:
    """A position of a row as its reader sees it."""

    cell: Cell
    continued: bool = False
    """True where the cell began in a row above and reaches into this one."""

    @property
    def text(self) -> str:
        """Raw text of the cell."""
        return self.cell.text

    @property
    def key(self) -> str:
        """Squeezed text, the form in which it is compared."""
        return squeeze(self.cell.text)

    @property
    def is_blank(self) -> bool:
        """True where nothing is printed; a dash or 无 is not blank."""
        return nothing(self.cell.text) == "blank"

    @property
    def is_value(self) -> bool:
        """True for a number (with a unit at most), a blank or a dash: what an amount cell can hold."""
        return nothing(self.cell.text) is not None or bool(_NUMBER_LIKE.fullmatch(self.key))

    @property
    def is_number(self) -> bool:
        """True where the cell holds one number, with an operator or a unit at most."""
        return bool(_NUMBER_LIKE.fullmatch(self.key))


Row = list[Slot]


def grid_rows(table: Table) -> list[Row]:
    """The slots of every row, left to right; a vertically merged cell stands in each row that it covers."""
    rows: list[Row] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        for at in range(cell.row, min(cell.row + cell.row_span, table.n_rows)):
            rows[at].append(Slot(cell, continued=at > cell.row))
    for row in rows:
        row.sort(key=lambda slot: slot.cell.col)
    return rows


def under(header: Row, row: Row, kinds: Sequence[ColumnKind], ragged: bool) -> list[tuple[int, ...]]:
    """For each slot of a row, the indexes of the header slots it stands under; empty where that is not certain.

    `kinds` says for each header slot what its column holds.
    """
    if not ragged:
        return [tuple(at for at, head in enumerate(header) if _overlap(head.cell, slot.cell)) for slot in row]
    if len(header) == len(row):
        return [(at,) for at in range(len(row))]
    if max(len(header), len(row)) > _MOST_COLUMNS or not row:
        return [() for _ in row]
    return _fit(row, kinds)


def _overlap(one: Cell, other: Cell) -> bool:
    return one.col < other.col + other.col_span and other.col < one.col + one.col_span


def _fit(row: Row, kinds: Sequence[ColumnKind]) -> list[tuple[int, ...]]:
    best: list[list[tuple[int, ...]]] = []
    best_score = float("-inf")
    for fit in _fits(len(row), len(kinds)):
        score = sum(_fit_score(slot, [kinds[at] for at in columns]) for slot, columns in zip(row, fit, strict=True))
        if score > best_score:
            best, best_score = [fit], score
        elif score == best_score:
            best.append(fit)
    return [options.pop() if len(options := {fit[at] for fit in best}) == 1 else () for at in range(len(row))]


def _fits(slots: int, columns: int) -> Iterator[list[tuple[int, ...]]]:
    """All ways to lay slots over columns in order: each covers some columns, or several share one."""
    if slots <= columns:
        for cuts in combinations(range(1, columns), slots - 1):
            edges = (0, *cuts, columns)
            yield [tuple(range(edges[at], edges[at + 1])) for at in range(slots)]
    else:
        for cuts in combinations(range(1, slots), columns - 1):
            edges = (0, *cuts, slots)
            yield [(column,) for column in range(columns) for _ in range(edges[column], edges[column + 1])]


def _fit_score(slot: Slot, kinds: list[ColumnKind]) -> float:
    spread = len(kinds) - 1
    if slot.is_number:
        return {"number": 2.0, "mixed": 1.0, "text": -1.0}[kinds[0]] - 1.5 * spread
    if slot.is_value:
        return -0.25 * spread
    text = sum(1.0 if kind == "text" else 0.0 if kind == "mixed" else -2.0 for kind in kinds)
    return text / len(kinds) - 0.25 * spread
