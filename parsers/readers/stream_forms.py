"""The parts of a form that is given as a stream of cells, from left to right: labels, amounts, goals, indicators."""

from __future__ import annotations

from decimal import Decimal

import regex

from parsers.readers.said import Said
from parsers.readers.stream_funds import funds_rows
from parsers.readers.stream_rows import Cells, indicator_rows
from parsers.titles import caption_kind, title_kind

ANSWERED = frozenset(
    {
        "department",
        "project",
        "competent_department",
        "implementing_unit",
        "code",
        "grade",
        "remark",
        "goals",
        "goal_numbered",
    }
)
_OF_ONE_FORM = frozenset({"department", "project"})
_CAPTIONS = frozenset({"funds", "goals", "indicators"})
_ASIDE = frozenset({"unit", "year", "department", "continued"})
_CAPTION = regex.compile(r".*(?:情况|资金|预算|支出|指标|绩效|目标).*")
_CAPTION_OF_COLUMN = regex.compile(r"项目|类别|名称|内容|资金(?:构成|来源|性质)|.{2,12}\((?:万?元|\d+分)\)")
_OTHER_LABEL = regex.compile(
    r"(?:中央|地方|省级|市级|县级)?(?:主管|资金使用|使用)(?:部门|单位)|项目(?:类别|属性|类型|性质|负责人)|联系(?:人|电话)|评价方式|填报日期"
)
_LABEL_OF_AMOUNT = regex.compile(r"\p{Han}{0,8}(?:支出|收入|资金)(?:总额|合计)?")
_LABEL_AND_AMOUNT = regex.compile(r"(?:其中:)?\p{Han}[^:\d]{1,24}:[-—/\d.,亿万千百元无]*")
_FEWEST_COLUMNS = 4
_FEWEST_PERIODS = 2
_FEWEST_FUNDS_COLUMNS = 3
_LONGEST_NAME = 24


def begins_indicators(cell: Said) -> bool:
    """True for a column name that only a table of indicators has: 一级指标, 三级指标, 指标名称."""
    text = cell.text
    return len(text) <= _LONGEST_NAME and ("级" in text or "指" in text) and cell.role in {"level1", "level2", "name"}


class Stream:
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
        return self.indicators > 0 and not any(map(begins_indicators, self.rest))

    @property
    def rest(self) -> list[Said]:
        """The cells that were not read: what stands below the last table."""
        return self.cells[self.at :]

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
        """A title, the year or the unit of money, 其他资金：47.00: what makes a row of its own."""
        cell = self.cells[self.at]
        amount = cell.label in {"by_revenue", "by_spending"} or _LABEL_AND_AMOUNT.fullmatch(cell.key)
        if not amount and caption_kind(cell.text) not in _ASIDE and not (self.tabbed and title_kind(cell.text)):
            return False
        self._take(self.at + 1)
        return True

    def _answered(self) -> bool:
        """A label of the form and its answer; behind tabs also a pair whose label is not known."""
        label, answer = self.cells[self.at], self._cell(self.at + 1)
        if answer is None or answer.names_column or answer.label in ANSWERED | _CAPTIONS:
            return False
        if label.label not in ANSWERED:
            if label.is_value or label.names_column or not self._is_other_pair(label, answer):
                return False
        elif answer.is_blank and not self.tabbed:
            return False
        elif not self.tabbed and self.indicators and label.label == "remark":
            return False  # its answer may go on for several lines
        if label.label in _OF_ONE_FORM and self.indicators:
            self.executed = {}
        self._take(self.at + 2)
        return True

    def _is_other_pair(self, label: Said, answer: Said) -> bool:
        """True for 项目类别 and the like, an amount and its label, and behind tabs a pair in front of what is known."""
        after = self._cell(self.at + 2)
        if _LABEL_OF_AMOUNT.fullmatch(label.key) and answer.is_number:
            return after is not None and not after.is_value
        if self.indicators or answer.is_value:
            return False
        known = after is not None and (after.label in ANSWERED | _CAPTIONS or self._is_caption(self.at + 2))
        return bool(_OTHER_LABEL.fullmatch(label.key)) or (self.tabbed and known)

    def _header(self) -> bool:
        """A run of column names with its captions, and the rows under it."""
        start = self.at
        caption = self.cells[start]
        if caption.label in _CAPTIONS or self._is_caption(start):
            start += 1
        while start < min(len(self.cells), self.at + 4) and self._is_blank_or_column_caption(start):
            start += 1
        end = start
        while end < len(self.cells) and self.cells[end].names_column:
            end += 1
        run = self.cells[start:end]
        if len(run) >= _FEWEST_COLUMNS and any(map(begins_indicators, run)):
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

    def _is_blank_or_column_caption(self, at: int) -> bool:
        cell = self.cells[at]
        return (self.tabbed and cell.is_blank) or bool(_CAPTION_OF_COLUMN.fullmatch(cell.key))

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
        """Rows of a label and as many values as there are columns."""
        if any(cell.measure == "reason" for cell in run):
            return False
        rows = list(funds_rows(self.cells, end, len(run)))
        whole = [row for row in rows if len(row.values) == len(run)]
        if not whole:
            return False
        self.executed = {
            str(cell.measure): value.points
            for cell, value in zip(run, rows[0].values, strict=False)
            if cell.measure in {"weight", "score"} and value.points is not None and rows[0] is whole[0]
        }
        self._take(end)
        for row in rows:
            self.rows += row.laid_out(len(run))
        self.at = rows[-1].end
        return True

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
