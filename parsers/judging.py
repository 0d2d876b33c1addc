"""Does the actual satisfy the target? True, false, or None where that cannot be judged: unknown is never false."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Literal

import regex

from parsers.characters import fold, squeeze
from parsers.dates import last_day
from parsers.targets import Reading
from parsers.values import MONEY
from parsers.words import vocabulary

Direction = Literal["higher_better", "lower_better", "exact", "qualitative"]

_LOWER_NAME = regex.compile(r".*(?:成本|费用|支出|投诉|事故|超支|控制数|次数控制|死亡|违规|上访).*")
_LARGE_SHARE = 50
_TIME = regex.compile(r"天|日|小时|分钟?|个?工作日|个?月|周|年")
_SAME_UNITS = {
    "㎡": "平方米", "m²": "平方米", "m2": "平方米", "平米": "平方米", "km": "公里", "千米": "公里", "kg": "公斤",
    "千克": "公斤", "m": "米", "t": "吨", "小时/次": "小时",
}  # fmt: skip
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


def direction(target: Reading, name: str, level2: str | None) -> Direction | None:
    """Which way is better, from the operator, else inferred from what the indicator measures."""
    if target.kind in {"qualitative", "text"}:
        return "qualitative"
    if target.kind == "date":
        return "lower_better"
    if target.op in {">=", ">"}:
        return "higher_better"
    if target.op in {"<=", "<"}:
        return "lower_better"
    if target.op == "=":
        if target.value == 0:
            return "lower_better"
        return "higher_better" if target.unit == "%" and target.value == 100 else "exact"
    if target.kind is None:
        return None
    return "lower_better" if level2 == "cost" or _LOWER_NAME.fullmatch(squeeze(name)) else "higher_better"


def met(target: Reading, actual: Reading, way: Direction | None, fiscal_year: int | None = None) -> bool | None:
    """Judge an actual against its target.

    Words such as 完成 satisfy a qualitative target but say nothing of a number; a number that repeats its operator
    (≥95%) is a copy of the target, not a result. A date without a year is one of the fiscal year.
    """
    if target.kind is None or actual.kind is None:
        return None
    if target.kind == "date" and actual.kind == "date" and (dates := _dates(target, actual, fiscal_year)):
        return dates[1] <= dates[0]
    if target.kind in {"qualitative", "text", "date"}:
        return _met_in_words(target, actual)
    if target.kind == "multi":
        return _met_several(target, actual)
    if actual.kind != "numeric" or target.value is None or actual.value is None or actual.op is not None:
        return None
    aligned = _align(target, actual)
    if aligned is None:
        return None
    goal, got = aligned
    if target.kind == "range":
        return _met_range(target, got, way)
    if target.op == "=" and way == "higher_better":
        return got >= goal
    if target.op is not None:
        return _COMPARE[target.op](got, goal)
    return got <= goal if way == "lower_better" else got >= goal


def _met_range(target: Reading, got: Decimal, way: Direction | None) -> bool | None:
    """Inside is met. Beyond the better end, or the end of a time, nobody said what counts."""
    assert target.value is not None
    assert target.high is not None
    if target.value <= got <= target.high:
        return True
    if got > target.high:
        return False if way == "lower_better" else None
    return False if way == "higher_better" and not _TIME.fullmatch(target.unit or "") else None


def _dates(target: Reading, actual: Reading, fiscal_year: int | None) -> tuple[date, date] | None:
    """The last day that the target allows and the last that the actual names; None where a text is no date."""
    days = [last_day(reading.raw, fiscal_year) for reading in (target, actual)]
    return (days[0], days[1]) if days[0] is not None and days[1] is not None else None


def _align(target: Reading, actual: Reading) -> tuple[Decimal, Decimal] | None:
    """Both values in one unit, or None where the units do not meet."""
    goal, got = target.value, actual.value
    assert goal is not None
    assert got is not None
    units = (target.unit, actual.unit)
    if "%" in units and "%" not in fold(actual.raw) and (0 < got < 1 < goal or (got == 1 and goal == 100)):
        # 0.95 against 95 % is a share of one; 0.02 against 5 % may be either
        return (goal, got * 100) if goal >= _LARGE_SHARE else None
    if target.unit == actual.unit:
        return goal, got
    if "%" in units and None in units:
        bare = got if actual.unit is None else goal
        return None if bare > 100 or got == 1 < goal else (goal, got)
    if None in units and got == 0 and actual.unit is None:
        return goal, got  # nothing is nothing in any unit
    if None in units:
        # 1.5万人次 against a bare 14000: the bare number may count ones or ten thousands
        return None if any(unit and unit[0] in "万亿" for unit in units) else (goal, got)
    if _SAME_UNITS.get(str(target.unit), target.unit) == _SAME_UNITS.get(str(actual.unit), actual.unit):
        return goal, got
    if target.unit in MONEY and actual.unit in MONEY:
        return goal * MONEY[target.unit], got * MONEY[actual.unit]
    return None


def _met_in_words(target: Reading, actual: Reading) -> bool | None:
    goal, got = squeeze(target.raw), squeeze(actual.raw)
    if goal == got:
        return True
    said = vocabulary("qualities").match(got)
    if said is None:
        return None
    if said.code == "not_done":
        return False
    if said.code == "done_in_time" or (said.code == "done" and target.kind != "date"):
        return True
    wanted = vocabulary("qualities").match(goal)
    if said.code == "level" and wanted is not None and said.more["rung"] and wanted.more["rung"]:
        return True if int(said.more["rung"]) >= int(wanted.more["rung"]) else None
    return None


def _met_several(target: Reading, actual: Reading) -> bool | None:
    """Several numbers are judged only where the actual has the same number of values in the same units."""
    if [unit for _, unit in target.numbers] != [unit for _, unit in actual.numbers] or not target.numbers:
        return None
    return all(got >= goal for (goal, _), (got, _) in zip(target.numbers, actual.numbers, strict=True)) or None
