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
from parsers.titles import caption_kind, title_kind
from parsers.words import vocabulary

Row = list[CellLines]

_SWITCH = 1.0
"""A row whose length differs from the row before it."""
_JOIN = 1.3
_JOIN_TO_REGULAR_LENGTH = 0.9
_LONE_WORD = 3.0
_LONE_BLANK = 5.0
_LONE_LINE = 0.5
_STARTS_WITH_VALUE = 2.0
_SPLIT_AT_TEXT = 1.5
_SPLIT_AT_ATTACHED_TEXT = 5.0
_HEADER_INSIDE = 8.0
"""A row of column names that is read as the end of a longer row."""
_FEWEST_NAMES = 3
_MOST_JOINS = 12
_NEAR = 4
_LONG = 15
_SENTENCE = 60
_VALUES_AT_START_ARE_USUAL = 0.25

_PROSE_ENDS = ("。", "；", ";", "：", ":", "！", "!", "？", "?")
_NUMBER = regex.compile(r"[\d.,%]+")
_HEADING = regex.compile(r"[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)")


class _Step(NamedTuple):
    """Cheapest cost of reading the runs up to a point with a last row of some length, and the way back."""

    cost: float
    start: int
    before: int


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
    """The rows of a region in order, with the text of a gap that ends a table given out as lines."""
    rows = [list(region.runs[0])]
    between: list[list[Line]] = [[]]
    for gap, cells, join in zip(region.gaps, region.runs[1:], _best_joins(region), strict=True):
        if join:
            rows[-1][-1] = CellLines([*rows[-1][-1].lines, *gap.lines])
            rows[-1] += cells
        else:
            between.append(gap.lines)
            rows.append(list(cells))
    for at in range(1, len(rows)):
        text = [line for line in between[at] if line[1].strip()]
        if text and _belongs_to_cell(rows, at) and not any(_is_heading(words) for _, words in text):
            rows[at - 1][-1] = CellLines([*rows[at - 1][-1].lines, *between[at]])
            between[at] = []
    for lines, row in zip(between, rows, strict=True):
        yield from (line for line in lines if line[1].strip())
        yield row


def _belongs_to_cell(rows: list[Row], at: int) -> bool:
    """True where text in front of row `at` is a later paragraph of the cell before it.

    So it is where the table goes on in the same columns, and where that cell would else be the empty end of a row
    that is as long as the row above it.
    """
    before = rows[at - 1]
    same = len(before) == len(rows[at])
    empty_end = not before[-1].text.strip() and at > 1 and len(before) == len(rows[at - 2])
    return len(before) > 2 and (same or empty_end)


def _is_heading(words: str) -> bool:
    return bool(_HEADING.match(squeeze(words))) or title_kind(words) is not None


def _best_joins(region: Region) -> list[bool]:
    """For each gap, whether it stands inside a row: the cheapest way through the runs, left to right."""
    sizes = [len(run) for run in region.runs]
    longest = max(sizes)
    starts, names = _start_costs(region), [_names_columns(run) for run in region.runs]
    steps: list[dict[int, _Step]] = [{} for _ in range(len(sizes) + 1)]
    steps[0][0] = _Step(0.0, 0, 0)
    for start in range(len(sizes)):
        for before, step in steps[start].items():
            size = 0
            for end in range(start + 1, min(start + _MOST_JOINS, len(sizes)) + 1):
                size += sizes[end - 1]
                if size > longest and end - start > 1 and not _recurs(region, end, size):
                    break
                cost = step.cost + starts[start] + _row_cost(region, names, start, end, size, before)
                if size not in steps[end] or cost < steps[end][size].cost:
                    steps[end][size] = _Step(cost, start, before)
    inside = [True] * (len(sizes) - 1)
    at, best = len(sizes), min(steps[-1], key=lambda size: steps[-1][size].cost)
    while at:
        step = steps[at][best]
        if step.start:
            inside[step.start - 1] = False
        at, best = step.start, step.before
    return inside


def _start_costs(region: Region) -> list[float]:
    """What it costs to begin a row at each run: a row begins with a label or an empty merge, hardly with a value.

    Where many runs begin with a number the table counts its rows, and a number says nothing.
    """
    firsts = [squeeze(run[0].text) for run in region.runs]
    numbered = sum(bool(_NUMBER.fullmatch(first)) for first in firsts) > len(firsts) * _VALUES_AT_START_ARE_USUAL
    return [
        _STARTS_WITH_VALUE if (_NUMBER.fullmatch(first) and not numbered) or _never_first(first) else 0.0
        for first in firsts
    ]


def _never_first(text: str) -> bool:
    """True for the name of a column that always has labels to its left: 全年执行数, 得分, 实际完成值."""
    for name in ("periods", "measures", "indicator_columns"):
        word = vocabulary(name).match(text) if text else None
        if word is not None and word.code not in {"level1", "level2", "name", "reason"}:
            return True
    return False


def _row_cost(region: Region, names: list[bool], start: int, end: int, size: int, before: int) -> float:
    """What it costs to read the runs from `start` up to `end` as one row of `size` cells after a row of `before`.

    `names` says of every run whether it holds the names of columns.
    """
    cost = _SWITCH if before and size != before else 0.0
    if end - start > 1:
        regular = size == before or _recurs(region, end, size)
        cost += (_JOIN_TO_REGULAR_LENGTH if regular else _JOIN) * (end - start - 1)
        cost += _LONE_WORD * sum(_is_line(run) for run in region.runs[start:end])
        if len(region.runs[start]) >= _FEWEST_NAMES:  # 绩效指标 alone may stand in front of the names
            cost += _HEADER_INSIDE * sum(names[start + 1 : end])
    elif size == 1:
        text = squeeze(region.runs[start][0].text)
        line = len(text) > _LONG or _is_line(region.runs[start])
        cost += _LONE_BLANK if not text else _LONE_LINE if line else _LONE_WORD
    if end < len(region.runs) and region.gaps[end - 1].text_lines:
        cost += _SPLIT_AT_ATTACHED_TEXT if region.gaps[end - 1].attached else _SPLIT_AT_TEXT
    return cost


def _is_line(run: Row) -> bool:
    """True for a row of one cell across the table: a title, a caption, 评价等级：优秀."""
    text = squeeze(run[0].text) if len(run) == 1 else ""
    return bool(text) and (":" in text or title_kind(text) is not None or caption_kind(text) is not None)


def _names_columns(run: Row) -> bool:
    """True for a run that holds names of indicator columns and nothing else: it begins a row."""
    if len(run) <= _FEWEST_NAMES:
        return False
    words, codes, unknown = vocabulary("indicator_columns"), set[str](), 0
    for cell in run:
        word = words.match(squeeze(cell.text))
        if word is not None:
            codes.add(word.code)
        elif unknown:
            return False
        else:
            unknown = 1
    return len(codes) > _FEWEST_NAMES and codes >= {"level1", "name"}


def _recurs(region: Region, start: int, length: int) -> bool:
    """True where one of the next rows has this length too, be it in one run or cut into two by an empty line."""
    near = [len(run) for run in region.runs[start : start + _NEAR]]
    return length in near or any(a + b == length for a, b in pairwise(near))


def _table_or_prose(table: list[Row]) -> Iterator[list[Row] | Line]:
    """A table, or its lines where the tabs only indent paragraphs."""
    if not table:
        return
    cells = [text for row in table for cell in row if (text := cell.text).strip()]
    sentences = sum(len(text) > _SENTENCE or squeeze(text).endswith(_PROSE_ENDS) for text in cells)
    numbers = any(_NUMBER.fullmatch(squeeze(text)) for text in cells)
    if all(len(row) == 1 for row in table) or (sentences * 5 >= len(cells) * 4 and not numbers):
        for row in table:
            for cell in row:
                yield from (line for line in cell.lines if line[1].strip())
    else:
        yield table
