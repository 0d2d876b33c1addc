"""Of what a sentence about funds speaks: the department as a whole, a kind of its spending, or anything else.

A sentence says 年初预算…, 全年预算…, 执行… and leaves out whose they are more often than not. Only words that are
known to speak of the whole do; a word that is not known makes the rest of its sentence somebody else's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex

from parsers.characters import squeeze
from parsers.forms.model import Period
from parsers.forms.roles import lookup
from parsers.forms.tenses import is_of_a_budget
from parsers.words import vocabulary

Topic = Literal["open", "whole", "unknown", "part"]

_CLAUSES = regex.compile(r"[，,、；;：:（()）\n]+")
_SEGMENTS = regex.compile(r"[；;]")
_YEAR = regex.compile(
    r"(?:\((?=\d))?((?:19|20)\d{2})年(?:度|末|底)?\)?|截[至止]\d{0,4}年?\d{0,2}月?\d{0,2}[日底末]?|年末|年底"
)
_LEAD = regex.compile(
    r"(?:其中|并且|并|且|同时|另外|共计|累计|经统计|根据决算|根据.{0,10}批复|截[至止](?:目前)?|目前|年内|的)"
)
_VERBS = regex.compile(r"(?:数)?(?:共计|合计|总计|总额|共|计)?(?:为|是|达到?|了|即|安排|约)*")
_OFFICE_END = regex.compile(r"(?:[镇乡局委办院校馆会厅部]|中心|街道|政府|办事处|中学|小学|农场|团)$")
_SPENDING = {"基本支出": "basic_expenditure", "项目支出": "project_expenditure"}
_SPENDING_WORD = regex.compile("(?:部门|单位)?(基本支出|项目支出)")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a number states of the department: a concept in a period."""

    concept: str
    period: Period


@dataclass(slots=True)
class Scope:
    """Follows a report sentence by sentence and tells what each number about funds states of the department."""

    names: tuple[str, ...] = ()
    fiscal_year: int | None = None
    is_whole: bool = True
    """False where the title is that of a project: nothing in the report is of the department as a whole."""
    bare: bool = True
    """True as long as nothing since the heading spoke of a part: 年初预算 alone is then the department's."""
    clean: bool = True
    """True where no heading in force is about a part: 基本支出 and 项目支出 are the department's."""
    topic: Topic = "open"
    spending: str | None = None
    budgeted: bool = False
    of_which: bool = False
    under_budget: bool = False
    """True below a heading about a budget: what is said there is planned."""
    goes_on: bool = False
    """True behind a semicolon of a sentence about the whole."""

    def enter(self, headings: list[str]) -> None:
        """Begin a section: its heading and those above it say whether it is about a part."""
        known = not headings or lookup("sections", headings[-1]) is not None or _speaks_of_the_whole(headings[-1])
        self.clean = not any(_speaks_of_others(squeeze(heading)) for heading in headings)
        self.bare, self.goes_on = known and self.clean, False
        self.under_budget = is_of_a_budget(headings)

    def begin(self, *, later: bool) -> None:
        """Begin a sentence."""
        if self.goes_on and not later:
            self.spending, self.of_which = None, False
            return
        self.topic = "part" if later or not self.is_whole else "open"
        self.spending, self.budgeted, self.of_which = None, False, False

    def end(self, sentence: str) -> None:
        """A sentence that spoke of a part: what comes behind it may do so without saying it again."""
        self.goes_on = sentence.rstrip().endswith((";", "；")) and self.topic == "whole" and self.spending is None
        if self.clean and _is_caption(squeeze(sentence)):
            self.bare = True
        self.bare = self.bare and not _speaks_of_others(squeeze(sentence))

    def hears(self, words: str) -> Statement | None:
        """Take the words between the last number and the next; what the next states of the department, if anything."""
        parts = [squeeze(part) for part in _CLAUSES.split(words)]
        if _SEGMENTS.search(words) and self.spending:
            self.topic = "unknown"
        said = None
        for at, part in enumerate(parts):
            last = at == len(parts) - 1
            if part or last:
                said = self._clause(part, last)
        return said

    @property
    def may_be_whole(self) -> bool:
        """True where a rate or a sum without an owner is the department's."""
        if self.spending is not None:
            return False
        return self.topic == "whole" or (self.topic in {"open", "unknown"} and self.bare)

    @property
    def is_of_a_part(self) -> bool:
        """True where the sentence or a heading speaks of a part: a sum without an owner is not the department's."""
        return self.topic == "part" or self.spending is not None or not self.clean

    def _clause(self, words: str, last: bool) -> Statement | None:
        rest, own = self._without_owner(words)
        if own:
            self.topic, self.spending = "whole", None
        spending = _SPENDING_WORD.match(rest)
        if spending is not None and self.topic != "part":
            self.spending = _SPENDING[spending[1]]
            self.topic = "whole" if self.topic == "whole" or self.clean else "part"
            rest = rest[spending.end() :]
        word = _period_in(rest) if rest else None
        if word == "change":  # 追加预算, 上年结转: parts of the sum of the same sentence
            return None
        if self._is_of_others(rest):
            self.topic, self.spending = "part", None
            return None
        if not rest:
            self.of_which = self.of_which or words.startswith("其中")
            return None
        if (self.of_which or words.startswith("其中")) and self.spending is None and not own:
            self.topic = "part"
        self.of_which = False
        if word is None:
            if self.topic != "part":
                self.topic = "unknown"
            return None
        return self._statement(word) if last else None

    def _statement(self, code: str) -> Statement | None:
        budget = code in {"initial_budget", "full_year_budget"}
        if self.topic == "open" and self.bare and budget:
            self.topic = "whole"
        if self.topic != "whole" or code == "change":
            return None
        self.budgeted = self.budgeted or budget
        if code == "rate":
            return Statement("execution_rate", "annual") if self.spending is None else None
        if code == "spent" and not self.budgeted:
            return None
        period: Period = "execution" if code == "spent" else code  # type: ignore[assignment]
        return Statement(self.spending or "funds_total", period)

    def _without_owner(self, words: str) -> tuple[str, bool]:
        """Take years of the report, connectives and words for the department from the front."""
        own, rest = False, words
        owners = vocabulary("scopes").anywhere("whole")
        while rest:
            year = _YEAR.match(rest)
            if year is not None and (year[1] is None or self.fiscal_year in {None, int(year[1])}):
                rest = rest[year.end() :]
            elif (lead := _LEAD.match(rest)) is not None:
                rest = rest[lead.end() :]
            elif length := max((_part_of_name(rest, squeeze(name)) for name in self.names if name), default=0):
                rest, own = rest[length:], True
            elif (owner := owners.match(rest)) is not None and owner.end():
                rest, own = rest[owner.end() :], True
            else:
                break
        return rest, own

    def _is_of_others(self, words: str) -> bool:
        return bool(_YEAR.search(words)) or _speaks_of_others(words)


@lru_cache(maxsize=4096)
def _period_in(words: str) -> str | None:
    for verbs in (m for m in _VERBS.finditer(words, overlapped=True) if m.end() == len(words)):
        if (word := vocabulary("said_periods").match(words[: verbs.start()])) is not None:
            return word.code
    return None


def _is_caption(sentence: str) -> bool:
    """True for words that caption what follows, as a heading would: 预算执行情况。"""
    return bool(vocabulary("scopes").anywhere("whole").fullmatch(sentence.rstrip("。:")))


def _part_of_name(words: str, name: str) -> int:
    """Length of the piece of the office name that a text begins with: 红毛镇 of 红毛镇人民政府. A county is none."""
    if words[:3] not in name:
        return 0
    for end in range(min(len(words), len(name)), 2, -1):
        if words[:end] in name and _OFFICE_END.search(words[:end]):
            return end
    return 0


def _speaks_of_the_whole(heading: str) -> bool:
    return bool(vocabulary("scopes").anywhere("whole").search(squeeze(heading)))


@lru_cache(maxsize=4096)
def _speaks_of_others(words: str) -> bool:
    return bool(vocabulary("scopes").anywhere("part", "others", "prior", "later").search(words))
