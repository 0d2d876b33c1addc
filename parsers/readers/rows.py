"""Which gaps of a text dump end a row: the reading with the most regular row lengths wins.

Rows of a table repeat their length; a row of one lone word, or of a length that no neighbour has, is a sign that an
empty line inside a cell was mistaken for the end of the row.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from parsers.characters import squeeze
from parsers.document import Cell, Place, Table
from parsers.readers.dump import CellLines, Line, Region
from parsers.titles import title_kind

Row = list[CellLines]

_JOIN = 2.5
_JOIN_IN_REGULAR_ROWS = 1.5
_JOIN_TO_NEW_LENGTH = 3.0
_NEW_LENGTH = 1.0
_LONE_WORD = 3.0
_LONE_BLANK = 5.0
_LONE_LINE = 0.5
_SPLIT_AT_TEXT = 1.5
_SPLIT_AT_ATTACHED_TEXT = 5.0
_MOST_JOINS = 6
_NEAR = 4
_LONG = 15
_SENTENCE = 60

_PROSE_END = regex.compile(r".*[。；;：:！!？?]")
_NUMBER = regex.compile(r"[\d.,%]+")


class _State(NamedTuple):
    """Length of the last row, and whether a neighbour is known to have the same."""

    length: int
    shared: bool


class _Step(NamedTuple):
    """Cheapest cost to reach a state, and the way back."""

    cost: float
    start: int
    before: _State | None


def settle(region: Region) -> Iterator[list[Row] | Line]:
    """Yield the tables of a region as rows of cells, and the paragraphs between and instead of them, in order."""
    table: list[Row] = []
    for part in _parts(region):
        if isinstance(part, list):
            table.append(part)
        else:
            yield from _table_or_prose(table)
            table = []
            yield part
    yield from _table_or_prose(table)


def table_of(rows: list[Row], number: int) -> Table:
    """Make the ragged table of settled rows."""
    cells = tuple(
        Cell(r, c, cell.text, Place(table=number, row=r + 1, col=c + 1, line=cell.line))
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
    )
    longest = max(len(row) for row in rows)
    return Table(number, cells, len(rows), longest, Place(table=number, line=cells[0].place.line), ragged=True)


def _parts(region: Region) -> Iterator[Row | Line]:
    """The rows of a region in order, with the text of a gap that ends a row given out as lines."""
    joined = _best_joins(region)
    row = list(region.runs[0])
    for gap, cells, join in zip(region.gaps, region.runs[1:], joined, strict=True):
        if join:
            row[-1] = CellLines([*row[-1].lines, *gap.lines])
            row += cells
        else:
            yield row
            yield from gap.text_lines
            row = list(cells)
    yield row


def _best_joins(region: Region) -> list[bool]:
    """For each gap, whether it stands inside a row: the cheapest way through the runs, left to right."""
    sizes = [len(run) for run in region.runs]
    longest = max(sizes)
    steps: list[dict[_State, _Step]] = [{} for _ in range(len(sizes) + 1)]
    steps[0][_State(0, True)] = _Step(0.0, 0, None)
    for start in range(len(sizes)):
        for before, step in steps[start].items():
            size = 0
            for end in range(start + 1, min(start + _MOST_JOINS, len(sizes)) + 1):
                size += sizes[end - 1]
                if size > longest and end - start > 1:
                    break
                state = _State(size, size == before.length)
                cost = step.cost + _row_cost(region, start, end, state, before)
                if state not in steps[end] or cost < steps[end][state].cost:
                    steps[end][state] = _Step(cost, start, before)
    inside = [True] * (len(sizes) - 1)
    at, best = len(sizes), min(steps[-1], key=lambda state: steps[-1][state].cost)
    while True:
        step = steps[at][best]
        if step.before is None or step.start == 0:
            return inside
        inside[step.start - 1] = False
        at, best = step.start, step.before


def _row_cost(region: Region, start: int, end: int, row: _State, before: _State) -> float:
    """What it costs to read the runs from `start` up to `end` as one row after a row of the state `before`."""
    cost = 0.0 if before.shared or row.shared else _NEW_LENGTH
    if end - start > 1:
        regular = row.shared and (before.shared or _recurs(region, end, row.length))
        cost += (_JOIN_IN_REGULAR_ROWS if regular else _JOIN) * (end - start - 1)
        cost += 0.0 if row.shared or _recurs(region, end, row.length) else _JOIN_TO_NEW_LENGTH
    elif row.length == 1:
        text = squeeze(region.runs[start][0].text)
        cost += _LONE_BLANK if not text else _LONE_LINE if len(text) > _LONG or title_kind(text) else _LONE_WORD
    if end < len(region.runs) and region.gaps[end - 1].text_lines:
        cost += _SPLIT_AT_ATTACHED_TEXT if region.gaps[end - 1].attached else _SPLIT_AT_TEXT
    return cost


def _recurs(region: Region, start: int, length: int) -> bool:
    """True where one of the next rows has this length too, be it in one run or cut into two by an empty line."""
    near = [len(run) for run in region.runs[start : start + _NEAR]]
    return length in near or any(a + b == length for a, b in pairwise(near))


def _table_or_prose(table: list[Row]) -> Iterator[list[Row] | Line]:
    """A table, or its lines where the tabs only indent paragraphs."""
    if not table:
        return
    cells = [cell for row in table for cell in row if cell.text.strip()]
    sentences = sum(1 for cell in cells if _PROSE_END.fullmatch(squeeze(cell.text)) or len(cell.text) > _SENTENCE)
    numbers = sum(1 for cell in cells if _NUMBER.fullmatch(squeeze(cell.text)))
    if all(len(row) == 1 for row in table) or (sentences * 5 >= len(cells) * 4 and not numbers):
        for row in table:
            for cell in row:
                yield from (line for line in cell.lines if line[1].strip())
    else:
        yield table
