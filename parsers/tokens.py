"""Every run of digits that a text prints, and which of them are no figures.

Years, dates, numerals of headings and lists, ordinals, numbers of documents, telephone numbers and field codes are
`structural`: they order or name something and measure nothing. All other numbers must end up as a fact, an indicator
field, a key figure or in `unmapped`.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from parsers.characters import RESIDUE, fold
from parsers.values import NUMBER

_YEAR = r"(?:19|20)\d{2}"
_STRUCTURAL: tuple[tuple[str, str], ...] = (
    ("residue", RESIDUE.pattern),
    ("address", r"(?:https?://|www\.)[\w./?=&%:#~+-]+|[\w.]+@[\w.]+"),
    ("document_number", rf"[\[(]\s*{_YEAR}\s*[\])]\s*(?:第\s*)?\d+\s*号|{_YEAR}\s*年?\s*第\s*\d+\s*[号期]|(?<!\d)\d+\s*号(?:文|令|文件)"),
    ("telephone", r"(?:电话|手机|传真|邮编|热线)[^\d\n]{0,8}[\d\s()\-—、,]{5,}|(?<!\d)(?:0\d{2,3}\s*[-—]\s*)\d{7,8}(?!\d)|(?<![\d.])1[3-9]\d{9}(?![\d.])"),
    ("date", rf"(?<!\d)\d{{1,2}}·\d{{1,2}}(?!\d)|{_YEAR}\s*[-./]\s*\d{{1,2}}\s*[-./]\s*\d{{1,2}}(?!\d)|(?<![\d.])\d{{1,2}}\s*月\s*\d{{1,2}}\s*[日号]|(?<![\d.])\d{{1,2}}\s*[-~至—]\s*\d{{1,2}}\s*月|(?<![\d.])\d{{1,2}}\s*月(?!票)|(?<![\d.])\d{{1,2}}\s*[日](?=[前起止至,，。 ])|(?<!\d)\d{{1,2}}:\d{{2}}(?!\d)"),
    ("year", rf"(?<![\d.]){_YEAR}\s*(?:年度?)?\s*[-~至—–]+\s*(?:{_YEAR}|\d{{2}})\s*年|(?<!\d)(?<!\d[.,]){_YEAR}\s*(?=年)|^\s*{_YEAR}\s*$"),
    ("code", r"(?<=[A-Za-z_])\d+|\d+(?=[A-Z])|\d+(?:\+[\dNnXx]+)+"),
    ("ordinal", r"第\s*\d+"),
    ("numeral", r"(?:附件|附表|附|表|目标|指标|问题|图)\s*\d{1,2}(?=\s*[:、.\s(（-]|\p{Han}|$)(?!\s*[个项条张份次万亿%分人元])"),
    ("numeral", r"(?:^|(?<=[。;；:!\n]))\s*[(]?\s*\d{1,2}\s*(?:[)、]|\.(?!\s*\d))|[(]\s*\d{1,2}\s*[)](?=\s*\p{Han})"),
)  # fmt: skip
_KINDS = regex.compile(
    "|".join(f"(?P<{kind}_{at}>{pattern})" for at, (kind, pattern) in enumerate(_STRUCTURAL)), regex.MULTILINE
)
_DIGITS = regex.compile(NUMBER.pattern)


@dataclass(frozen=True, slots=True)
class Token:
    """A number printed in a text, with its offsets in the raw text."""

    start: int
    end: int
    text: str
    """The digits in plain form: folded, thousands separators kept."""
    structural: str | None
    """Kind of structural number (`year`, `date`, `numeral`, …), None for a figure."""


def tokens(text: str) -> list[Token]:
    """All numbers of a text in order, each marked structural or not."""
    plain = fold(text)
    if not any(map(str.isdigit, plain)):
        return []
    marked = [(m.start(), m.end(), str(m.lastgroup).rpartition("_")[0]) for m in _KINDS.finditer(plain)]
    found = []
    for m in _DIGITS.finditer(plain):
        kind = next((k for start, end, k in marked if start <= m.start() and m.end() <= end), None)
        found.append(Token(m.start(), m.end(), m.group(), kind))
    return found
