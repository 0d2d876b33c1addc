"""Titles, attachment marks and captions: the lines that say which form begins, of whom and of which year."""

from __future__ import annotations

from functools import lru_cache

import regex

from parsers.characters import squeeze
from parsers.labels import label_key
from parsers.words import vocabulary

_LONGEST_TITLE = 60
_SENTENCE = regex.compile(r"[。；;!！?？]")
_MARK = regex.compile(r"^附(?:件|表)(?:\d{1,2}|[一二三四五六七八九十])?(?:-\d{1,2})?[:、]?")
_HEADING = regex.compile(r"[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]")
_DIGITS = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
_YEAR = regex.compile(
    r"(?<!\d)((?:19|20)\d{2})(?=年)|(?<![〇○零一二三四五六七八九])([二][〇○零一二三四五六七八九]{3})(?=年)"
)
_TITLE_YEAR = regex.compile(r"(?<!\d)((?:19|20)\d{2})(?=(?:年度?)?\D|$)")


@lru_cache(maxsize=4096)
def title_kind(text: str) -> str | None:
    """Form that a line announces: `base_data`, `department_evaluation`, …, `declaration`; None where it is no title."""
    key = _title_key(text)
    word = vocabulary("titles").match(_without_mark(key)) if key else None
    if word is not None and key is not None and word.code == "narrative" and _HEADING.match(key):
        return None  # 二、绩效自评情况报告 is a section of a report, not the report
    return word.code if word else None


def other_publication(text: str) -> str | None:
    """Publication other than an evaluation that a title names: `notice`, `budget_document`, …; else None."""
    key = _title_key(text)
    word = vocabulary("lookalikes").match(key) if key else None
    return word.code if word else None


@lru_cache(maxsize=4096)
def caption_kind(text: str) -> str | None:
    """`attachment`, `note`, `signature`, `unit` or `year` where a line is one of these, else None."""
    word = vocabulary("captions").match(squeeze(text))
    return word.code if word else None


def years(text: str) -> list[int]:
    """Years named in a text as 2023年, 2023年度 or 二〇二三年, in order."""
    key = squeeze(text)
    return [int(m[1] or "".join(_DIGITS[c] for c in m[2])) for m in _YEAR.finditer(key)]


def title_year(text: str) -> int | None:
    """The one year that a title names; None where it names none or several."""
    key = squeeze(text)
    found = set(years(text)) or {int(y) for y in _TITLE_YEAR.findall(key)}
    return found.pop() if len(found) == 1 else None


def _title_key(text: str) -> str | None:
    """A line as a title is compared; None where it is too short, too long or a sentence."""
    key = squeeze(text)
    return key if 4 <= len(key) <= _LONGEST_TITLE and not _SENTENCE.search(key) else None


def _without_mark(key: str) -> str:
    """Drop 附件2 and the like from the front of a title."""
    return label_key(_MARK.sub("", key)) or key
