"""Overall goals of the year and what was reported against them (年度总体目标: 预期目标, 实际完成情况)."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from parsers.characters import blank_residue, fold, tidy
from parsers.document import Place
from parsers.forms.model import Goal
from parsers.grid import Slot

_GOAL = regex.compile(
    r"(?:^|(?<=[\s;；。,，]))(?:年度)?(?:绩效)?目标\s*(?P<number>\d{1,2}|[一二三四五六七八九十])\s*(?:实际)?(?:完成情况)?\s*[:、.．]\s*"
)
_DIGITS = {c: str(at) for at, c in enumerate("一二三四五六七八九十", start=1)}


def goals_of(expected: Sequence[Slot], actual: Sequence[Slot], in_rows: Sequence[Slot] = ()) -> list[Goal]:
    """A row for each 目标n： of the expected text, one row where nothing is numbered; `in_rows` hold one goal each.

    An actual that is numbered the same way stands beside its own goal; one unnumbered text stands beside all of them.
    """
    if in_rows and not expected:
        return [Goal(seq, tidy(s.text), None, s.cell.place) for seq, s in enumerate(in_rows, start=1) if tidy(s.text)]
    wanted, reported = _numbered("\n".join(s.text for s in expected)), _numbered("\n".join(s.text for s in actual))
    numbers = list(dict.fromkeys([*wanted, *reported]))
    if len(numbers) > 1 and None in numbers:
        numbers.remove(None)
    place = next((s.cell.place for s in (*expected, *actual) if not s.is_blank), Place())
    shared = reported.get(None) if set(reported) == {None} else None
    goals = [
        Goal(seq, wanted.get(number), reported.get(number) or shared, place)
        for seq, number in enumerate(numbers, start=1)
    ]
    return [goal for goal in goals if goal.expected or goal.actual]


def _numbered(text: str) -> dict[str | None, str]:
    """Text of each numbered goal; under None what stands before the first number, or all of it."""
    plain = blank_residue(fold(text))
    marks = list(_GOAL.finditer(plain))
    parts: dict[str | None, str] = {}
    first = tidy(text[: marks[0].start()] if marks else text)
    if first:
        parts[None] = first
    for at, mark in enumerate(marks):
        words = tidy(text[mark.end() : marks[at + 1].start() if at + 1 < len(marks) else len(text)])
        if words:
            parts[_DIGITS.get(mark["number"], mark["number"])] = words
    return parts
