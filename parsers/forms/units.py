"""The unit of amounts that stand beside columns of amounts without a unit of their own.

A row of units (（元） | （元） | %) or a header names the unit of its columns. Whether 其中：一般公共预算：108.11 below
them is meant in it too, only the sum of the parts tells, or the size of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from parsers.forms.model import Fact
from parsers.values import FEN, MONEY

_NEARLY = Decimal("0.0001")
_LEAST, _MOST = Decimal("0.001"), Decimal("1.01")
"""Of the whole: a part that is smaller or larger is not read in this unit."""


def settle(loose: Sequence[Fact], wholes: Sequence[Decimal], unit: str, stated: str | None) -> list[Fact] | None:
    """The amounts `loose`, read in the `unit` of columns beside them, in the unit that they are in; None where unknown.

    `wholes` are the totals of the form in 万元. The other unit that comes into question is the one `stated` for the
    whole form, else 万元.
    """
    if not wholes:
        return list(loose)
    other = stated if stated in MONEY else "万元"
    factor = MONEY[other] / MONEY[unit]
    parts: dict[bool, Decimal] = defaultdict(Decimal)
    for fact in loose:
        parts[fact.concept.startswith("revenue")] += fact.value or 0

    def adds_up(by: Decimal) -> bool:
        return any(abs(part * by - whole) <= whole * _NEARLY for part in parts.values() for whole in wholes)

    def fits(by: Decimal) -> bool:
        amounts = [fact.value * by for fact in loose if fact.value]
        return all(min(wholes) * _LEAST <= amount <= max(wholes) * _MOST for amount in amounts)

    if adds_up(Decimal(1)):
        return list(loose)
    why = "only so do the parts make the whole" if adds_up(factor) else "as stated for the form"
    if adds_up(factor) or (stated and not fits(Decimal(1)) and fits(factor)):
        return [
            replace(fact, value=(fact.value * factor).quantize(FEN), treatment=f"no unit printed, {other}: {why}")
            if fact.value is not None
            else fact
            for fact in loose
        ]
    return list(loose) if fits(Decimal(1)) else None
