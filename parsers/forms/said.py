"""Every number of a sentence with the words around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import regex

from parsers.characters import PROMPT
from parsers.record import record
from parsers.tokens import Token
from parsers.words import Word, vocabulary

_ITEM = (
    r"(?:\d{1,2}\s*[.、．)](?!\d)|[(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)]"
    r"|[一二三四五六七八九十]{1,3}、|(?:年度)?目标|[①-⑳])"
)
_SENTENCE = regex.compile(rf"(?:[^。；;！!？?\n]++|\n(?!\s*{_ITEM}))+[。；;！!？?]?[”’\"]?")
"""A line break ends a sentence only in front of the next item of a list: cells of a PDF are wrapped by width."""
_NUMERAL = (
    r"(?:\d{1,2}\s*[.、．)](?!\d)|\d{1,2}\.(?=\s*(?:19|20)\d{2}\s*年)|[(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)]"
    r"|[一二三四五六七八九十]{1,3}、|(?:年度)?目标\s*\d{1,2}\s*:|[①-⑳])"
)
_LIST_NUMERAL = regex.compile(rf"\s*(?:{PROMPT})?\s*{_NUMERAL}?\s*")
_BOUNDARY = '，,。；;、：:！!？?“”"（()\n'
_DIGIT_BEFORE = regex.compile(r"\d[ ]+$|\d[.,]$|\d[万亿]$")
_DIGIT_AFTER = regex.compile(r"[ ]+\d|\.\d|,\d{4}|[万亿]\d")
_NUMERAL_OR_NUMBER = regex.compile(r"\s*\d{1,2}\.\d+(?:\.\d+)*")
_RANGE_TO = regex.compile(r"\s*(?:[-~—–]+|至|到)\s*(?=\d)")
_MINUS = regex.compile(r"(?:^|[\p{Han}\s:(,])-$")
_GAP = regex.compile(r"\s*[余多]?")
_CUT = regex.compile(r"[，,。；;、：:！!？?“”\"\n]")
_AND = regex.compile(r"\s*(?:[、,，]?(?:和|及|与|以及)|[、,，])\s*")
_RESPECTIVELY = regex.compile(
    r"(?P<names>[^,，。;；:：()（）]+)(?:的?(?:金额|数额|支出|决算数?))?分别(?:约?为|是|达到?|有|计|完成|支出)?\s*$"
)
_UP_TO_NAMES = regex.compile(r"^.*(?:中的?|其中)")


@cache
def _units() -> list[tuple[Word, regex.Pattern[str]]]:
    return [(word, regex.compile(word.pattern)) for word in vocabulary("units").words]


@record(frozen=True, slots=True)
class Said:
    """One number of a sentence with the words around it, in folded text."""

    token: Token
    kind: str
    """money, percent, person, point or word."""
    printed_unit: str | None
    unit_end: int
    before: str
    after: str
    clause: str
    """All words of the sentence in front of the number."""
    start: int
    """Where the subject begins."""
    sentence: str
    negative: bool


def is_broken(plain: str, token: Token) -> bool:
    """True for a part of a number that a space has cut (1 198.07): which number is meant cannot be told."""
    head = _NUMERAL_OR_NUMBER.match(plain)
    if head is not None and token.start < head.end():
        return True  # 2.55.3万元: is 2. the numeral of the paragraph?
    if not token.text[0].isdigit():
        return False
    return bool(_DIGIT_BEFORE.search(plain, max(token.start - 8, 0), token.start)) or bool(
        _DIGIT_AFTER.match(plain, token.end)
    )


def sentences(plain: str) -> Iterator[tuple[int, int]]:
    """Offsets of each sentence without the numeral of its list."""
    for found in _SENTENCE.finditer(plain):
        start, end = found.span()
        numeral = _LIST_NUMERAL.match(plain, start, end)
        start = numeral.end() if numeral else start
        while start < end and plain[start].isspace():
            start += 1
        while end > start and plain[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end


def said_in(plain: str, start: int, end: int, inside: list[Token]) -> list[Said]:
    """The numbers of the sentence between two offsets of a folded text, in order."""
    return list(_respectively(plain, start, list(_each(plain, start, end, inside))))


def _each(plain: str, start: int, end: int, inside: list[Token]) -> Iterator[Said]:
    edge = start
    for at, token in enumerate(inside):
        kind, printed, unit_end = _unit(plain, token.end, end)
        to = _RANGE_TO.match(plain, token.end) if kind == "none" and at + 1 < len(inside) else None
        if to is not None and to.end() == inside[at + 1].start:  # 800-1200元: both ends have the unit of the last
            kind, printed, _ = _unit(plain, inside[at + 1].end, end)
        # a colon right in front of the number belongs to its label: 基本支出：765.32万元
        words_end = token.start - len(plain[edge : token.start]) + len(plain[edge : token.start].rstrip(" :"))
        left = max([plain.rfind(mark, edge, words_end) for mark in _BOUNDARY]) + 1
        left = max(left, edge)
        stop = inside[at + 1].start if at + 1 < len(inside) else end
        negative = edge < token.start - 1 and bool(_MINUS.search(plain, edge, token.start))
        cut = _CUT.search(plain, unit_end, stop)
        after = plain[unit_end : cut.start() if cut else stop]
        yield Said(
            token, kind, printed, unit_end, plain[left : token.start], after, plain[start : token.start], left,
            plain[start:end], negative,
        )  # fmt: skip
        edge = unit_end


def _unit(plain: str, at: int, end: int) -> tuple[str, str | None, int]:
    """Kind, printed unit and its end; `none` where no known unit follows."""
    gap = _GAP.match(plain, at, end)
    begin = gap.end() if gap else at
    for word, pattern in _units():
        found = pattern.match(plain, begin, end)
        if found and found.end() > begin:
            return word.code, _printed_unit(found.group()), found.end()
    return "none", None, at


def _printed_unit(folded: str) -> str:
    return folded.replace("余", "").replace("多", "").replace("(", "（").replace(")", "）")


def _respectively(plain: str, start: int, said: list[Said]) -> Iterator[Said]:
    """Give each number of an enumeration its own words: 基本支出、项目支出分别为100万元、200万元.

    Only where as many names as numbers stand in it; which is whose cannot be told otherwise.
    """
    at = 0
    while at < len(said):
        found = _RESPECTIVELY.search(plain, start, said[at].token.start)
        run = _run(plain, said, at) if found else 1
        names = _AND.split(_UP_TO_NAMES.sub("", found["names"])) if found else []
        if found is not None and 1 < len(names) == run and all(names):
            for name, one in zip(names, said[at : at + run], strict=True):
                yield replace(one, before=f"{name}为", start=found.start("names"))
        else:
            yield from said[at : at + run]
        at += run


def _run(plain: str, said: list[Said], at: int) -> int:
    """How many numbers follow one another with nothing between them but the marks of an enumeration."""
    end = at + 1
    while end < len(said) and _AND.fullmatch(plain, said[end - 1].unit_end, said[end].token.start):
        end += 1
    return end - at
