"""Calendar dates as targets print them: 2023年12月底前, 12月31日, 2023-06-30, 6月."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import regex

from parsers.characters import squeeze

_DATE = regex.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年度?)?(?:(?P<first>\d{1,2})月?[-~至])?(?:(?P<month>\d{1,2})月(?:份)?"
    r"(?:(?P<day>\d{1,2})[日号]?|(?P<part>上旬|初|中旬))?|(?P<end>年底|年末|底|末))"
    r"|(?P<y>(?:19|20)\d{2})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})"
)
_PARTS = {"上旬": 10, "初": 10, "中旬": 20}


def last_day(text: str, fiscal_year: int | None) -> date | None:
    """The last day of the period that a text names; a date without a year is one of `fiscal_year`.

    Returns None where the text names no calendar date, or no year is known.
    """
    found = _DATE.search(squeeze(text))
    if found is None:
        return None
    year = int(found["year"] or found["y"] or fiscal_year or 0)
    month = 12 if found["end"] else int(found["month"] or found["m"])
    if not year or not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    day = int(found["day"] or found["d"] or _PARTS.get(found["part"] or "", last))
    return date(year, month, day) if 1 <= day <= last else None
