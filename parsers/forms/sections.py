"""The report in prose as sections: headings by the numerals that they carry, of whatever style.

Headings of one report mix styles, since converters turn automatic numbers into digits (1、 二、 三、 4、). The
first level is the style 一、 (or 第一部分, or digits where no Chinese numerals are used); a gap in its count is
filled by a heading-like line that carries the missing number in another style.
"""

from __future__ import annotations

import itertools

import regex

from parsers.characters import fold, squeeze
from parsers.document import Paragraph
from parsers.forms.model import Section
from parsers.forms.roles import lookup
from parsers.record import record
from parsers.words import vocabulary

_CHINESE = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)}
_STYLES: tuple[tuple[str, str], ...] = (
    ("part", r"第(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})(?:部分|章)[、.\s:]*"),
    ("chinese", r"(?P<n>[一二三四五六七八九十]{1,3})\s*[、.．,]\s*"),
    ("bracket", r"\((?P<n>[一二三四五六七八九十]{1,3})\)\s*[、.]?\s*"),
    ("digit", r"(?P<n>\d{1,2})\s*[、.．](?!\d)\s*"),
    ("decimal", r"(?P<n>\d{1,2}\.\d{1,2})(?![\d.%])\s*(?=[\p{Han}])(?![个万亿元次项名人分平公])"),
    ("decimal_third", r"(?P<n>\d{1,2}\.\d{1,2}\.\d{1,2})(?![\d.%])\s*(?=[\p{Han}])"),
    ("digit_bracket", r"\((?P<n>\d{1,2})\)\s*[、.]?\s*"),
)
_NUMERAL = [(style, regex.compile(rf"\s*(?P<numeral>{pattern})")) for style, pattern in _STYLES]
_LONGEST_HEADING = 40
_LONGEST_RUN_IN = 25
_ENDS = regex.compile(r"[。；;！!？?]")


@record(frozen=True, slots=True)
class Candidate:
    """A paragraph that begins with a numeral and could be a heading."""

    at: int
    style: str
    number: int
    numeral: str
    heading: str
    rest: str
    """Text behind a heading that runs into its paragraph."""


def sections_of(paragraphs: list[Paragraph]) -> list[Section]:
    """The sections of a report in order. Text before the first heading belongs to no section."""
    candidates = [found for at, paragraph in enumerate(paragraphs) if (found := candidate(paragraph, at))]
    levels = _levels(candidates)
    chosen = [c for c in candidates if c.at in levels]
    counts: list[int] = []
    made: list[Section] = []
    for seq, head in enumerate(chosen, start=1):
        level = min(levels[head.at], len(counts) + 1)
        counts = [*counts[: level - 1], head.number]
        until = chosen[seq].at if seq < len(chosen) else len(paragraphs)
        body = [head.rest, *(p.text for p in paragraphs[head.at + 1 : until])]
        text = "\n".join(part for part in body if part.strip())
        number = ".".join(map(str, counts))
        place = paragraphs[head.at].place
        made.append(Section(seq, level, number, head.numeral, head.heading, text, place, is_nil(text)))
    return made


def is_nil(text: str) -> bool:
    """True where a section says nothing but that there is nothing: 无此项支出。 An empty section says not even that."""
    word = vocabulary("statements").match(squeeze(text).rstrip("。.；;"))
    return word is not None and word.code == "nil"


def candidate(paragraph: Paragraph, at: int = 0) -> Candidate | None:
    """Read a paragraph as a heading: a numeral and a short line, or a short first sentence in front of its text."""
    raw = paragraph.text
    plain = fold(raw)
    for style, pattern in _NUMERAL:
        found = pattern.match(plain)
        if found is None:
            continue
        words = raw[found.end() :]
        end = _ENDS.search(words)
        heading, rest = words.strip(), ""
        if end is not None and (end.start() < len(words.rstrip()) - 1 or style not in {"chinese", "part"}):
            if style not in {"chinese", "bracket", "part"} or end.start() > _LONGEST_RUN_IN or end.group() != "。":
                return None
            heading, rest = words[: end.start()].strip(), words[end.end() :]
            if not rest.strip():
                return None
        heading = heading.rstrip("。：:")
        if not heading or len(heading) > _LONGEST_HEADING:
            return None
        return Candidate(at, style, _number(found["n"]), found["numeral"].strip(), heading, rest)
    return None


def _number(numeral: str) -> int:
    numeral = numeral.rpartition(".")[2]
    if numeral.isdigit():
        return int(numeral)
    tens, _, ones = numeral.partition("十") if "十" in numeral else ("", "", numeral)
    if "十" in numeral:
        return (_CHINESE.get(tens, 1) if tens else 1) * 10 + (_CHINESE.get(ones, 0) if ones else 0)
    return _CHINESE.get(ones, 0)


def _levels(candidates: list[Candidate]) -> dict[int, int]:
    """Level of each heading by its paragraph: styles rank in the order in which they first nest."""
    styles = [style for style, _ in _NUMERAL if any(c.style == style for c in candidates)]
    if not styles:
        return {}
    top = styles[0]
    if top == "bracket" and "digit" in styles and candidates[0].style == "digit":
        top = "digit"
    firsts = _first_level(candidates, top)
    levels = dict.fromkeys(firsts, 1)
    below: list[str] = []
    expected: dict[str, int] = {}
    for c in candidates:
        if c.at in firsts:
            below, expected = [], {}
            continue
        if c.style == top or (c.style == "digit" and _is_list_item(c)):
            continue
        if c.style not in below:
            if c.number != 1:
                continue
            below.append(c.style)
        else:
            below = below[: below.index(c.style) + 1]
        expected = {style: n for style, n in expected.items() if style in below}
        if c.number != expected.get(c.style, 0) + 1:
            continue
        expected[c.style] = c.number
        levels[c.at] = below.index(c.style) + 2
    return levels


def _is_list_item(c: Candidate) -> bool:
    """Digits number lists as often as headings: only a short line without inner punctuation is a heading."""
    return len(c.heading) > 20 or any(mark in c.heading for mark in "，,：:")


def _first_level(candidates: list[Candidate], top: str) -> set[int]:
    """Paragraphs of first-level headings: those of the top style, and one of another style for each missing number."""
    own = [c for c in candidates if c.style == top]
    chosen = {c.at for c in own}
    edges = [(0, -1), *((c.number, c.at) for c in own), (own[-1].number + 3, candidates[-1].at + 1)]
    for (low, after), (high, before) in itertools.pairwise(edges):
        at = after
        for number in range(low + 1, high):
            between = [
                c
                for c in candidates
                if at < c.at < before and c.number == number and c.style == "digit" and c.at not in chosen
            ]
            named = [c for c in between if lookup("sections", c.heading)]
            fits = named or ([] if high == edges[-1][0] and before == edges[-1][1] else between)
            if len(fits) != 1:
                break
            chosen.add(fits[0].at)
            at = fits[0].at
    return chosen
