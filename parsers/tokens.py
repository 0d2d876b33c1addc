"""Every run of digits that a text prints, and which of them are no figures.

Years, dates, numerals of headings and lists, ordinals, numbers of documents, telephone numbers and field codes are
`structural`: they order or name something and measure nothing. All other numbers must end up as a fact, an indicator
field, a key figure or in `unmapped`.
"""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from parsers.characters import RESIDUE, fold
from parsers.numerals import CHINESE, CONFUSABLE
from parsers.record import record
from parsers.values import NUMBER
from parsers.words import vocabulary

_YEAR = r"(?:19|20)\d{2}"


@cache
def _kinds(with_at: bool) -> tuple[regex.Pattern[str], list[str]]:
    """All structural patterns as one alternation, and the kind of each by the number of its group.

    Those that want an @ begin with any word, and are tried at every character: without an @ they are left out.
    """
    words = vocabulary("structural").words
    patterns = [RESIDUE.pattern, *(word.pattern.replace("YEAR", _YEAR) for word in words)]
    joined = "|".join(
        f"(?P<kind_{at}>{pattern})" for at, pattern in enumerate(patterns) if with_at or "@" not in pattern
    )
    return regex.compile(joined, regex.MULTILINE), ["residue", *(word.code for word in words)]


# a quick look; which characters are digits is decided by Python, which may know fewer of them
_MAY_COUNT = regex.compile(r"[\p{Numeric_Type=Decimal}\p{Numeric_Type=Digit}十百千万亿]")
_DIGITS = regex.compile(rf"(?P<confusable>{CONFUSABLE})|(?P<chinese>{CHINESE})|{NUMBER.pattern}")


@record(frozen=True, slots=True)
class Token:
    """A number printed in a text, with its offsets in the raw text."""

    start: int
    end: int
    text: str
    """The digits in plain form: folded, thousands separators kept."""
    structural: str | None
    """Kind of structural number (`year`, `date`, `numeral`, …), None for a figure."""
    confusable: bool = False
    """True where letters that look like digits stand in it: no value can be taken."""


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """All numbers of a text in order, each marked structural or not."""
    plain = fold(text)
    first = _MAY_COUNT.search(plain)
    if first is None or not (_counts(first.group()) or any(map(_counts, plain))):
        return ()
    numbers = list(_DIGITS.finditer(plain))
    if not numbers:  # 万元: most labels that may count do not
        return ()
    pattern, kinds = _kinds("@" in plain)
    if numbers[0].span() == (0, len(plain)):  # most cells are a number: what covers it begins where it does
        m = pattern.match(plain)
        marks = [] if m is None else [m]
    else:
        marks = list(pattern.finditer(plain))
    marked = [(*m.span(), kinds[int(str(m.lastgroup)[5:])]) for m in marks]
    found = []
    for m in numbers:
        begin, stop = m.span()
        kind = None
        for start, end, marking in marked:
            if start <= begin and stop <= end:
                kind = marking
                break
        found.append(Token(begin, stop, m.group(), kind, m.start("confusable") < m.end("confusable")))
    return tuple(found)


def _counts(character: str) -> bool:
    return character.isdigit() or character in "十百千万亿"
