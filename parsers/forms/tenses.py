"""Whether a number said in prose is of the year itself, of a year before, a difference, or only intended."""

from __future__ import annotations

from typing import Literal

import regex

from parsers.characters import squeeze
from parsers.words import vocabulary

Tense = Literal["current", "prior", "change", "plan"]

_CHANGE = regex.compile(
    r"增加|减少|增长|下降|上升|降低|压减|节约|同比|环比|增幅|降幅|增减|追加|调增|调减|缩减|提高了|(?:较|比)[^,，]{0,12}提高|超支|相差|差额"
)
_CHANGED_TO = regex.compile(r"(?:增加|增长|上升|减少|下降|降低|调整|压减|追加|提高|提升)(?:到|至|为)\s*$")
_PRIOR = regex.compile(r"上年(?!结转|末结转)|上一年|去年|同期|前年|以前年度")
_PLAN = regex.compile(r"预算(?:数|安排|批复|为|资金|金额)?(?:为|是|共|总额)?$|(?:安排|批复)$")
_BAND = regex.compile(r"\s*(?:\(含\))?\s*(?:及)?(?:以上|以下|以内)")
"""A number that bounds a class (90分以上为优) says what counts, not what was."""
_RAISED_FROM = regex.compile(r"(?:由|从)[^由从]*$")
_RAISED_TO = regex.compile(r".{0,12}?(?:提高|提升|增加|增长|上升|上调|下降|降低|降|减少|压缩|调整)(?:到|至|为)")
_YEAR = regex.compile(r"((?:19|20)\d{2})\s*年")


def tense_of(before: str, after: str, clause: str, fiscal_year: int | None) -> Tense:
    """What a number is, by the words right before and after it and by all words of its sentence in front of it."""
    if _BAND.match(after):
        return "plan"
    if _CHANGED_TO.search(before):
        return "current"
    if _CHANGE.search(before):
        return "change"
    if _PRIOR.search(before) or before.strip() in {"由", "从"}:
        return "prior"
    named = [int(year) for year in _YEAR.findall(clause)] if "年" in clause else []
    if named and fiscal_year is not None and named[-1] != fiscal_year:
        return "prior" if named[-1] < fiscal_year else "plan"
    if _RAISED_FROM.search(before) and _RAISED_TO.match(after):
        return "prior"
    return "plan" if _PLAN.search(before) or _is_intended(before) else "current"


def _is_intended(words: str) -> bool:
    """True where the last word about it says that something was to be done, not that it was done: 目标新建, 应完成."""
    tenses = vocabulary("tenses")
    plans = [found.end() for found in tenses.anywhere("plan").finditer(words)]
    if not plans:
        return False
    done = [found.start() for found in tenses.anywhere("done").finditer(words)]
    return max(plans) > max(done, default=-1)


def is_later(sentence: str, before: bool, fiscal_year: int | None) -> bool:
    """True where a sentence, or one before it in its paragraph, speaks of what is planned for a later year."""
    named = [int(year) for year in _YEAR.findall(sentence)] if "年" in sentence else []
    if fiscal_year is not None and named:
        return min(named) > fiscal_year
    return before or bool(vocabulary("scopes").anywhere("later").search(sentence))


def is_of_a_budget(headings: list[str]) -> bool:
    """True where the innermost heading that tells is about a budget: （一）年初预算情况."""
    tenses = vocabulary("tenses")
    for heading in map(squeeze, reversed(headings)):
        if tenses.anywhere("spent").search(heading):
            return False
        if tenses.anywhere("budget_heading").search(heading):
            return True
    return False


def is_budgeted(words: str, before: bool, under_budget: bool) -> bool:
    """True where the last word about it says that money was planned: 年初预算500万元，其中基本支出300万元.

    `words` are those in front of a number; `before` is what held until they begin, which only 其中 takes over;
    `under_budget` says that the heading is about a budget.
    """
    tenses = vocabulary("tenses")
    plain = squeeze(words)
    budgets = [found.end() for found in tenses.anywhere("budget").finditer(plain)]
    spent = [found.end() for found in tenses.anywhere("spent").finditer(plain)]
    if not budgets and not spent:
        return under_budget or (before and plain.startswith("其中"))
    return max(budgets, default=-1) > max(spent, default=-1)
