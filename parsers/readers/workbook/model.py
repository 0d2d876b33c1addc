"""A sheet as it is shown: cells by their row and column, merges, and what is hidden. All counts start at 0."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

Position = tuple[int, int]
"""Row and column."""


class SheetCell(NamedTuple):
    """One cell that the file holds, blank ones with borders included."""

    text: str
    """What is shown: 95.23% for a stored 0.9523."""
    stored: str = ""
    """The number that the file keeps, where it is not what is shown."""
    bordered: bool = False
    """Whether it has a line at its left or right, or above and below: as the cells of a table do."""


class Merge(NamedTuple):
    """First and last row and column of merged cells."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    hidden: bool = False
    cells: dict[Position, SheetCell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncounted: list[Position] = field(default_factory=list)
    """Formulas whose result the file does not hold: their text is the formula."""
