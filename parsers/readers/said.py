"""What a cell of a stream can be, by its words alone: a name of a column, a label, a level, a number."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

import regex

from parsers.characters import fold, squeeze
from parsers.document import Cell, Place
from parsers.grid import Slot
from parsers.labels import keys
from parsers.readers.dump import CellLines
from parsers.values import amount, nothing
from parsers.words import vocabulary

_LIKE_A_LEVEL = regex.compile(
    r"\p{Han}{0,12}(?:指标|效益|影响|满意度?|成本|管理|过程|数量|质量|时效|产出|效果|投入|绩效)"
)
_OPERATOR = regex.compile(r"[≥≤><=＝±]")
_EMPTY_SLOT = regex.compile(r"(?:三级)?指标\d*(?:名称)?:?|[….·]+|[-—]+\d{1,3}[-—]+")
_PAGE = regex.compile(r"第\d{1,3}页.*")
_LONGEST_LABEL = 30


class Said:
    """One cell; what its words can mean is looked up when it is asked for."""

    def __init__(self, cell: CellLines) -> None:
        """Wrap a cell of a text file."""
        self.cell = cell
        self.text = cell.text
        self._slot = Slot(Cell(0, 0, self.text, Place()))

    @cached_property
    def key(self) -> str:
        """Squeezed text."""
        return squeeze(self.text)

    @cached_property
    def is_blank(self) -> bool:
        """True where nothing is printed."""
        return self._slot.is_blank

    @cached_property
    def is_value(self) -> bool:
        """True for a number, a blank, a dash or 无."""
        return self._slot.is_value

    @cached_property
    def is_number(self) -> bool:
        """True for one number, with an operator or a unit at most."""
        return self._slot.is_number

    @cached_property
    def points(self) -> Decimal | None:
        """The number of a cell of points."""
        read = amount(self.text, "point") or amount(self.text, "percent")
        return read.value if read is not None else None

    @cached_property
    def has_digit(self) -> bool:
        """True where a digit is printed."""
        return any(character.isdigit() for character in fold(self.text))

    @cached_property
    def has_operator(self) -> bool:
        """True where the cell begins with ≥, ≤ and the like: nothing but a target does."""
        return bool(_OPERATOR.match(self.key))

    @cached_property
    def role(self) -> str | None:
        """Column of an indicator table that the cell names: level1, name, target, weight …"""
        return self._code("indicator_columns")

    @cached_property
    def period(self) -> str | None:
        """Period that the cell names."""
        return self._code("periods")

    @cached_property
    def measure(self) -> str | None:
        """Measure that the cell names: weight, rate, score, reason."""
        return self._code("measures")

    @cached_property
    def label(self) -> str | None:
        """Label of forms: department, project, funds, total …"""
        return self._code("form_labels")

    @cached_property
    def names_column(self) -> bool:
        """True for a word of a header."""
        return bool(self.role or self.period or self.measure)

    @cached_property
    def is_level(self) -> bool:
        """True for a known level of indicators."""
        return self.is_level_of(1) or self.is_level_of(2)

    @cached_property
    def may_be_level(self) -> bool:
        """True for a known level, and for words that end as the levels do."""
        return self.is_level or (not self.is_value and bool(_LIKE_A_LEVEL.fullmatch(keys(self.text)[-1])))

    @cached_property
    def says_how_well(self) -> bool:
        """True for an answer in words: 提升, 按时完成."""
        return vocabulary("qualities").match(self.key) is not None

    @cached_property
    def is_slot(self) -> bool:
        """True for a numbered place that nobody filled in (指标2：, ……), and for the number of a page."""
        return bool(_EMPTY_SLOT.fullmatch(self.key))

    @cached_property
    def can_name(self) -> bool:
        """True where the cell can be the name of an indicator."""
        if self.is_value or self.has_operator or self.is_slot or nothing(self.text) is not None or len(self.key) < 2:
            return False
        return not self.key[0].isdigit() or self.key[:4].isdigit()

    @cached_property
    def is_page_mark(self) -> bool:
        """True for the number of a page, which belongs to no row."""
        return bool(_PAGE.fullmatch(self.key))

    def level_code(self, level: int) -> str | None:
        """What a known level 1 or level 2 means."""
        return self._code(f"levels{level}")

    def is_level_of(self, level: int) -> bool:
        """True for a known level 1 or a known level 2."""
        return self.level_code(level) is not None

    def _code(self, name: str) -> str | None:
        if self.is_value or len(self.key) > _LONGEST_LABEL:
            return None
        words = vocabulary(name)
        return next((word.code for key in keys(self.text) if (word := words.match(key))), None)
