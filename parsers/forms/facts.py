"""Taking one fact out of one cell: the only place where a form's cell becomes a `Fact`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial

from parsers.document import Cell
from parsers.forms.model import Fact, Form, Period
from parsers.forms.units import settle
from parsers.grid import Slot
from parsers.ledger import Ledger, in_doubt
from parsers.values import FEN, Unit, amount

_UNITS: dict[str, Unit] = {
    "wan_yuan": "wan_yuan",
    "percent": "percent",
    "person": "person",
    "sqm": "sqm",
    "point": "point",
}

# rate → the two concepts whose quotient it is
_QUOTIENTS = {
    "staff_control_rate": (("staff_actual", "instant_current"), ("staff_authorized", "instant_current")),
    "building_area_control_rate": (
        ("building_actual_area", "current_final"),
        ("building_approved_area", "current_final"),
    ),
    "building_investment_control_rate": (
        ("building_actual_investment", "current_final"),
        ("building_budget_investment", "current_final"),
    ),
}
_EXECUTED = frozenset({"funds_total", "project_funds_total"})
_Wanted = tuple[frozenset[str], str]
RATES: dict[str, tuple[_Wanted, _Wanted]] = {
    "execution_rate": ((_EXECUTED, "execution"), (_EXECUTED, "full_year_budget")),
    **{
        rate: ((frozenset({part[0]}), part[1]), (frozenset({whole[0]}), whole[1]))
        for rate, (part, whole) in _QUOTIENTS.items()
    },
}
"""Rate → what it is the quotient of: concepts and period of the part and of the whole."""


def is_whole(fact: Fact, wanted: _Wanted, item: str | None) -> bool:
    """True for a fact of one of the concepts, of the period and of the same item."""
    return fact.concept in wanted[0] and fact.period == wanted[1] and fact.item == item


_HALF_UNIT = Decimal("0.6")


@dataclass(slots=True)
class Taker:
    """Takes cells of one form: holds the form, the ledger of the document and the unit of money in force."""

    form: Form
    ledger: Ledger
    unit: str | None = None
    stated: str | None = None
    """The unit of money that a caption states for the whole form; `unit` may be that of the columns last seen."""
    cells: list[Cell] = field(default_factory=list)
    """The cell of each fact of the form, in the same order: so that a fact can be given back."""
    loose: list[tuple[Fact, str]] = field(default_factory=list)
    """Amounts without a unit, beside columns that have one of their own, with that unit."""
    point_cells: list[dict[str, Cell]] = field(default_factory=list)
    """The cells of weight and score of each indicator of the form, in the same order."""

    def take(
        self,
        slot: Slot,
        concept: str,
        unit: str,
        period: Period,
        year: int | None = None,
        item: str | None = None,
        *,
        text: str | None = None,
        offset: int = 0,
        column_unit: str | None = None,
        labels: tuple[str, str] = ("", ""),
    ) -> bool:
        """Take the number of a cell, or of its part `text` at `offset`, as a fact; False where it is not certain.

        `unit` is the concept's (a `text` concept has no number), `column_unit` the unit of money of its header.
        """
        raw = slot.text if text is None else text
        if unit == "text":
            status = "value" if not slot.is_blank else "blank"
            self._add(
                slot,
                Fact(concept, period, year, status, None, None, slot.text, slot.cell.place, item, row_label=labels[0]),
            )
            return True
        header_unit = column_unit or self.unit
        read = amount(raw, _UNITS[unit], header_unit)
        if read is None:
            self.ledger.refuse(slot.cell, "ambiguous")
            return False
        done = [read.treatment] if read.treatment else []
        if unit == "wan_yuan" and read.status == "value" and not read.printed_unit:
            done.append(f"{header_unit} as the header says" if header_unit else "no unit printed, 万元 as on the forms")
        if read.value is not None and in_doubt(slot.cell, offset, offset + len(raw)):
            read = replace(read, value=None)
            done = ["not read with certainty from the scan: no value taken"]
        self._add(
            slot,
            fact := Fact(
                concept, period, year, read.status, read.value, unit, slot.text, slot.cell.place, item, read.decimals,
                read.printed_unit, "table", offset, labels[0], labels[1], "; ".join(done),
            ),
        )  # fmt: skip
        alone = unit == "wan_yuan" and read.value is not None and not read.printed_unit and column_unit is None
        if alone and self.unit and self.unit != (self.stated or "万元"):
            self.loose.append((fact, self.unit))
        self.ledger.take(slot.cell, "fact", offset, offset + len(raw))
        return True

    def _add(self, slot: Slot, fact: Fact) -> None:
        self.cells.append(slot.cell)
        self.form.facts.append(fact)

    def withdraw_contradictions(self) -> None:
        """Withdraw what one form gives with two values: which of them is meant, no column said."""
        said: dict[tuple[object, ...], set[Decimal]] = {}
        for fact in self.form.facts:
            if fact.value is not None:
                said.setdefault(_key(fact), set()).add(fact.value)
        if any(len(values) > 1 for values in said.values()):
            self._sift(lambda fact: None if fact.value is not None and len(said[_key(fact)]) > 1 else fact)

    def withdraw(self, concept: str) -> None:
        """Give back a total and its execution: it turned out to be of a part."""
        gone = {concept, "execution_weight", "execution_rate", "execution_score"}
        self._sift(lambda fact: None if fact.concept in gone and fact.item is None else fact)

    def settle_units(self) -> None:
        """Settle in which unit amounts are that stand beside columns of another unit; where unknown, withdraw them."""
        for unit in {unit for _, unit in self.loose}:
            loose = [fact for fact, own in self.loose if own == unit and any(fact is kept for kept in self.form.facts)]
            wholes = [
                fact.value
                for fact in self.form.facts
                if fact.concept in _EXECUTED and fact.item is None and fact.value and not any(fact is o for o in loose)
            ]
            settled = settle(loose, wholes, unit, self.stated)
            judged: dict[int, Fact | None] = {id(fact): None for fact in loose}
            if settled is not None:
                judged = dict(zip(judged, settled, strict=True))
            self._sift(partial(_judged, judged))

    def settle_rates(self) -> None:
        """Settle by arithmetic whether a rate without a percent sign is 91.67 or 0.9167; where neither, withdraw it."""
        if any(map(_is_bare_rate, self.form.facts)):
            self._sift(lambda fact: self._settled(fact) if _is_bare_rate(fact) else fact)

    def _sift(self, judge: Callable[[Fact], Fact | None]) -> None:
        """Keep each fact as it is judged; the cell of one that is judged away goes back to the audit."""
        kept: list[tuple[Fact, Cell]] = []
        for fact, cell in zip(self.form.facts, self.cells, strict=True):
            judged = judge(fact)
            if judged is None:
                self.ledger.refuse(cell, "ambiguous")
                self.ledger.give_back(cell)
            else:
                kept.append((judged, cell))
        self.form.facts[:], self.cells = [fact for fact, _ in kept], [cell for _, cell in kept]

    def _settled(self, fact: Fact) -> Fact | None:
        assert fact.value is not None
        quotient = self._quotient(fact)
        unit_in_last_place = Decimal(1).scaleb(-(fact.decimals or 0))
        if quotient is not None:
            if abs(fact.value - quotient * 100) <= unit_in_last_place * _HALF_UNIT:
                return fact
            if abs(fact.value - quotient) <= unit_in_last_place * _HALF_UNIT:
                value = (fact.value * 100).quantize(FEN)
                return replace(
                    fact, value=value, treatment="printed as a ratio: × 100, as the quotient of its row shows"
                )
        return fact if fact.value > Decimal("1.5") or fact.value == 0 else None

    def _quotient(self, fact: Fact) -> Decimal | None:
        def value(concept: str, period: str) -> Decimal | None:
            found = [f.value for f in self.form.facts if (f.concept, f.period, f.item) == (concept, period, fact.item)]
            return found[0] if len(found) == 1 else None

        if fact.concept == "execution_rate":
            part, whole = next(
                (
                    (value(c, "execution"), value(c, "full_year_budget"))
                    for c in _EXECUTED
                    if value(c, "execution") is not None
                ),
                (None, None),
            )
        elif fact.concept in _QUOTIENTS:
            part, whole = (value(*wanted) for wanted in _QUOTIENTS[fact.concept])
        else:
            return None
        return part / whole if part is not None and whole else None


def _key(fact: Fact) -> tuple[object, ...]:
    return fact.concept, fact.item, fact.period, fact.period_year


def _is_bare_rate(fact: Fact) -> bool:
    """True for a rate that neither its cell nor a label marks as percent."""
    if fact.unit != "percent" or fact.value is None:
        return False
    return not fact.printed_unit and "%" not in fact.column_label + fact.row_label


def _judged(judged: dict[int, Fact | None], fact: Fact) -> Fact | None:
    return judged.get(id(fact), fact)
