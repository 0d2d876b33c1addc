"""Errors in amounts and rates. Where a column can be chosen it is the budget's: it is in no chain between years."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from tests.makers.county.model import ZERO, Building, DepartmentYear, fen, percent
from tests.makers.county.planting import (
    COST,
    UnfitError,
    moved,
    planted,
    refunded,
    swapped,
    with_adjustment,
    with_execution,
    with_project,
    with_row,
)
from tests.makers.county.prose import narrated

Maybe = DepartmentYear | None


def some(rng: random.Random, low: float = 1, high: float = 9) -> Decimal:
    """Some amount."""
    return fen(rng.uniform(low, high))


@planted("ARI-01")
def three_public(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The budget of 三公经费 is more than its three kinds together."""
    return moved(report, "three_public_total", "budget", some(rng))


@planted("ARI-02")
def vehicles(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The budget of vehicles is more than purchase and operation; 三公经费 agrees with it."""
    by = some(rng)
    return moved(moved(report, "official_vehicle_total", "budget", by), "three_public_total", "budget", by)


@planted("ARI-03")
def projects(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The budget of 项目支出 is more than its rows."""
    return moved(report, "project_expenditure_total", "budget", some(rng, 2, 20))


@planted("ARI-04")
def parts_of_public(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The named parts of 公用经费 together exceed it in the budget, none alone."""
    sheet = report.sheet
    whole = sheet.line("public_expense_total").budget or ZERO
    half = fen((sheet.line("public_expense_utilities_travel").budget or ZERO) / 2)
    by = whole - half - (sheet.line("public_expense_office").budget or ZERO)
    return moved(report, "public_expense_office", "budget", by)


@planted("ARI-05")
def revenue(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The kinds of revenue add up to neither the budget nor the execution."""
    funds = report.funds
    between = funds.execution + fen((funds.full_year - funds.execution) * Decimal(str(round(rng.uniform(0.4, 0.6), 3))))
    if abs(between - funds.initial) < 1 or funds.full_year - funds.execution < 3:
        raise UnfitError("no room between budget and execution")
    return replace(report, funds=replace(funds, general=between))


@planted("ARI-06", may=("RAT-05",))
def parts_of_total(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The total execution is more than basic and project expenditure, everywhere; so the shares fall short of 100."""
    funds = report.funds
    by = fen((funds.full_year - funds.execution) * Decimal("0.6"))
    if by * 1000 < funds.execution:
        raise UnfitError("no room under the budget")
    return refunded(report, funds.initial, funds.full_year, funds.execution + by)


@planted("ARI-07", may=("RAT-05",))
def personnel(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """Personnel and public expense are less than basic expenditure, so the shares fall short of 100."""
    return narrated(replace(report, personnel=fen(report.personnel * Decimal("0.96"))))


@planted("ARI-08", "ARI-04")
def child(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The budget of 办公经费 alone is more than all 公用经费."""
    return moved(report, "public_expense_office", "budget", report.sheet.line("public_expense_total").budget or ZERO)


@planted("ARI-10")
def two_forms(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """附件2, the prose and the project forms give more project expenditure than 附件1; basic expenditure is less."""
    funds, by = report.funds, fen(report.funds.project * Decimal("0.02"))
    changed = report
    if report.projects:
        room, at = max((form.total.full_year - form.total.execution, at) for at, form in enumerate(report.projects))
        by = fen(room * Decimal("0.7"))
        form = report.projects[at]
        changed = with_project(report, form, with_execution(form, form.total.execution + by))
    if by < Decimal("0.05"):
        raise UnfitError("no project with room under its budget")
    moved_funds = replace(funds, project=funds.project + by, basic=funds.basic - by)
    return narrated(replace(changed, funds=moved_funds, personnel=report.personnel - by))


@planted("ARI-11")
def negative(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The budget of 会议费、培训费, which is in no exact sum, is negative."""
    before = report.sheet.line("public_expense_meeting_training").budget or ZERO
    return moved(report, "public_expense_meeting_training", "budget", -2 * before)


@planted("ARI-12")
def adjustment(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """Initial budget and adjustment do not make the full-year budget."""
    by = report.funds.full_year - report.funds.initial + some(rng, 3, 30)
    return replace(report, sheet=with_adjustment(report.sheet, by))


@planted("RAT-01")
def control_rate(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The printed control rate is not staff by authorised staff."""
    return replace(report, sheet=replace(report.sheet, control_rate=report.sheet.control_rate - some(rng, 2, 8)))


@planted("RAT-02")
def over_staffed(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """More staff than authorised, said alike everywhere."""
    allowed = report.sheet.staff_actual - rng.randint(1, 3)
    rate = percent(report.sheet.staff_actual, allowed)
    return narrated(replace(report, sheet=replace(report.sheet, staff_authorized=allowed, control_rate=rate)))


@planted("RAT-03")
def execution_rate(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The printed execution rate is lower than the amounts give; its points stay within half a point of both."""
    return replace(report, funds=replace(report.funds, rate=report.funds.rate - some(rng, 2, 3)))


@planted("RAT-04")
def shares(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """Both shares of the whole are wrong, and make 100 all the same."""
    funds, by = report.funds, some(rng, 2, 5)
    basic, project = percent(funds.basic, funds.execution), percent(funds.project, funds.execution)
    changed = swapped(report, 5, 2, f"占本年整体支出的{basic}%", f"占本年整体支出的{basic - by}%")
    return swapped(changed, 5, 2, f"支出的{project}%。", f"支出的{project + by}%。")


@planted("RAT-05", "RAT-04")
def one_share(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """One of two shares is wrong, so that they do not make 100."""
    basic = percent(report.funds.basic, report.funds.execution)
    return swapped(report, 5, 2, f"占本年整体支出的{basic}%", f"占本年整体支出的{basic - some(rng, 2, 5)}%")


@planted("RAT-06")
def building(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The printed rate of a building's area is not that of its areas."""
    budget, spent = Decimal("260.00"), Decimal("247.50")
    found = report.sheet.building or Building(
        Decimal(900), Decimal(880), percent(880, 900), budget, spent, percent(spent, budget)
    )
    wrong = replace(found, area_rate=found.area_rate - some(rng, 4, 9))
    return replace(report, sheet=replace(report.sheet, building=wrong))


@planted("RAT-08")
def growth(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The prose says another percentage by which 公用经费 moved than its amounts give."""
    before, now = report.sheet.line("public_expense_total").prior or ZERO, report.public
    rate = percent(abs(now - before), before)
    return swapped(report, 1, 2, f"{rate}%", f"{rate + some(rng, 2, 6)}%")


@planted("DOC-14")
def yuan(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """政府采购金额 was filled in in 元 where the sheet counts in 万元."""
    line = report.sheet.line("government_procurement")
    assert line.budget is not None
    assert line.final is not None
    slipped = replace(line, budget=line.budget * 10000, final=line.final * 10000)
    return replace(report, sheet=report.sheet.with_line(slipped))


@planted("BUD-01")
def overspent(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """More was spent than the full-year budget allows."""
    full = fen(report.funds.execution * Decimal("0.97"))
    return refunded(report, full, full, report.funds.execution)


@planted("BUD-02", "BUD-04")
def added(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The budget was raised by a quarter during the year, as the adjustment says."""
    full = report.funds.full_year
    return refunded(report, fen(full * Decimal("0.8")), full, report.funds.execution)


@planted("BUD-03")
def unspent(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """Four fifths of the budget were spent."""
    full = fen(report.funds.execution / Decimal("0.82"))
    return refunded(report, full, full, report.funds.execution)


@planted("BUD-05")
def copied_column(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The budget column of the base data sheet is its column of finals."""
    lines = tuple(replace(line, budget=line.final) for line in report.sheet.lines)
    return replace(report, sheet=replace(report.sheet, lines=lines))


@planted("BUD-06", may=("ARI-12", "XNT-09"))
def undisclosed(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The budget was raised during the year, the row of the adjustment says 0."""
    funds = report.funds
    full = funds.full_year
    changed = report
    if funds.initial == full:
        changed = refunded(report, fen(full * Decimal("0.97")), full, funds.execution)
    return replace(changed, sheet=with_adjustment(changed.sheet, ZERO))


@planted("BUD-07")
def fitted(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """Budget and execution are equal to the cent."""
    execution = report.funds.execution
    return refunded(report, execution, execution, execution)


@planted("BUD-08")
def procurement(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """More was procured than planned."""
    line = report.sheet.line("government_procurement")
    return moved(report, "government_procurement", "final", (line.budget or ZERO) * 2 - (line.final or ZERO))


@planted("TRD-01")
def risen(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """三公经费 rose; it is no error of sums. The next year's report would state the prior year otherwise."""
    sheet = report.sheet
    whole, own = sheet.line("three_public_total"), sheet.line("official_reception")
    assert whole.prior is not None
    assert whole.final is not None
    by = fen(whole.prior * Decimal("1.2")) - whole.final + Decimal("0.1")
    lines = (
        replace(own, final=(own.final or ZERO) + by, budget=(own.budget or ZERO) + by),
        replace(whole, final=whole.final + by, budget=(whole.budget or ZERO) + by),
    )
    for line in lines:
        sheet = sheet.with_line(line)
    return narrated(replace(report, sheet=sheet))


@planted("TRD-03", needs="last")
def restated(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """Last year's final of 公务接待 is another than last year's report gave; the column's own sums hold."""
    by = some(rng)
    changed = moved(moved(report, "official_reception", "prior", by), "three_public_total", "prior", by)
    return narrated(changed)


@planted("XNT-05", may=("XNT-15",))
def other_money(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """Some of the money is 其他资金, but the prose gives all of it under 一般公共预算."""
    funds = report.funds
    by = fen(funds.execution * Decimal(rng.randint(3, 9)) / 100)
    return replace(report, funds=replace(funds, general=funds.execution - by, other=by))


@planted("PRJ-01")
def project_sum(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The executions of the project forms are less than the project expenditure; each form agrees with itself."""
    if not report.projects:
        raise UnfitError("no project forms")
    form = rng.choice(report.projects)
    return with_project(report, form, with_execution(form, fen(form.total.execution * Decimal("0.94"))))


@planted("PRJ-02")
def project_parts(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The parts of a project's execution are less than its total."""
    if not report.projects:
        raise UnfitError("no project forms")
    form = rng.choice(report.projects)
    less = fen(form.total.execution * Decimal("0.1"))
    rows = tuple(
        replace(funds, execution=funds.execution - less) if funds.concept == "project_funds_fiscal" else funds
        for funds in form.funds
    )
    return with_project(report, form, replace(form, funds=rows))


@planted("IND-08")
def cost(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The indicator of total cost has the whole budget as its target but less than the whole execution as its actual."""
    row = next(row for row in report.indicators if row.name == COST)
    return with_row(report, row, replace(row, actual=fen(report.funds.execution * Decimal("0.93"))))
