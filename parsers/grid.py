"""A table as rows of slots, and under which columns of a header the slots of a row stand.

Tables with real spans are settled by their columns. Ragged tables (text dumps) tell no spans: a row as long as its
header is read cell by cell; each kind of block decides for itself what a shorter or longer row can mean.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

import regex

from parsers.characters import squeeze
from parsers.document import Cell, Table
from parsers.record import record
from parsers.values import NUMBER, nothing

T = TypeVar("T")
_NUMBER_LIKE = regex.compile(
    rf"(?!(?:19|20)\d\d年)[-+≥≤<>=]*(?:{NUMBER.pattern})(?:[.。](?!\p{{Han}}))?(?:[\p{{Han}}%‰㎡²a-zA-Z/][^\d]{{0,3}})?"
)


class _Once(Generic[T]):
    """A property that is worked out once: a slot is asked a dozen times. (`functools.cached_property` takes a lock.)"""

    def __init__(self, work: Callable[[Slot], T]) -> None:
        self._work, self._name, self.__doc__ = work, work.__name__, work.__doc__

    def __get__(self, slot: Slot, owner: type[Slot]) -> T:
        value = slot.__dict__[self._name] = self._work(slot)
        return value


@record(frozen=True)
class Slot:
    """A position of a row as its reader sees it."""

    cell: Cell
    continued: bool = False
    """True where the cell began in a row above and reaches into this one."""

    @property
    def text(self) -> str:
        """Raw text of the cell."""
        return self.cell.text

    @_Once
    def key(self) -> str:
        """Squeezed text, the form in which it is compared."""
        return squeeze(self.cell.text)

    @_Once
    def is_blank(self) -> bool:
        """True where nothing is printed; a dash or 无 is not blank."""
        return nothing(self.cell.text) == "blank"

    @_Once
    def is_value(self) -> bool:
        """True for a number (with a unit at most), a blank or a dash: what an amount cell can hold."""
        return nothing(self.cell.text) is not None or _number_like(self.cell.text)

    @_Once
    def is_number(self) -> bool:
        """True where the cell holds one number, with an operator or a unit at most."""
        return _number_like(self.cell.text)


@lru_cache(maxsize=16384)
def _number_like(text: str) -> bool:
    return _NUMBER_LIKE.fullmatch(squeeze(text)) is not None


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
    return [tuple(at for at, head in enumerate(header) if _overlap(head.cell, slot.cell)) for slot in row]


def _overlap(one: Cell, other: Cell) -> bool:
    return one.col < other.col + other.col_span and other.col < one.col + one.col_span
