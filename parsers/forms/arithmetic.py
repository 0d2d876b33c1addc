"""What a scan gives is held against the arithmetic of its own table: sums, quotients, scores within their weights.

A number that contradicts it may be misread, so no value is kept; the number goes to `unmapped` with the reason
`arithmetic`. What another sum or quotient of the form confirms is kept. Only scans are treated so: what characters
print is kept as it is, and a contradiction in it is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from parsers.forms.facts import RATES, Taker, is_whole
from parsers.forms.model import Fact

SUMS = {
    "three_public_total": ("official_vehicle_total", "overseas_travel", "official_reception"),
    "official_vehicle_total": ("official_vehicle_purchase", "official_vehicle_operation"),
    "project_funds_total": (
        "project_funds_fiscal", "project_funds_carryover", "project_funds_other",
        "project_funds_special_account", "project_funds_unit",
    ),
}  # fmt: skip
"""Total → its parts; a part that is blank counts as nothing."""
_HALF = Decimal("0.5")


class Member(NamedTuple):
    """A number of a form: a fact by its index, or the weight or score of an indicator."""

    at: int
    field: str = "value"


class Relation(NamedTuple):
    """Numbers that one equation binds, and whether it holds."""

    members: tuple[Member, ...]
    holds: bool
    confirms: bool = True
    """A score within its weight confirms neither."""


def withdraw_contradicted(taker: Taker) -> None:
    """Take the value away from all that contradicts its table and is confirmed by nothing else in it."""
    relations = list(_relations(taker))
    confirmed = {member for r in relations if r.holds and r.confirms for member in r.members}
    for relation in relations:
        if relation.holds:
            continue
        for member in [m for m in relation.members if m not in confirmed] or relation.members:
            _withdraw(taker, member)


def _relations(taker: Taker) -> Iterator[Relation]:
    yield from _sums(taker.form.facts)
    yield from _quotients(taker.form.facts)
    yield from _points(taker)


def _sums(facts: list[Fact]) -> Iterator[Relation]:
    for at, total in enumerate(facts):
        if total.concept not in SUMS or total.value is None or total.item is not None:
            continue
        parts = list(_parts(facts, total.concept, total.period))
        given = [n for n in parts if facts[n].value is not None]
        uncertain = any(facts[n].status == "value" and facts[n].value is None for n in parts)
        if uncertain or not given or any(facts[n].item for n in parts):
            continue
        summed = sum((value for n in given if (value := facts[n].value) is not None), Decimal(0))
        places = max(facts[n].decimals or 0 for n in [at, *given])
        slack = Decimal(1).scaleb(-places) * _HALF * (len(given) + 1)
        holds = abs(total.value - summed) <= slack
        # a form that lists one kind only does not say that the others are nothing
        if holds or total.value < summed or len(parts) > 1:
            yield Relation(tuple(Member(n) for n in [at, *given]), holds)


def _parts(facts: list[Fact], concept: str, period: str) -> Iterator[int]:
    """Indexes of the parts of a total; the parts of a part whose own sum is blank stand for it."""
    for part in SUMS[concept]:
        own = [n for n, fact in enumerate(facts) if fact.concept == part and fact.period == period]
        yield from own
        if part in SUMS and all(facts[n].status != "value" for n in own):
            yield from _parts(facts, part, period)


def _quotients(facts: list[Fact]) -> Iterator[Relation]:
    for at, rate in enumerate(facts):
        if rate.concept not in RATES or rate.value is None:
            continue
        bound = [
            [n for n, f in enumerate(facts) if is_whole(f, wanted, rate.item) and f.value is not None]
            for wanted in RATES[rate.concept]
        ]
        if any(len(found) != 1 for found in bound):
            continue
        (part,), (whole,) = bound
        above, below = facts[part].value, facts[whole].value
        if above is None or not below:
            continue
        slack = Decimal(1).scaleb(-(rate.decimals or 0)) * Decimal("1.01")
        yield Relation((Member(at), Member(part), Member(whole)), abs(rate.value - above / below * 100) <= slack)


def _points(taker: Taker) -> Iterator[Relation]:
    indicators, facts = taker.form.indicators, taker.form.facts
    for at, row in enumerate(indicators):
        if row.weight is not None and row.score is not None and row.score > row.weight:
            yield Relation((Member(at, "weight"), Member(at, "score")), False, False)
    for field in ("weight", "score"):
        if any(cells[field].doubts for cells in taker.point_cells if field in cells):
            continue
        totals = [n for n, f in enumerate(facts) if f.concept == f"total_{field}" and f.value is not None]
        rows = [n for n, row in enumerate(indicators) if getattr(row, field) is not None]
        if len(totals) != 1 or len(rows) < 2:
            continue
        executed = [f.value for f in facts if f.concept == f"execution_{field}" and f.item is None and f.value]
        points = sum((getattr(indicators[n], field) for n in rows), Decimal(0))
        holds = facts[totals[0]].value in {points, points + sum(executed, Decimal(0))}
        other = "score" if field == "weight" else "weight"
        # full marks stand twice on the page: weight and score confirm each other
        lone = [n for n in rows if getattr(indicators[n], field) != getattr(indicators[n], other)]
        yield Relation((Member(totals[0]), *(Member(n, field) for n in lone)), holds)


def _withdraw(taker: Taker, member: Member) -> None:
    form = taker.form
    if member.field == "value":
        fact, cell = form.facts[member.at], taker.cells[member.at]
        why = "contradicts the arithmetic of its table, and comes from a scan: no value taken"
        form.facts[member.at] = replace(fact, value=None, treatment=why)
        taker.ledger.refuse(cell, "arithmetic")
        if fact.value is not None:
            taker.ledger.give_back(cell)
        return
    indicator = form.indicators[member.at]
    if getattr(indicator, member.field) is None:
        return
    none: dict[str, Decimal | None] = {member.field: None}
    form.indicators[member.at] = replace(indicator, **none)  # type: ignore[arg-type]
    printed = taker.point_cells[member.at].get(member.field)
    if printed is not None:
        taker.ledger.refuse(printed, "arithmetic")
        taker.ledger.give_back(printed)
