"""Tables turned round: kinds of money across, periods down (三公经费合计 | 公务接待费, then 2022年决算数 | … below)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from parsers.characters import squeeze
from parsers.forms.columns import TOTALS
from parsers.forms.facts import Taker
from parsers.forms.model import Period
from parsers.forms.roles import SELF_NAMED, Header, lookup
from parsers.grid import Row, Slot, under
from parsers.labels import keys
from parsers.values import money_unit
from parsers.words import vocabulary

_SUM = regex.compile(r"合计|总计|总额|资金(?:总额|合计)")
_FEWEST = 2
_OF_A_YEAR = frozenset({"final", "budget", "initial_budget"})


class CrossedRows:
    """Rows named by a period (年初预算数) or by the rate, under a row of kinds of funds; the first is of them all."""

    def __init__(self, taker: Taker, scope: str) -> None:
        """`scope` names the vocabulary of the kinds."""
        self.taker, self.scope = taker, scope
        self._head: Row = []
        self._kinds: list[str | None] = []
        self._unit: str | None = None

    def take(self, row: Row, ragged: bool) -> bool:
        """Take a row of the block, or the row of kinds that opens one; False where it is neither."""
        if self.scope not in TOTALS:
            return False
        if self._open(row):
            return True
        period, rate = _period(row), _is_rate(row)
        if not self._head or (period is None and not rate):
            self._head = []
            return False
        cells = [(slot, kind) for slot, kind in self._under(row, ragged) if slot.is_value]
        for slot, kind in cells:
            labels = (kind, squeeze(_label(row)))
            if period is not None:
                self.taker.take(slot, kind, "wan_yuan", period, column_unit=self._unit, labels=labels)
            else:
                of = None if kind == TOTALS[self.scope] else kind
                self.taker.take(slot, "execution_rate", "percent", "annual", None, of, labels=labels)
        return bool(cells)

    def _open(self, row: Row) -> bool:
        printed = [slot for slot in row if slot.key and not slot.continued]
        if any(slot.is_number for slot in printed):
            return False
        kinds = [self._kind(slot) for slot in row]
        found = [kind for kind in kinds if kind]
        if len(found) < _FEWEST or len(set(found)) < len(found) or TOTALS[self.scope] not in found:
            return False
        if len(found) < len([slot for slot in printed if lookup("form_labels", slot.text) is None]):
            return False  # a kind that no word names
        self._head, self._kinds = row, kinds
        self._unit = next((unit for slot in row if (unit := money_unit(slot.text))), None)
        return True

    def _kind(self, slot: Slot) -> str | None:
        if slot.is_value or slot.continued:
            return None
        if _SUM.fullmatch(slot.key):
            return TOTALS[self.scope]
        word = lookup(self.scope, slot.text)
        return word.code if word is not None and word.more["group"] in {"total", "revenue"} else None

    def _under(self, row: Row, ragged: bool) -> Iterator[tuple[Slot, str]]:
        if ragged and len(row) != len(self._head):
            return
        for slot, at in zip(row, under(self._head, row, ragged), strict=True):
            named = [kind for n in at if (kind := self._kinds[n])]
            if len(at) == 1 and named and not slot.continued:
                yield slot, named[0]


class YearRows:
    """Rows named by a year's final or budget, under a row of kinds of 三公经费; taken when all years are known."""

    def __init__(self, taker: Taker, header: Header) -> None:
        """`header` has the kinds as its columns."""
        self.taker, self.header = taker, header
        self._rows: list[tuple[Row, str, int | None, bool]] = []

    def add(self, row: Row) -> bool:
        """Keep a row of the block; False where its label names no final and no budget."""
        hit = next((f for key in keys(_label(row)) if (f := vocabulary("periods").find(key))), None)
        if hit is None or hit[0].code not in _OF_A_YEAR:
            return False
        groups = hit[1].groupdict()
        self._rows.append(
            (row, hit[0].code, int(groups["year"]) if groups.get("year") else None, bool(groups.get("prior")))
        )
        return True

    def close(self) -> None:
        """Take the rows: the latest year is the report's own, the final of the year before is the prior one."""
        latest = max((year for _, _, year, _ in self._rows if year), default=None)
        for row, code, year, prior in self._rows:
            if prior or (year is not None and latest is not None and year == latest - 1):
                period: Period | None = "prior_final" if code == "final" else None
            elif year == latest:
                period = "current_final" if code == "final" else "current_budget"
            else:
                period = None  # of another year, or of a year that is not named among named ones
            self._take(row, period, year)

    def _take(self, row: Row, period: Period | None, year: int | None) -> None:
        shifted = self.header.ragged and len(row) != len(self.header.columns)
        for slot, columns in zip(row, self.header.columns_of(row), strict=True):
            word = lookup("base_data", columns[0].slot.text) if len(columns) == 1 and columns[0].role else None
            if word is None or slot.continued or not slot.is_value:
                continue
            if period is None or shifted:
                self.taker.ledger.refuse(slot.cell, "ambiguous")
                continue
            labels = (columns[0].slot.key, squeeze(_label(row)))
            self.taker.take(
                slot, word.code, word.more["unit"], period, year, column_unit=columns[0].unit, labels=labels
            )


def _label(row: Row) -> str:
    return next((slot.text for slot in row if not slot.is_value and not slot.continued), "")


def _period(row: Row) -> Period | None:
    if any(character.isdecimal() for character in squeeze(_label(row))):
        return None  # which year is whose, the row above would have to say
    word = lookup("periods", _label(row))
    return SELF_NAMED.get(word.code) if word is not None else None


def _is_rate(row: Row) -> bool:
    word = lookup("measures", _label(row))
    return word is not None and word.code == "rate"
