"""The money of a department from year to year: what was final becomes what was before."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

from tests.makers.county.model import ZERO, Building, Line, Sheet, fen, percent
from tests.makers.county.vocabulary import table

LARGE = {"hospital": 3, "school": 2, "township": 2, "justice": 2}
LEAVES = (
    "official_vehicle_purchase", "official_vehicle_operation", "overseas_travel", "official_reception",
    "project_business_work", "project_operation_maintenance", "public_expense_office",
    "public_expense_utilities_travel", "public_expense_meeting_training", "public_unlisted",
)  # fmt: skip
SUMS = {
    "official_vehicle_total": ("official_vehicle_purchase", "official_vehicle_operation"),
    "three_public_total": ("official_vehicle_total", "overseas_travel", "official_reception"),
    "public_expense_total": (
        "public_expense_office", "public_expense_utilities_travel", "public_expense_meeting_training",
        "public_unlisted",
    ),
}  # fmt: skip
SHEET = (
    "three_public_total", "official_vehicle_total", "official_vehicle_purchase", "official_vehicle_operation",
    "overseas_travel", "official_reception", "project_expenditure_total", "project_business_work",
    "project_operation_maintenance", "project_special_fund", "*", "public_expense_total", "public_expense_office",
    "public_expense_utilities_travel", "public_expense_meeting_training", "government_procurement",
    "basic_expenditure_budget_adjustment",
)  # fmt: skip
THREE_PUBLIC = {"official_vehicle_operation", "official_reception"}


@dataclass
class Money:
    """What a department has; brought up to date year by year."""

    staff_authorized: int
    staff_actual: int
    finals: dict[str, Decimal]
    specials: tuple[str, ...]
    personnel: Decimal
    on_budget: bool
    full_year: Decimal = ZERO
    initial: Decimal = ZERO
    budgets: dict[str, Decimal] = field(default_factory=dict)

    @classmethod
    def invent(cls, rng: random.Random, kind: str, specials: tuple[str, ...]) -> Money:
        """A department's money in the year before its first report."""
        authorized = rng.randint(9, 46) * LARGE.get(kind, 1)
        actual = authorized - rng.randint(0, max(1, authorized // 9))
        public = actual * rng.uniform(2.1, 3.4)
        car = rng.choice((0, 1, 1, 2, 3))
        has_business = rng.random() < 0.85
        finals = {
            "official_vehicle_purchase": ZERO,
            "official_vehicle_operation": fen(car * rng.uniform(1.6, 2.9)),
            "overseas_travel": ZERO,
            "official_reception": fen(rng.uniform(0.2, 0.09 * actual + 0.4)),
            "project_business_work": fen(rng.uniform(12, 160)) if has_business else ZERO,
            "project_operation_maintenance": fen(rng.uniform(6, 70)) if rng.random() < 0.6 else ZERO,
            "public_expense_office": fen(public * rng.uniform(0.18, 0.3)),
            "public_expense_utilities_travel": fen(public * rng.uniform(0.12, 0.22)),
            "public_expense_meeting_training": fen(public * rng.uniform(0.04, 0.1)),
            "public_unlisted": fen(public * rng.uniform(0.3, 0.45)),
        }
        chosen = tuple(rng.sample(specials, rng.randint(0 if has_business else 1, len(specials))))
        for name in chosen:
            finals[name] = fen(rng.uniform(15, 380))
        personnel = fen(actual * rng.uniform(10.5, 14.5))
        return cls(authorized, actual, finals, chosen, personnel, rng.random() < 0.5)


def sheet_of(rng: random.Random, money: Money, clean: bool) -> Sheet:
    """The next year's base data sheet; `money` is that year's afterwards."""
    prior = dict(money.finals)
    for name, before in prior.items():
        # three-public money does not rise; the rest moves gently, so that nothing asks for an explanation
        low, high = (0.88, 0.99) if name in THREE_PUBLIC else (0.96, 1.07)
        money.finals[name] = fen(before * Decimal(str(round(rng.uniform(low, high), 4))))
        money.budgets[name] = fen(money.finals[name] * Decimal(str(round(rng.uniform(1.005, 1.06), 4))))
    money.personnel = fen(money.personnel * Decimal(str(round(rng.uniform(1.005, 1.05), 4))))
    columns = [_with_sums(values, money.specials) for values in (prior, money.budgets, money.finals)]
    execution = money.personnel + columns[2]["public_expense_total"] + columns[2]["project_expenditure_total"]
    money.full_year = fen(execution * Decimal(str(round(rng.uniform(1.006, 1.095), 4))))
    adjustment = fen(money.full_year * Decimal(rng.choice((0, 0, 1, 1, 2, 3, 4))) / 100)
    money.initial = money.full_year - adjustment
    lines: list[Line] = []
    for concept in SHEET:
        if concept == "*":
            lines += [
                Line("project_special_fund_item", prior[name], money.budgets[name], money.finals[name], name)
                for name in money.specials
            ]
        elif concept == "government_procurement":
            bought = fen(columns[2]["public_expense_office"] * Decimal(rng.randint(20, 70)) / 100)
            lines.append(Line(concept, None, fen(bought * Decimal(rng.randint(101, 118)) / 100), bought))
        elif concept == "basic_expenditure_budget_adjustment":
            lines.append(Line(concept, None, adjustment, adjustment))
        else:
            before, planned, spent = (column[concept] for column in columns)
            lines.append(Line(concept, before, planned, spent))
    rate = percent(money.staff_actual, money.staff_authorized)
    frugal = [row["text"] for row in table("sentences") if row["topic"] == "frugal"]
    return Sheet(
        money.staff_authorized, money.staff_actual, rate, tuple(lines), _building(rng, clean), rng.choice(frugal)
    )


def _with_sums(leaves: dict[str, Decimal], specials: tuple[str, ...]) -> dict[str, Decimal]:
    values = dict(leaves)
    for parent, children in SUMS.items():
        values[parent] = sum((values[child] for child in children), ZERO)
    values["project_special_fund"] = sum((values[name] for name in specials), ZERO)
    values["project_expenditure_total"] = (
        values["project_business_work"] + values["project_operation_maintenance"] + values["project_special_fund"]
    )
    return values


def _building(rng: random.Random, clean: bool) -> Building | None:
    if clean or rng.random() > 0.15:
        return None
    approved, budget = Decimal(rng.randint(400, 2600)), fen(rng.uniform(90, 700))
    actual, spent = approved - rng.randint(1, 60), fen(budget * Decimal(rng.randint(88, 99)) / 100)
    return Building(approved, actual, percent(actual, approved), budget, spent, percent(spent, budget))
