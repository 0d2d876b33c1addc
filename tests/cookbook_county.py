"""A small invented county in which every question of the cookbook has something to say, and the truth of any county."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tests.makers.county.county import county
from tests.makers.county.demo import Offered
from tests.makers.county.model import DepartmentYear, fen
from tests.makers.county.plant import PLANTS, UnfitError, plant
from tests.makers.county.planting import moved, with_execution, with_project, with_row

YEARS = (2021, 2022, 2023)
PLANTED = {
    "SCO-08": 2021, "SCO-11": 2022, "SCO-02": 2023, "SCO-04": 2021, "XNT-02": 2022, "XNT-06": 2023, "XNT-05": 2021,
    "RAT-02": 2022, "BUD-02": 2023, "TRD-01": 2022, "TRD-07": 2023, "REV-01": 2021, "DOC-01": 2022, "BUD-03": 2023,
}  # fmt: skip
"""Errors, one a department, that make each question have something to say, with the year of the report."""
UNPUBLISHED = 2022
"""The year in which the last department publishes nothing."""


class County:
    """The reports that were offered; of a report offered twice the second version counts."""

    def __init__(self, offered: list[Offered]) -> None:
        """Keep what was offered in its order."""
        self.offered = offered
        self.current = {each.report.key: each for each in offered}

    def reports(self) -> Iterator[DepartmentYear]:
        """The report of each department and year that counts."""
        for each in self.current.values():
            yield each.report

    def before(self) -> Iterator[tuple[DepartmentYear, DepartmentYear]]:
        """Each report with that of the year before."""
        for report in self.reports():
            last = self.current.get(f"{report.who.name}-{report.year - 1}")
            if last:
                yield last.report, report

    def planted(self) -> Iterator[tuple[DepartmentYear, str]]:
        """Each report with an error, and its code."""
        for each in self.offered:
            if each.code:
                yield each.report, each.code

    @property
    def someone(self) -> DepartmentYear:
        """A report of the last year without an error: the one whose number is traced."""
        wrong = {report.who.name for report, _ in self.planted()}
        return next(r for r in self.reports() if r.year == YEARS[-1] and r.who.name not in wrong)


def small() -> list[Offered]:
    """Fifteen departments over three years as text, with the errors of PLANTED and one report that is not there."""
    rng = random.Random("cookbook")
    reports = county(11, len(PLANTED) + 6, YEARS)
    histories = [reports[at : at + len(YEARS)] for at in range(0, len(reports), len(YEARS))]
    made = []
    wanted, changes = dict(PLANTED), [dearer, over_its_budget, half_spent]
    for history in histories[:-1]:
        code, at, changed = _fitting(wanted, history, rng)
        wanted.pop(code, None)
        if not changed:
            for change in changes:
                if (other := change(history[-1])) is not None:
                    history[-1] = other
                    changes.remove(change)
                    break
        for place, report in enumerate(history):
            if place != at or code.startswith("REV"):
                made.append(Offered(report, f"{report.key}.txt", "txt", None))
            if place == at and changed:
                made.append(Offered(changed, f"{report.key}-{code}.txt", "txt", code))
    assert not wanted, "no department fits"
    assert not changes, "no department fits"
    made += [Offered(r, f"{r.key}.txt", "txt", None) for r in histories[-1] if r.year != UNPUBLISHED]
    return made


def dearer(report: DepartmentYear) -> DepartmentYear | None:
    """The report with more cost than its target allows."""
    row = next((row for row in report.indicators if row.op == "<=" and "cost" in (row.level1, row.level2)), None)
    if row is None or row.target is None:
        return None
    return with_row(report, row, replace(row, actual=row.target + 3, score=row.weight - 1, reason="支出超出预期"))


def over_its_budget(report: DepartmentYear) -> DepartmentYear | None:
    """The report with a budget of 三公 below its final, in sum and part alike."""
    by = three(report)[2] - three(report)[1] - Decimal("0.1")
    if three(report, "official_reception")[1] + by < 0:
        return None
    return moved(moved(report, "official_reception", "budget", by), "three_public_total", "budget", by)


def half_spent(report: DepartmentYear) -> DepartmentYear | None:
    """The report with a project of which half was spent."""
    if not report.projects:
        return None
    form = report.projects[0]
    return with_project(report, form, with_execution(form, fen(form.total.full_year / 2)))


def _fitting(
    wanted: dict[str, int], history: list[DepartmentYear], rng: random.Random
) -> tuple[str, int, DepartmentYear | None]:
    for code, year in wanted.items():
        at = YEARS.index(year)
        try:
            return code, at, plant(history[at], code, rng, history[at - 1] if PLANTS[code].needs == "last" else None)
        except UnfitError:
            continue
    return "", -1, None


def three(report: DepartmentYear, concept: str = "three_public_total") -> tuple[Decimal, Decimal, Decimal]:
    """三公 or a part of them in the base data sheet: prior final, budget, final."""
    prior, budget, final = report.sheet.line(concept).values()
    return prior or Decimal(0), budget or Decimal(0), final or Decimal(0)
