"""Values of amount cells: numbers, printed units, and the three ways of saying nothing.

Money becomes 万元 (`wan_yuan`) by exact decimal shift, down to the fen (six places). A rate is kept as printed:
91.67 % is 91.67. A blank is never a zero: an empty cell is `blank`, a dash or 无 is `not_applicable`, 0 is a value.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Literal

import regex

from parsers.characters import blank_residue, fold
from parsers.record import record

Status = Literal["value", "blank", "not_applicable"]
Unit = Literal["wan_yuan", "percent", "person", "sqm", "point", "item"]

FEN = Decimal("0.000001")
"""One fen in 万元: the finest amount of money there is, and the scale of every stored value."""

NUMBER = regex.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)|\d+(?:\.\d+)?")
"""A number in folded text: thousands separators only where they part groups of three."""

_NOTHING = regex.compile(r"[-—–―/\\]+|无|不适用|N/?A", regex.IGNORECASE)
_FILLER = regex.compile(r"[….·。]{2,}|…")
_CUT = regex.compile(r"(?<=[.,])\s+(?=\d)|(?<=\d)\s+(?=[.,]\d)|\s+(?=%)")
_AMOUNT = regex.compile(
    rf"(?P<sign>[+-])?(?P<number>{NUMBER.pattern})[.。]?\s*(?P<unit>[\p{{Han}}%‰㎡²A-Za-z]\S{{0,4}})?[.。]?"
)

_MONEY_NAMED = regex.compile(r"(?:\(|单位:?|:|^)(?:人民币)?((?:百|千|万|亿)*元)(?:\)|、|,|$|人民币)")

MONEY: dict[str, Decimal] = {
    "元": Decimal("0.0001"),
    "人民币元": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "万元": Decimal(1),
    "万": Decimal(1),
    "百万元": Decimal(100),
    "千万元": Decimal(1000),
    "亿元": Decimal(10000),
    "亿": Decimal(10000),
}
"""Printed unit of money → what one of it is in 万元."""

_OTHER: dict[str, Unit] = {
    "%": "percent", "百分比": "percent", "个百分点": "percent",
    "人": "person", "名": "person", "个": "person",
    "㎡": "sqm", "m²": "sqm", "m2": "sqm", "平方米": "sqm", "平米": "sqm", "平方": "sqm",
    "分": "point",
}  # fmt: skip


@record(frozen=True, slots=True)
class Amount:
    """What an amount cell says. `value` is in `unit`; None unless `status` is `value` and the number is certain."""

    status: Status
    value: Decimal | None = None
    decimals: int | None = None
    """Digits after the point as printed; the tolerance of sums is worked out from it."""
    unit: Unit | None = None
    printed_unit: str | None = None
    treatment: str = ""
    """What was done to the printed number, in words; empty where it was taken as it stands."""


def number(text: str) -> Decimal:
    """The exact decimal of a text that `NUMBER` matched."""
    return Decimal(text.replace(",", ""))


def decimals(text: str) -> int:
    """Digits after the decimal point of a number as printed."""
    return len(text.partition(".")[2])


def heal(text: str) -> str:
    """Fold a cell and close a number that a line break cut at its point, comma or percent sign (95.⏎10%)."""
    plain = blank_residue(fold(text))
    return _CUT.sub("", plain).strip() if len(plain.split()) > 1 else plain.strip()


@lru_cache(maxsize=16384)
def nothing(text: str) -> Status | None:
    """`blank` or `not_applicable` where a cell says nothing, None where it says something."""
    plain = "".join(blank_residue(fold(text)).split())
    if not plain or _FILLER.fullmatch(plain):
        return "blank"
    return "not_applicable" if _NOTHING.fullmatch(plain) else None


@lru_cache(maxsize=16384)
def money_unit(text: str) -> str | None:
    """The unit of money that a header or caption names in brackets or after 单位：, such as （万元）."""
    plain = "".join(fold(text).split())
    named = _MONEY_NAMED.search(plain)
    return named.group(1) if named else None


@lru_cache(maxsize=4096)
def amount(text: str, expected: Unit, header_unit: str | None = None) -> Amount | None:
    """Read one amount cell.

    `expected` is the unit that the concept has; `header_unit` the unit of money that governs the column (万元 where
    None). A unit printed in the cell beats it. Returns None where the text is no single certain number of that unit.
    """
    said_nothing = nothing(text)
    if said_nothing is not None:
        return Amount(said_nothing, unit=expected)
    found = _AMOUNT.fullmatch(heal(text))
    if found is None:
        return None
    printed, digits = found["unit"], found["number"]
    value = number(digits) * (-1 if found["sign"] == "-" else 1)
    places = decimals(digits)
    if expected == "wan_yuan":
        governing = printed or header_unit or "万元"
        factor = MONEY.get(governing)
        if factor is None:
            return None
        exact = value * factor
        done = [] if factor == 1 else [f"{governing} → 万元: × {factor.normalize():f}"]
        places = max(places - factor.adjusted(), 0)
    elif printed is None or _OTHER.get(printed) == expected or (expected == "item" and printed not in MONEY):
        exact, done = value, []
    else:
        return None
    kept = exact.quantize(FEN, ROUND_HALF_EVEN)
    if kept != exact:
        done.append(f"{exact.normalize():f} rounded to six decimals")
    return Amount("value", kept, places, expected, printed, "; ".join(done))
