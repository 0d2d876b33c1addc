"""Dates as a workbook shows them: days since the end of 1899, or since 1904, under a format code."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers.readers.workbook.formats import Token

_LAST_DAY = 2_958_465
"""31 December 9999."""
_FALSE_LEAP_DAY = 60
"""Excel counts a 29 February 1900 that never was."""
_WEEKDAYS = "一二三四五六日"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def shown_date(serial: float, tokens: list[Token], since_1904: bool) -> str | None:
    """A day and time as the code shows it; None where the number is no date."""
    if not 0 <= serial <= _LAST_DAY:
        return None
    seconds = round(serial * 86_400)
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if serial >= _FALSE_LEAP_DAY else 31)
    try:
        moment = start + timedelta(seconds=seconds)
    except OverflowError:
        return None
    half_day = any(token.kind == "noon" for token in tokens)
    out = []
    for at, token in enumerate(tokens):
        if token.kind == "date":
            out.append(_piece(token.text.lower(), moment, seconds, half_day, _is_minute(tokens, at)))
        elif token.kind == "noon":
            morning, evening = token.text.split("/")
            out.append(morning if moment.hour < 12 else evening)
        elif token.kind != "digit":
            out.append(token.text)
    return "".join(out).strip()


def _is_minute(tokens: list[Token], at: int) -> bool:
    """m behind hours or in front of seconds means minutes."""
    if not tokens[at].text.lower().startswith("m"):
        return False
    dates = [(i, token.text.lower().strip("[]")) for i, token in enumerate(tokens) if token.kind == "date"]
    order = next(o for o, (i, _) in enumerate(dates) if i == at)
    before = dates[order - 1][1] if order else ""
    behind = dates[order + 1][1] if order + 1 < len(dates) else ""
    return before.startswith("h") or behind.startswith("s")


def _piece(code: str, moment: datetime, seconds: int, half_day: bool, is_minute: bool) -> str:
    if code.startswith("["):
        return str(seconds // {"h": 3600, "m": 60, "s": 1}[code[1]])
    if is_minute:
        return f"{moment.minute:0{len(code)}d}"
    hour = (moment.hour - 1) % 12 + 1 if half_day else moment.hour
    kind, width = code[0], len(code)
    if kind in "ye":
        return f"{moment.year % 100:02d}" if kind == "y" and width < 3 else str(moment.year)
    if kind == "m" and width > 2:
        name = _MONTHS[moment.month - 1]
        return name[0] if width == 5 else name[:3] if width == 3 else name
    if kind == "d" and width > 2:
        name = _DAYS[moment.weekday()]
        return name[:3] if width == 3 else name
    if kind == "a":
        return ("星期" if width == 4 else "周") + _WEEKDAYS[moment.weekday()]
    number = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}[kind]
    return f"{number:0{width}d}"
