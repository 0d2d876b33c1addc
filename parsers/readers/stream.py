"""Tables pasted into a text file a cell a line, with nothing that ends a row: rows rebuilt by words and structure.

A run of column names tells how long the rows below it are; labels of forms stand before their answers. A stream is
read as a whole or not at all: it must hold a table of indicators that `parsers.readers.stream_rows` reads in one way
only, and everything around that must have its place. What cannot be read so stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from parsers.readers.dump import CellLines, Line, Region
from parsers.readers.said import Said
from parsers.readers.stream_rows import Cells, indicator_rows
from parsers.titles import caption_kind, title_kind

_ANSWERED = frozenset(
    {"department", "project", "competent_department", "implementing_unit", "code", "grade", "remark", "goals"}
)
_OF_ONE_FORM = frozenset({"department", "project"})
_CAPTIONS = frozenset({"funds", "goals", "indicators"})
_ASIDE = frozenset({"unit", "year", "department", "continued"})
_CAPTION = regex.compile(r".*(?:情况|资金|预算|支出|指标|绩效|目标).*")
_FEWEST_COLUMNS = 4
_FEWEST_PERIODS = 2
_FEWEST_FUNDS_COLUMNS = 3
_LONGEST_NAME = 24


def stream_of_region(region: Region) -> list[Cells] | None:
    """The rows of a tabbed region in which no line ends a row; None where it does not read as one stream."""
    if len(region.runs) != 1:
        return None
    cells = [Said(cell) for cell in region.runs[0]]
    if not any(map(_begins_indicators, cells)):
        return None
    stream = _Stream(cells, tabbed=True)
    if not stream.read():
        return None
    return [*stream.rows, *([cell.cell] for cell in cells[stream.at :])]


def streams_in_lines(lines: Sequence[Line]) -> Iterator[list[Cells] | Line]:
    """The lines of a text without tabs, those that make tables as rows of cells."""
    rest = list(lines)
    while rest:
        end = next((at for at in range(1, len(rest)) if title_kind(rest[at][1])), len(rest))
        yield from _streams_in_part(rest[:end])
        rest = rest[end:]


def _streams_in_part(lines: list[Line]) -> Iterator[list[Cells] | Line]:
    """The lines below one title."""
    cells = [Said(CellLines([line])) for line in lines]
    start = next((at for at, cell in enumerate(cells) if cell.label in _ANSWERED), len(cells))
    if len(cells) - start > _FEWEST_COLUMNS and any(map(_begins_indicators, cells[start:])):
        stream = _Stream(cells[start:], tabbed=False)
        if stream.read():
            yield from lines[:start]
            yield stream.rows
            yield from lines[start + stream.at :]
            return
    yield from lines


def _begins_indicators(cell: Said) -> bool:
    return len(cell.text) <= _LONGEST_NAME and cell.role in {"level1", "level2", "name"}


class _Stream:
    """Walks the cells from left to right; `rows` holds what was read, `at` stands behind it."""

    def __init__(self, cells: list[Said], *, tabbed: bool) -> None:
        """`tabbed` says that a cell may hold several lines and that blank cells are printed."""
        self.cells, self.tabbed = cells, tabbed
        self.at = 0
        self.rows: list[Cells] = []
        self.executed: dict[str, Decimal] = {}
        self.indicators = 0

    def read(self) -> bool:
        """Read as far as it goes; False where a part in the middle does not read."""
        while self.at < len(self.cells):
            before = self.at
            if not self._header() and not self._aside() and not self._answered() and not self._blanks():
                break
            if self.at == before:
                return False
        return self.indicators > 0 and not any(map(_begins_indicators, self.cells[self.at :]))

    def _cell(self, at: int) -> Said | None:
        return self.cells[at] if at < len(self.cells) else None

    def _take(self, until: int) -> None:
        self.rows.append([cell.cell for cell in self.cells[self.at : until]])
        self.at = until

    def _blanks(self) -> bool:
        """Blank cells between two parts of a form."""
        if not self.tabbed or not self.cells[self.at].is_blank:
            return False
        self._take(self.at + 1)
        return True

    def _aside(self) -> bool:
        """A title, the year or the unit of money, in a row of its own."""
        text = self.cells[self.at].text
        if caption_kind(text) not in _ASIDE and not (self.tabbed and title_kind(text)):
            return False
        self._take(self.at + 1)
        return True

    def _answered(self) -> bool:
        """A label of the form and its answer; behind tabs also a pair whose label is not known."""
        label, answer = self.cells[self.at], self._cell(self.at + 1)
        if answer is None or answer.names_column or answer.label in _ANSWERED | _CAPTIONS:
            return False
        if label.label not in _ANSWERED:
            after = self._cell(self.at + 2)
            known = after is not None and (after.label in _ANSWERED | _CAPTIONS or after.names_column)
            if not self.tabbed or self.indicators or not known or label.is_value or label.names_column:
                return False
        elif answer.is_blank and not self.tabbed:
            return False
        elif not self.tabbed and self.indicators and label.label == "remark":
            return False  # its answer may go on for several lines
        if label.label in _OF_ONE_FORM and self.indicators:
            self.executed = {}
        self._take(self.at + 2)
        return True

    def _header(self) -> bool:
        """A run of column names with its captions, and the rows under it."""
        start = self.at
        caption = self.cells[start]
        if caption.label in _CAPTIONS or self._is_caption(start):
            start += 1
        while self.tabbed and start < len(self.cells) and self.cells[start].is_blank and start < self.at + 4:
            start += 1
        end = start
        while end < len(self.cells) and self.cells[end].names_column:
            end += 1
        run = self.cells[start:end]
        if len(run) >= _FEWEST_COLUMNS and any(map(_begins_indicators, run)):
            return self._indicators(start, run)
        if len(run) >= _FEWEST_FUNDS_COLUMNS and sum(bool(cell.period) for cell in run) >= _FEWEST_PERIODS:
            return self._funds(run, end)
        return self._goals(start)

    def _is_caption(self, at: int) -> bool:
        """True for 年度总体目标 above 预期目标; behind tabs also for a caption that no vocabulary knows."""
        cell, after = self.cells[at], self._cell(at + 1)
        if cell.label == "goal_expected":
            return after is not None and after.label == "goal_expected"
        unknown = self.tabbed and not cell.names_column and not cell.is_value
        return unknown and bool(_CAPTION.fullmatch(cell.key))

    def _indicators(self, start: int, run: list[Said]) -> bool:
        roles = [cell.role or "" for cell in run]
        if "" in roles:
            return False
        block = indicator_rows(self.cells, start + len(run), roles, start > self.at, self.executed)
        if block is None:
            return False
        if start > self.at:
            self._take(start)
        self._take(start + len(run))
        self.rows += block.rows
        self.at = block.end
        self.indicators += 1
        return True

    def _funds(self, run: list[Said], end: int) -> bool:
        """Rows of a label and as many values as there are columns; rows below the first may lack the merged measures."""
        amounts = sum(1 for cell in run if cell.period)
        header = [cell.cell for cell in self.cells[self.at : end]]
        if any(cell.period for cell in run[amounts:]) or any(cell.measure == "reason" for cell in run):
            return False
        rows: list[Cells] = []
        at = end
        short: set[int] = set()
        while (found := self._funds_row(at, len(run), amounts if rows else len(run))) is not None:
            values, stop = found
            if not rows:
                self.executed = {
                    str(cell.measure): value.points
                    for cell, value in zip(run, self.cells[stop - len(run) : stop], strict=True)
                    if cell.measure in {"weight", "score"} and value.points is not None
                }
            else:
                short.add(values)
            cells = [cell.cell for cell in self.cells[at:stop]]
            rows.append(cells + [CellLines([(cells[0].line, "")])] * (len(run) - values))
            at = stop
        if not rows or len(short) > 1:
            return False
        self.rows += [header, *rows]
        self.at = at
        return True

    def _funds_row(self, at: int, whole: int, short: int) -> tuple[int, int] | None:
        """How many values the row at a cell has, and where it ends."""
        first = at
        while self.tabbed and at < len(self.cells) and self.cells[at].is_blank and at == first:
            at += 1
        label = self._cell(at)
        if label is None or label.is_value or label.names_column or label.label in _ANSWERED:
            return None
        at += 1
        end = at
        while end < len(self.cells) and self.cells[end].is_value and end - at <= whole + 1:
            end += 1
        values = end - at
        if values == whole + 1 and self.cells[end - 1].is_blank:
            values -= 1  # it belongs to the next row, below a caption
        return (values, at + values) if values in {whole, short} else None

    def _goals(self, start: int) -> bool:
        """What was expected and what was reached, side by side, and the row below."""
        names = [cell.label for cell in self.cells[start : start + 2]]
        expected = {"goal_expected", "goals"} if start > self.at else {"goal_expected"}
        if len(names) < 2 or names[0] not in expected or names[1] != "goal_actual":
            return False
        first = start + 2
        if self.tabbed and first < len(self.cells) and self.cells[first].is_blank:
            first += 1
        texts = self.cells[first : first + 2]
        if len(texts) < 2 or any(text.is_value or text.label or text.names_column for text in texts):
            return False
        self._take(start + 2)
        self._take(first + 2)
        return True
