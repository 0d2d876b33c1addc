"""A table as rows of slots, and under which columns of a header the slots of a row stand.

Tables with real spans are settled by their columns. Ragged tables (text dumps) tell no spans: a row as long as its
header is read cell by cell; each kind of block decides for itself what a shorter or longer row can mean.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from parsers.characters import squeeze
from parsers.document import Cell, Table
from parsers.values import NUMBER, nothing

_NUMBER_LIKE = regex.compile(
    rf"(?!(?:19|20)\d\d年)[-+≥≤<>=]*(?:{NUMBER.pattern})(?:[.。](?!\p{{Han}}))?(?:[\p{{Han}}%‰㎡²a-zA-Z/][^\d]{{0,3}})?"
)


class Slot:
    """A position of a row as its reader sees it. What its text is, is looked up once: it is asked a dozen times."""

    __slots__ = ("cell", "continued", "is_blank", "is_number", "is_value", "key", "text")

    def __init__(self, cell: Cell, continued: bool = False) -> None:
        """`continued` where the cell began in a row above and reaches into this one."""
        self.cell, self.continued = cell, continued
        self.text = cell.text
        """Raw text of the cell."""
        self.key, self.is_blank, self.is_value, self.is_number = _seen(cell.text)

    def __eq__(self, other: object) -> bool:
        """Slots with the same cell, continued or not, are equal."""
        return isinstance(other, Slot) and (self.cell, self.continued) == (other.cell, other.continued)

    def __hash__(self) -> int:
        """As they compare."""
        return hash((self.cell, self.continued))


class _Seen(NamedTuple):
    """What a text is."""

    key: str
    """Squeezed text, the form in which it is compared."""
    is_blank: bool
    """True where nothing is printed; a dash or 无 is not blank."""
    is_value: bool
    """True for a number (with a unit at most), a blank or a dash: what an amount cell can hold."""
    is_number: bool
    """True where the cell holds one number, with an operator or a unit at most."""


@lru_cache(maxsize=4096)
def _seen(text: str) -> _Seen:
    key, said_nothing = squeeze(text), nothing(text)
    is_number = _NUMBER_LIKE.fullmatch(key) is not None
    return _Seen(key, said_nothing == "blank", said_nothing is not None or is_number, is_number)


Row = list[Slot]


def filled(row: Row) -> list[Slot]:
    """The slots of a row in which a cell begins that prints something."""
    return [slot for slot in row if not slot.is_blank and not slot.continued]


def grid_rows(table: Table) -> list[Row]:
    """The slots of every row, left to right; a vertically merged cell stands in each row that it covers."""
    rows: list[Row] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        for at in range(cell.row, min(cell.row + cell.row_span, table.n_rows)):
            rows[at].append(Slot(cell, continued=at > cell.row))
    for row in rows:
        row.sort(key=lambda slot: slot.cell.col)
    return rows


def under(header: Row, row: Row, ragged: bool) -> list[tuple[int, ...]]:
    """For each slot of a row, the indexes of the header slots it stands under; empty where there is none.

    The rows of a dump are counted from the right end, where the values stand: what is merged away are labels.
    """
    if ragged:
        missing = len(header) - len(row)
        return [(at + missing,) if at + missing >= 0 else () for at in range(len(row))]
    heads = [(at, head.cell.col, head.cell.col + head.cell.col_span) for at, head in enumerate(header)]
    found = []
    for slot in row:
        start = slot.cell.col
        end = start + slot.cell.col_span
        found.append(tuple([at for at, left, right in heads if left < end and start < right]))
    return found
