"""Funds whose periods stand beside the amounts, not above them: 预算数： | 1680 | 到位数： | 1680 | 执行数： | 1655."""

from __future__ import annotations

import itertools

from parsers.characters import squeeze
from parsers.forms.columns import TOTALS, printed_name
from parsers.forms.facts import Taker
from parsers.forms.model import Period
from parsers.forms.roles import SELF_NAMED, lookup
from parsers.grid import Row, Slot, filled
from parsers.values import money_unit

_NAMED: dict[str, Period] = {**SELF_NAMED, "budget": "current_budget"}
_FEWEST = 2


class SidewaysRows:
    """A block whose first row names the periods and holds the totals; each row below it is one kind of funds."""

    def __init__(self, taker: Taker, scope: str) -> None:
        """`scope` names the vocabulary of the labels of kinds."""
        self.taker, self.scope = taker, scope
        self._periods: list[Period] = []
        self._above = ""
        self._unit: str | None = None

    def take(self, row: Row) -> bool:
        """Take the row's amounts; False where it is no row of such a block."""
        pairs = [(s, after) for s, after in itertools.pairwise(row) if not s.continued and _is_answered(s, after)]
        if len(pairs) < _FEWEST or self.scope not in TOTALS:
            self._periods, self._above = [], "".join(slot.key for slot in filled(row))
            self._unit = money_unit("".join(slot.text for slot in row if not slot.is_value))
            return False
        periods = [self._period(slot) for slot, _ in pairs]
        if all(periods) and len(set(periods)) == len(periods):
            self._periods = [period for period in periods if period]
            return self._take(pairs, TOTALS[self.scope], "wan_yuan", None)
        words = {word.code: word for slot, _ in pairs if (word := lookup(self.scope, slot.text)) is not None}
        same = len({slot.key for slot, _ in pairs}) == 1
        if len(pairs) != len(self._periods) or len(words) != 1 or not same:
            self._periods = []
            return False
        word = next(iter(words.values()))
        return self._take(
            pairs, word.code, word.more["unit"], printed_name(pairs[0][0]) if word.more["group"] == "part" else None
        )

    def _period(self, slot: Slot) -> Period | None:
        named_year = any(character.isdecimal() for character in slot.key)
        word = None if named_year else lookup("periods", slot.text)
        period = _NAMED.get(word.code) if word is not None else None
        # 预算安排情况（调整后） above it says which budget is meant
        return "full_year_budget" if period == "current_budget" and "调整后" in self._above else period

    def _take(self, pairs: list[tuple[Slot, Slot]], concept: str, unit: str, item: str | None) -> bool:
        for period, (slot, amount) in zip(self._periods, pairs, strict=True):
            labels = (squeeze(slot.text), period)
            money = money_unit(slot.text) or self._unit
            self.taker.take(amount, concept, unit, period, None, item, column_unit=money, labels=labels)
            self.taker.ledger.take(slot.cell, "structure")
        return True


def _is_answered(slot: Slot, after: Slot) -> bool:
    return not slot.is_value and bool(slot.key) and after.is_value and not after.continued
