"""Automatic numbering: the definitions of numbering.xml, and the counters that a walk through the file moves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from parsers.readers.ooxml.names import ALTERNATE, VAL, W
from parsers.readers.ooxml.numerals import numeral
from parsers.readers.ooxml.styles import Styles
from parsers.readers.ooxml.xmlpart import Element, branch, is_on, whole

LEVELS = 9
MAX_LABEL = 255
"""Word takes no longer label; a longer one would be multiplied by every paragraph of its list."""
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    number_format: str = "decimal"
    text: str = ""
    start: int = 0
    restart: int | None = None
    """Restarts after this level (from 1); 0 never restarts; None restarts after every higher level."""
    legal: bool = False
    """All numbers of the label are written as decimals."""
    style: str | None = None
    suffix: str = "tab"
    zeros: int = 0
    """Least number of digits of a custom format like `001`."""


@dataclass(slots=True)
class _List:
    abstract: str
    """Lists over the same abstract definition share their counters."""
    levels: dict[int, Level] = field(default_factory=dict)
    restarts: frozenset[int] = frozenset()
    """Levels that begin anew where this list is first used."""


@dataclass(frozen=True, slots=True)
class Label:
    """A number as it is printed, and what stands between it and the text."""

    text: str
    suffix: str


@dataclass(slots=True)
class Numbering:
    """The lists of a file and how far each has counted."""

    lists: dict[str, _List] = field(default_factory=dict)
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def level_of_style(self, number_id: str, style: str) -> int | None:
        """The level that a list ties to a paragraph style."""
        found = self.lists.get(number_id)
        if found is None:
            return None
        return next((index for index, level in found.levels.items() if level.style == style), None)

    def next(self, number_id: str, index: int) -> Label | None:
        """Count one paragraph of a list, and give its label; None where nothing is printed that is a number."""
        found = self.lists.get(number_id)
        level = None if found is None else found.levels.get(index)
        if found is None or level is None:
            return None
        levels = found.levels
        counters = self._counters.setdefault(found.abstract, [None] * LEVELS)
        if number_id not in self._begun:
            self._begun.add(number_id)
            for overridden in found.restarts:
                counters[overridden] = None
        current = counters[index]
        counters[index] = level.start if current is None else current + 1
        for deeper in range(index + 1, LEVELS):
            rule = levels[deeper].restart if deeper in levels else None
            if rule is None or index < rule:
                counters[deeper] = None
        if level.number_format == "bullet":
            return None
        text = _PLACEHOLDER.sub(lambda match: _part(levels, counters, int(match[1]) - 1, level.legal), level.text)
        return Label(text, level.suffix) if text else None


def _part(levels: dict[int, Level], counters: list[int | None], index: int, legal: bool) -> str:
    level = levels.get(index, Level())
    count = counters[index]
    number = level.start if count is None else count
    if legal and level.number_format != "none":
        return str(number)
    return numeral(number, level.number_format).zfill(level.zeros)


def read_numbering(root: Element, styles: Styles) -> Numbering:
    """The lists of a numbering part; lists that borrow their levels through a numbering style are followed."""
    abstracts: dict[str, dict[int, Level]] = {}
    borrowers: dict[str, str] = {}
    owners: dict[str, str] = {}
    for element in root.iterchildren(W + "abstractNum"):
        identity = element.get(W + "abstractNumId") or ""
        abstracts[identity] = dict(_read_levels(element))
        borrowed, owned = element.find(W + "numStyleLink"), element.find(W + "styleLink")
        if borrowed is not None:
            borrowers[identity] = borrowed.get(VAL) or ""
        if owned is not None:
            owners[owned.get(VAL) or ""] = identity
    numbers = {
        element.get(W + "numId") or "": (element, reference.get(VAL) or "")
        for element in root.iterchildren(W + "num")
        if (reference := element.find(W + "abstractNumId")) is not None
    }
    for borrower, style in borrowers.items():
        lender = owners.get(style)
        if lender is None:
            number_id = styles.style(style).number_id
            lender = numbers[number_id][1] if number_id in numbers else None
        if lender is not None and not abstracts[borrower]:
            abstracts[borrower] = abstracts.get(lender, {})
    numbering = Numbering()
    for identity, (element, abstract) in numbers.items():
        numbering.lists[identity] = _read_list(element, abstract, abstracts.get(abstract, {}))
    return numbering


def _read_list(element: Element, abstract: str, inherited: dict[int, Level]) -> _List:
    levels = inherited
    restarts: set[int] = set()
    for override in element.iterchildren(W + "lvlOverride"):
        index = whole(override.get(W + "ilvl"))
        if index is None or not 0 <= index < LEVELS:
            continue
        replaced, start = override.find(W + "lvl"), override.find(W + "startOverride")
        level = levels.get(index, Level()) if replaced is None else _read_level(replaced)
        if start is not None:
            level = replace(level, start=whole(start.get(VAL)) or 0)
            restarts.add(index)
        levels = levels | {index: level}
    return _List(abstract, levels, frozenset(restarts))


def _read_levels(element: Element) -> list[tuple[int, Level]]:
    out = []
    for level in element.iterchildren(W + "lvl"):
        index = whole(level.get(W + "ilvl"))
        if index is not None and 0 <= index < LEVELS:
            out.append((index, _read_level(level)))
    return out


def _read_level(element: Element) -> Level:
    out = Level()
    number_format: Element | None = None
    for child in element:
        tag = child.tag
        value = child.get(VAL)
        if tag == W + "start":
            out = replace(out, start=whole(value) or 0)
        elif tag == W + "numFmt":
            number_format = child
        elif tag == ALTERNATE:
            chosen = branch(child)
            found = None if chosen is None else chosen.find(W + "numFmt")
            number_format = number_format if found is None else found
        elif tag == W + "lvlText":
            out = replace(out, text=(value or "")[:MAX_LABEL])
        elif tag == W + "lvlRestart":
            out = replace(out, restart=whole(value))
        elif tag == W + "isLgl":
            out = replace(out, legal=is_on(child))
        elif tag == W + "pStyle":
            out = replace(out, style=value)
        elif tag == W + "suff":
            out = replace(out, suffix=value or "tab")
    if number_format is not None:
        kind = number_format.get(VAL) or "decimal"
        sample = (number_format.get(W + "format") or "").split(",")[0].strip()
        zeros = min(len(sample), LEVELS) if kind == "custom" and sample.isdigit() else 0
        out = replace(out, number_format="decimal" if kind == "custom" else kind, zeros=zeros)
    return out
