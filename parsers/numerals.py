"""Numbers in Chinese numerals (三千余人), and digits that a scanner mistook (1O0, l2): printed numbers both."""

from __future__ import annotations

from decimal import Decimal

import regex

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_PLACES = {"十": 10, "百": 100, "千": 1000}

CHINESE = (
    r"(?<![第零〇一二两三四五六七八九十百千万亿几数至到、~-])[一二两三四五六七八九](?:[十百千万亿][零〇]?[一二三四五六七八九]?)+"
    r"(?=[余多]?(?:万?元|[人名户亩份件家座吨株头场台套辆棵]|公里|平方米))"
)
"""A number of ten or more in Chinese numerals in front of a unit; 十四五 and 千家万户 count nothing."""

CONFUSABLE = (
    r"(?<![A-Za-z_\d.,〇])(?=[.,\dOolI〇]*\d)(?=[.,\d]*[OolI〇])[\dOolI〇]+(?:[.,][\dOolI〇]+)*(?![A-Za-z_])"
    r"|\d[\d.,]*(?=[百千万亿]*兀)"
)
"""A run of digits with letters that look like digits among them, or with a unit that looks like 元."""

_CONFUSABLE = regex.compile(CONFUSABLE)
_LOOK_ALIKE = frozenset("OolI〇兀")


def is_confusable(folded: str) -> bool:
    """True where a text holds a number with look-alikes of digits: which number is meant cannot be told."""
    return not _LOOK_ALIKE.isdisjoint(folded) and bool(_CONFUSABLE.search(folded))


def counted(numeral: str) -> Decimal:
    """The value of a Chinese numeral: 三千 → 3000, 一万二千 → 12000, 两亿 → 200000000."""
    total = section = digit = 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _PLACES:
            section, digit = section + digit * _PLACES[character], 0
        else:
            factor = 10**4 if character == "万" else 10**8
            total, section, digit = (total + section + digit) * factor, 0, 0
    return Decimal(total + section + digit)
