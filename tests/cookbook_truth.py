"""What each question of the cookbook must answer over an invented county, worked out from the makers' own reports.

Nothing here asks the warehouse or knows SQL: the answers follow from the figures that the makers printed and from the
errors that they planted. `ANSWERS[question]` gives the columns that are compared and the rows that must be there, no
more and no fewer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from tests.cookbook_county import YEARS, County, three
from tests.makers.county.model import DepartmentYear, Indicator
from tests.makers.county.plant import PLANTS
from tests.makers.county.truth import facts
from warehouse.rules import rules

Row = tuple[Any, ...]
FIELD = "文化"
SAID_OTHERWISE = {"XNT-01", "XNT-02", "XNT-03", "XNT-04", "XNT-06", "SCO-15"}
PARTS = ("official_vehicle_purchase", "official_vehicle_operation", "overseas_travel", "official_reception")
Answer = tuple[list[str], list[Row]]
ANSWERS: dict[str, Callable[[County], Answer]] = {}


def answers(*names: str) -> Callable[[Callable[[County], Answer]], Callable[[County], Answer]]:
    """Register the truth of these questions."""

    def register(truth: Callable[[County], Answer]) -> Callable[[County], Answer]:
        ANSWERS.update(dict.fromkeys(names, truth))
        return truth

    return register


def _who(report: DepartmentYear) -> Row:
    return report.who.name, report.year


def _sheets(c: County) -> Iterator[DepartmentYear]:
    return (r for r in c.reports() if "sheet" in r.parts)


def _indicators(report: DepartmentYear) -> Iterator[tuple[str | None, Indicator]]:
    yield from ((None, row) for row in report.indicators)
    yield from ((form.name, row) for form in report.projects for row in form.indicators)


@answers("1")
def execution_rates(c: County) -> Answer:
    """The rate that each report of the year prints."""
    return ["dept_name", "execution_rate"], [(r.who.name, r.funds.rate) for r in c.reports() if r.year == YEARS[-1]]


@answers("2")
def risen(c: County) -> Answer:
    """三公 of the base data sheet above those of the year before."""
    rows = [(*_who(r), prior, final) for r in _sheets(c) for prior, _, final in [three(r)] if final > prior]
    return ["dept_name", "fiscal_year", "three_public_prior", "three_public"], rows


@answers("3")
def driven(c: County) -> Answer:
    """The part that rose most where the whole rose."""
    rows = []
    for r in _sheets(c):
        prior, _, final = three(r)
        rise = max(three(r, part)[2] - three(r, part)[0] for part in PARTS)
        if final > prior and rise > 0:
            rows.append((*_who(r), rise))
    return ["dept_name", "fiscal_year", "rise"], rows


@answers("4")
def per_head(c: County) -> Answer:
    """Public expense by heads, to the thousandth; from the prose where there is no sheet."""
    rows = [(*_who(r), round(float(r.public) / r.sheet.staff_actual, 3)) for r in c.reports()]
    return ["dept_name", "fiscal_year", "per_head"], rows


@answers("5")
def over_staffed(c: County) -> Answer:
    """More staff than posts."""
    rows = [(*_who(r), r.sheet.staff_authorized, r.sheet.staff_actual) for r in c.reports()]
    return ["dept_name", "fiscal_year", "staff_authorized", "staff_actual"], [row for row in rows if row[3] > row[2]]


@answers("6")
def added(c: County) -> Answer:
    """The budget grew by more than a tenth."""
    rows = [(*_who(r), r.funds.full_year - r.funds.initial) for r in c.reports()
            if r.funds.full_year > r.funds.initial * Decimal("1.1")]  # fmt: skip
    return ["dept_name", "fiscal_year", "added"], rows


@answers("7")
def missed_with_full_score(c: County) -> Answer:
    """Actual short of target, all points given."""
    rows = [(*_who(r), i.name) for r in c.reports() for _, i in _indicators(r) if not i.met and i.score >= i.weight]
    return ["dept_name", "fiscal_year", "name"], rows


@answers("8")
def unexplained(c: County) -> Answer:
    """Points lost, no reason printed."""
    rows = [(*_who(r), i.name, i.weight - i.score) for r in c.reports() for _, i in _indicators(r)
            if i.score < i.weight and i.reason in {"", "无"}]  # fmt: skip
    return ["dept_name", "fiscal_year", "name", "lost"], rows


@answers("9")
def totals(c: County) -> Answer:
    """The stated total is neither the sum of the rows nor that with the points for execution."""
    rows = []
    for r in c.reports():
        scores = sum(i.score for i in r.indicators)
        apart = r.total_score - scores - r.funds.score
        if abs(r.total_score - scores) > Decimal("0.05") and abs(apart) > Decimal("0.05"):
            rows.append((*_who(r), r.total_score, apart))
    return ["dept_name", "fiscal_year", "total_score", "difference"], rows


@answers("10")
def group_weights(c: County) -> Answer:
    """The points that a level declares are not those of its rows."""
    rows = []
    for r in c.reports():
        for form, declared, lines in [(None, r.declared, r.indicators)] + [
            (p.name, p.declared, p.indicators) for p in r.projects
        ]:
            for level, points in declared.items():
                own = sum(i.weight for i in lines if i.level1 == level)
                if own != points:
                    rows.append((*_who(r), form, points, own))
    return ["dept_name", "fiscal_year", "project_name", "declared", "of_rows"], rows


@answers("11")
def scores(c: County) -> Answer:
    """Lowest and highest total a year."""
    years = {year: [r.total_score for r in c.reports() if r.year == year] for year in YEARS}
    rows = [
        (year, len(all_of), min(all_of), max(all_of), sum(s >= 90 for s in all_of)) for year, all_of in years.items()
    ]
    return ["fiscal_year", "departments", "lowest", "highest", "from_90"], rows


@answers("12")
def unpublished(c: County) -> Answer:
    """Departments known from another year."""
    names = {r.who.name for r in c.reports()}
    rows = [(name, year) for name in names for year in YEARS if f"{name}-{year}" not in c.current]
    return ["dept_name", "fiscal_year"], rows


@answers("13")
def parts(c: County) -> Answer:
    """The sheet that was left out; the project forms of departments that fill in none."""
    rows = []
    for r in c.reports():
        missing = ["base_data"] * ("sheet" not in r.parts) + ["project_evaluation"] * (not r.projects)
        if missing:
            rows.append((*_who(r), ", ".join(missing)))
    return ["dept_name", "fiscal_year", "missing"], rows


@answers("14")
def restated(c: County) -> Answer:
    """What this year's sheet says of last year, where last year's said another thing."""
    rows = []
    for last, r in c.before():
        if "sheet" in last.parts and "sheet" in r.parts:
            known = {(line.concept, line.item): line.final for line in last.sheet.lines}
            for line in r.sheet.lines:
                final = known.get((line.concept, line.item))
                if final is not None and line.prior is not None and final != line.prior:
                    rows.append((*_who(r), line.concept, line.item, final, line.prior))
    return ["dept_name", "fiscal_year", "concept", "item", "last_final", "prior_final"], rows


@answers("15")
def contradictions(c: County) -> Answer:
    """Departments whose prose was made to say another figure than the table."""
    return ["dept_name", "fiscal_year"], [_who(r) for r, code in c.planted() if code in SAID_OTHERWISE]


def _grave(c: County) -> set[Row]:
    """Where an error of high severity was planted, last year's final is restated, a cost target is broken (all high by
    their rules), or less than four fifths of a budget was spent (high by its rate).
    """
    high = {rule.code for rule in rules() if rule.severity == "high"}
    planted = [_who(r) for r, code in c.planted() if PLANTS[code].expected & high]
    slow = [_who(r) for r in c.reports() if min([r.funds.rate, *(p.rate for p in r.projects)]) < 80]
    return {*planted, *slow, *(row[:2] for row in restated(c)[1]), *(row[:2] for row in overruns(c)[1])}


@answers("17")
def in_one_field(c: County) -> Answer:
    """The ten names that stand most often in the forms of the departments of one field."""
    uses = Counter(i.name for r in c.reports() if FIELD in r.who.name for _, i in _indicators(r))
    return ["name", "uses"], sorted(uses.items(), key=lambda item: (-item[1], item[0]))[:10]


@answers("18")
def copied(c: County) -> Answer:
    """Rows that print the name, the target and the actual of the year before."""

    def printed(i: Indicator) -> Row:
        return i.name, i.op, i.target, i.actual, i.unit, i.target_unit, i.target_text, i.actual_text

    rows = []
    for last, r in c.before():
        old = {(form, printed(i)) for form, i in _indicators(last)}
        rows += [(*_who(r), i.name) for form, i in _indicators(r) if (form, printed(i)) in old]
    return ["dept_name", "fiscal_year", "name"], rows


@answers("19")
def structure(c: County) -> Answer:
    """Basic, project, personnel and public expenditure."""
    rows = [(*_who(r), r.funds.basic, r.funds.project, r.personnel, r.public) for r in c.reports()]
    return ["dept_name", "fiscal_year", "basic_expenditure", "project_expenditure", "personnel_expense",
            "public_expense"], rows  # fmt: skip


@answers("20")
def other_funds(c: County) -> Answer:
    """Money from elsewhere than the general public budget."""
    kinds = [(_who(r), value) for r in c.reports()
             for value in (r.funds.government_fund, r.funds.special_account, r.funds.other)]  # fmt: skip
    return ["dept_name", "fiscal_year", "value"], [(*who, value) for who, value in kinds if value > 0]


@answers("21")
def overruns(c: County) -> Answer:
    """Cost above its target."""
    rows = [(*_who(r), i.name, i.actual - i.target) for r in c.reports() for _, i in _indicators(r)
            if "cost" in (i.level1, i.level2) and i.op == "<=" and i.target is not None and i.actual is not None
            and i.actual > i.target]  # fmt: skip
    return ["dept_name", "fiscal_year", "name", "overrun"], rows


@answers("23")
def traced(c: County) -> Answer:
    """Every place in which the number stands."""
    rows = [(r.who.name, concept, period, c.current[r.key].file) for r in c.reports()
            for (_, _, concept, _, period), value in facts(r).items() if value == c.someone.funds.initial]  # fmt: skip
    return ["dept_name", "concept", "period", "source_file"], rows


@answers("24")
def changed(c: County) -> Answer:
    """Lines of the sheet that the second version prints otherwise."""
    rows = []
    first: dict[str, DepartmentYear] = {}
    for each in c.offered:
        r, old = each.report, first.setdefault(each.report.key, each.report)
        for line in r.sheet.lines if r is not old else ():
            was = old.sheet.line(line.concept, line.item).values()
            for period, before, now in zip(
                ("prior_final", "current_budget", "current_final"), was, line.values(), strict=True
            ):
                if before != now:
                    rows.append((*_who(r), line.concept, period, before, now))
    return ["dept_name", "fiscal_year", "concept", "period", "old_value", "new_value"], rows


@answers("25")
def trend(c: County) -> Answer:
    """The years of one department."""
    own = sorted((r for r in c.reports() if r.who == c.someone.who), key=lambda r: r.year)
    rows = [(r.year, r.funds.full_year, r.funds.execution, r.funds.rate, three(r)[2], r.total_score) for r in own]
    return ["fiscal_year", "full_year_budget", "execution", "execution_rate", "three_public", "total_score"], rows


@answers("16")
def grave(c: County) -> Answer:
    """Departments with findings of high severity: those in which an error of that severity was planted."""
    return ["dept_name"], sorted({who[:1] for who in _grave(c)})


@answers("22")
def outputs(c: County) -> Answer:
    """The figure that the prose gives for the first task of the department."""
    r = c.someone
    row = next(i for i in r.indicators if i.level2 == "quantity")
    return ["dept_name", "fiscal_year", "value", "unit"], [(*_who(r), row.actual, row.unit)]


@answers("中8")
def grave_years(c: County) -> Answer:
    """The same with the year."""
    return ["部门", "年度"], sorted(_grave(c))


@answers("中3")
def over_budget(c: County) -> Answer:
    """三公 above their budget."""
    rows = [(*_who(r), budget, final) for r in _sheets(c) for _, budget, final in [three(r)] if final > budget]
    return ["部门", "年度", "合计_本年预算", "合计_本年决算"], rows


@answers("中9")
def slow_projects(c: County) -> Answer:
    """Projects that spent less than nine tenths."""
    rows = [(*_who(r), p.name, p.rate) for r in c.reports() for p in r.projects if p.rate < 90]
    return ["部门", "年度", "项目", "执行率"], rows


def _in_chinese(name: str, of: str, columns: list[str]) -> None:
    truth = ANSWERS[of]
    ANSWERS[name] = lambda c: (columns, truth(c)[1])


_in_chinese("中1", "1", ["部门", "执行率"])
_in_chinese("中2", "2", ["部门", "年度", "合计_上年决算", "合计_本年决算"])
_in_chinese("中4", "4", ["部门", "年度", "人均公用经费"])
_in_chinese("中5", "5", ["部门", "年度", "编制数", "实际在职人数"])
_in_chinese("中6", "7", ["部门", "年度", "指标名称"])
_in_chinese("中7", "8", ["部门", "年度", "指标名称", "扣分"])
_in_chinese("中10", "23", ["部门", "指标概念", "期间", "来源文件"])
