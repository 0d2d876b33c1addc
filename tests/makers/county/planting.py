"""The register of planted errors and the tools that change one thing and keep the rest in agreement."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from tests.makers.county.county import goals_of
from tests.makers.county.model import (
    ZERO,
    DepartmentYear,
    Indicator,
    ProjectForm,
    ProjectFunds,
    Sheet,
    fen,
    percent,
    scored,
    total,
)
from tests.makers.county.prose import narrated

Change = Callable[[DepartmentYear, random.Random, "DepartmentYear | None"], DepartmentYear]
COST = "部门整体支出成本控制额"


class UnfitError(ValueError):
    """The report has nothing in which this error could stand, or another report is needed and was not given."""


@dataclass(frozen=True)
class Plant:
    """A way to plant an error."""

    code: str
    change: Change
    expected: frozenset[str]
    """Codes that must be found: the code itself and those that cannot be kept out."""
    may: frozenset[str]
    """Codes that may be found too, by how a check is read."""
    needs: str
    """What `other` must be: `` nothing, `last` the report of the year before, `other` that of another department."""

    @property
    def says(self) -> str:
        """What is done."""
        return (self.change.__doc__ or "").strip()


PLANTS: dict[str, Plant] = {}


def planted(code: str, *also: str, may: tuple[str, ...] = (), needs: str = "") -> Callable[[Change], Change]:
    """Register a function as the way to plant `code`."""

    def register(change: Change) -> Change:
        PLANTS[code] = Plant(code, change, frozenset({code, *also}), frozenset(may), needs)
        return change

    return register


def moved(report: DepartmentYear, concept: str, period: str, by: Decimal, item: str | None = None) -> DepartmentYear:
    """The report with one amount of the base data sheet moved."""
    line = report.sheet.line(concept, item)
    prior, budget, final = (
        (value or ZERO) + by if name == period else value
        for name, value in zip(("prior", "budget", "final"), line.values(), strict=True)
    )
    return replace(report, sheet=report.sheet.with_line(replace(line, prior=prior, budget=budget, final=final)))


def with_adjustment(sheet: Sheet, value: Decimal) -> Sheet:
    """The sheet with another budget adjustment."""
    line = sheet.line("basic_expenditure_budget_adjustment")
    return sheet.with_line(replace(line, budget=value, final=value))


def refunded(report: DepartmentYear, initial: Decimal, full_year: Decimal, execution: Decimal) -> DepartmentYear:
    """The report with other totals of its funds and all that follows: rate, points, adjustment, cost, revenue, prose."""
    rate = percent(execution, full_year)
    funds = replace(
        report.funds,
        initial=initial,
        full_year=full_year,
        execution=execution,
        rate=rate,
        score=fen(min(rate, Decimal(100)) / 10),
        general=execution,
    )
    rows = tuple(
        replace(row, target=max(full_year, execution), actual=execution) if row.name == COST else row
        for row in report.indicators
    )
    sheet = with_adjustment(report.sheet, full_year - initial)
    return narrated(scored(replace(report, funds=funds, indicators=rows, sheet=sheet)))


def with_row(report: DepartmentYear, old: Indicator, new: Indicator, narrate: bool = True) -> DepartmentYear:
    """The report with another indicator in place of one, total and grade recomputed, prose and goals told anew."""
    rows = tuple(new if row is old else row for row in report.indicators)
    changed = scored(replace(report, indicators=rows))
    if not narrate:
        return renarrated_score(changed, report)
    goals = goals_of(random.Random(f"goals-{report.key}"), list(rows))
    return narrated(replace(changed, goals=goals))


def renarrated_score(changed: DepartmentYear, before: DepartmentYear) -> DepartmentYear:
    """The prose of before with the total score and the grade of now."""
    now = narrated(changed).sections[5].paragraphs[0]
    return said(replace(changed, sections=before.sections), 5, 0, now)


def said(report: DepartmentYear, section: int, paragraph: int, text: str) -> DepartmentYear:
    """The report with another paragraph in a section of its prose."""
    old = report.sections[section]
    paragraphs = list(old.paragraphs)
    paragraphs[paragraph] = text
    sections = list(report.sections)
    sections[section] = replace(old, paragraphs=tuple(paragraphs))
    return replace(report, sections=tuple(sections))


def swapped(report: DepartmentYear, section: int, paragraph: int, old: str, new: str) -> DepartmentYear:
    """The report with other words in one paragraph of its prose."""
    text = report.sections[section].paragraphs[paragraph]
    if old not in text:
        raise UnfitError(f"{report.key} does not say {old!r}")
    return said(report, section, paragraph, text.replace(old, new, 1))


def row_of(report: DepartmentYear, rng: random.Random, fits: Callable[[Indicator], bool]) -> Indicator:
    """Any indicator that fits."""
    found = [row for row in report.indicators if fits(row)]
    if not found:
        raise UnfitError(f"{report.key} has no such indicator")
    return rng.choice(found)


def is_count(row: Indicator) -> bool:
    """True for a counted output that was reached, with a target large enough to be missed by some."""
    return row.level2 == "quantity" and row.met and row.target is not None and row.target >= 20


def with_execution(project: ProjectForm, execution: Decimal) -> ProjectForm:
    """A project form with another execution and what follows from it."""
    by = execution - project.total.execution
    rows: list[ProjectFunds] = []
    for funds in project.funds:
        own = by if funds.concept in {"project_funds_total", "project_funds_fiscal"} else ZERO
        rows.append(replace(funds, execution=funds.execution + own))
    rate = percent(execution, project.total.full_year)
    score = fen(rate / 10)
    cost = f"{project.name}成本控制额"
    indicators = tuple(replace(row, actual=execution) if row.name == cost else row for row in project.indicators)
    return replace(
        project, funds=tuple(rows), rate=rate, score=score, indicators=indicators,
        total_score=total(indicators, score),
    )  # fmt: skip


def with_project(report: DepartmentYear, old: ProjectForm, new: ProjectForm) -> DepartmentYear:
    """The report with another form in place of that of one project."""
    return narrated(replace(report, projects=tuple(new if form is old else form for form in report.projects)))
