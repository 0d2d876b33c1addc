"""Arithmetic and contradictions of a report, recomputed from the model by the words of domain rules alone.

A second, independent reading of the checks: it shares no code with the makers of reports, and reads the prose as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from tests.makers.county.model import DepartmentYear, Indicator, ProjectForm

CENT = Decimal("0.01")
EXACT = {
    "ARI-01": ("three_public_total", ("official_vehicle_total", "overseas_travel", "official_reception")),
    "ARI-02": ("official_vehicle_total", ("official_vehicle_purchase", "official_vehicle_operation")),
    "ARI-03": (
        "project_expenditure_total",
        ("project_business_work", "project_operation_maintenance", "project_special_fund"),
    ),
    "ARI-03*": ("project_special_fund", ("project_special_fund_item",)),
}
PARTS = ("public_expense_office", "public_expense_utilities_travel", "public_expense_meeting_training")


def broken(report: DepartmentYear, last: DepartmentYear | None = None) -> set[str]:
    """Codes of classes E and C that a report breaks."""
    found = set(_amounts(report)) | set(_rates(report)) | set(_scores(report)) | set(_prose(report))
    for project in report.projects:
        found |= set(_project(project))
    found |= set(_between_forms(report))
    if last is not None and any(
        line.prior is not None and line.prior != last.sheet.line(line.concept, line.item).final
        for line in report.sheet.lines
    ):
        found.add("TRD-03")
    return found


def _amounts(report: DepartmentYear) -> Iterable[str]:
    columns = [_column(report, at) for at in range(3)]
    for values in columns:
        for code, (whole, parts) in EXACT.items():
            if sum(_sum(values, part) for part in parts) != _sum(values, whole):
                yield code.rstrip("*")
        public = _sum(values, "public_expense_total")
        if sum(_sum(values, part) for part in PARTS) > public:
            yield "ARI-04"
        if any(_sum(values, part) > public for part in PARTS):
            yield "ARI-08"
        if _sum(values, "three_public_total") > public + _sum(values, "project_expenditure_total"):
            yield "ARI-08"
        if any(value < 0 for value in values.values()):
            yield "ARI-11"
        if _sum(values, "government_procurement") > 50 * public:
            yield "DOC-14"
    funds = report.funds
    revenue = funds.general + funds.government_fund + funds.special_account + funds.other
    if revenue not in {funds.initial, funds.full_year, funds.execution}:
        yield "ARI-05"
    if funds.basic + funds.project not in {funds.execution, funds.full_year}:
        yield "ARI-06"
    if report.personnel + report.public != funds.basic:
        yield "ARI-07"
    adjusted = report.sheet.line("basic_expenditure_budget_adjustment").final or Decimal(0)
    if adjusted and funds.initial + adjusted != funds.full_year:
        yield "ARI-12"
    if not adjusted and funds.initial != funds.full_year:
        yield "BUD-06"


def _column(report: DepartmentYear, at: int) -> dict[tuple[str, str | None], Decimal]:
    return {(x.concept, x.item): value for x in report.sheet.lines if (value := x.values()[at]) is not None}


def _sum(values: dict[tuple[str, str | None], Decimal], concept: str) -> Decimal:
    return sum((value for (name, _), value in values.items() if name == concept), Decimal(0))


def _is_rate(rate: Decimal, part: Decimal | int, whole: Decimal | int) -> bool:
    return abs(rate - 100 * Decimal(part) / Decimal(whole)) <= CENT / 2


def _rates(report: DepartmentYear) -> Iterable[str]:
    sheet, funds = report.sheet, report.funds
    if not _is_rate(sheet.control_rate, sheet.staff_actual, sheet.staff_authorized):
        yield "RAT-01"
    if not _is_rate(funds.rate, funds.execution, funds.full_year):
        yield "RAT-03"
    built = sheet.building
    if built is not None and not (
        _is_rate(built.area_rate, built.actual_area, built.approved_area)
        and _is_rate(built.investment_rate, built.actual, built.budget)
        and max(built.area_rate, built.investment_rate) <= 100
    ):
        yield "RAT-06"
    if any(row.unit == "%" and row.actual is not None and not 0 <= row.actual <= 100 for row in report.indicators):
        yield "RAT-07"


def _scores(report: DepartmentYear) -> Iterable[str]:
    yield from _points(report.indicators, report.declared, report.funds.score, report.funds.rate, report.total_score)
    bands = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))
    if next(grade for least, grade in bands if report.total_score >= least) != report.grade:
        yield "SCO-13"
    names = [row.name for row in report.indicators]
    if len(set(names)) < len(names):
        yield "IND-13"
    if any(row.target_unit not in {None, ""} for row in report.indicators):
        yield "IND-03"
    for row in report.indicators:
        if row.unit == "万元" and row.target == report.funds.full_year and row.actual != report.funds.execution:
            yield "IND-08"


def _points(
    rows: tuple[Indicator, ...], declared: dict[str, Decimal], score: Decimal, rate: Decimal, total: Decimal
) -> Iterable[str]:
    if any(not 0 <= row.score <= row.weight for row in rows):
        yield "SCO-01"
    if sum(row.score for row in rows) + score != total:
        yield "SCO-02"
    if sum(row.weight for row in rows) + 10 != 100:
        yield "SCO-03"
    if any(sum(row.weight for row in rows if row.level1 == level) != points for level, points in declared.items()):
        yield "SCO-04"
    if sum(declared.values()) + 10 != 100:
        yield "SCO-05"
    if abs(score - 10 * min(rate / 100, Decimal(1))) > Decimal("0.5"):
        yield "SCO-06"


def _project(project: ProjectForm) -> Iterable[str]:
    whole, *parts = project.funds
    for name in ("initial", "full_year", "execution"):
        if sum(getattr(part, name) for part in parts) != getattr(whole, name):
            yield "PRJ-02"
    if not _is_rate(project.rate, whole.execution, whole.full_year):
        yield "RAT-03"
    yield from _points(project.indicators, project.declared, project.score, project.rate, project.total_score)


def _between_forms(report: DepartmentYear) -> Iterable[str]:
    if "sheet" in report.parts and report.sheet.final("project_expenditure_total") != report.funds.project:
        yield "ARI-10"
    if report.projects and sum(form.total.execution for form in report.projects) != report.funds.project:
        yield "PRJ-01"
    named = {line.item for line in report.sheet.items()} | {"业务工作经费", "运行维护经费"}
    if not {form.name for form in report.projects} <= named:
        yield "PRJ-04"
    if report.title_year not in {None, report.year}:
        yield "DOC-03"
    if report.form_name not in {None, report.who.name}:
        yield "DOC-04"
    if report.level_word is not None and report.level_word[0] != report.who.division[-1]:
        yield "DOC-06"


def _prose(report: DepartmentYear) -> Iterable[str]:
    text = ["\n".join(section.paragraphs) for section in report.sections]
    funds, sheet = report.funds, report.sheet
    if _said(text[0], r"实有人数(\d+)人") != [sheet.staff_actual]:
        yield "XNT-01"
    if _said(text[0], r"编制(\d+)个") != [sheet.staff_authorized]:
        yield "XNT-01"
    rooms = re.search(r"设置(\d+)个内设机构，分别为([^。]+)。", text[0])
    if rooms is None or int(rooms[1]) != rooms[2].count("、") + 1:
        yield "XNT-14"
    both = text[1] + text[5]
    for code, label, value in (
        ("XNT-02", "(?<!基金预算)基本支出", funds.basic),
        ("XNT-02", "项目支出", funds.project),
        ("XNT-03", "公用经费(?:支出)?", report.public),
        ("XNT-04", "整体支出总计为", funds.execution),
    ):
        if set(_said(both, rf"{label}([\d.]+)万元")) != {value}:
            yield code
    if funds.basic + funds.project > funds.general:
        yield "XNT-05"
    if _said(text[1], r"三公”经费支出([\d.]+)万元") != [sheet.final("three_public_total")]:
        yield "XNT-06"
    for row in report.indicators:
        if row.verb and any(value != row.actual for value in _said(text[5], rf"{row.name}([\d.]+){row.unit}")):
            yield "XNT-07"
    if ("无此项支出" in text[2]) != (funds.government_fund == 0):
        yield "XNT-08"
    if "调剂现象" in text[6] and funds.initial == funds.full_year:
        yield "XNT-09"
    if _said(text[5], r"自评得分([\d.]+)分") != [report.total_score]:
        yield "SCO-15"
    named = re.search(r"本单位(?:中共)?(\w{2}示例\w{3,30}?)严格落实", text[5])
    if named and named[1] not in report.who.name:
        yield "DOC-12"
    yield from _shares(text[5])
    yield from _changes(report, text[1])


def _shares(text: str) -> Iterable[str]:
    whole = re.search(r"总计为([\d.]+)万元。其中基本支出([\d.]+)万元，占本年整体支出的([\d.]+)%", text)
    parts = re.search(
        r"人员经费支出([\d.]+)万元，占基本支出的([\d.]+)%，公用经费支出([\d.]+)万元，占基本支出的([\d.]+)%", text
    )
    project = re.search(r"项目支出([\d.]+)万元，占本年整体支出的([\d.]+)%", text)
    assert whole is not None
    assert parts is not None
    assert project is not None
    total, basic, share = (Decimal(value) for value in whole.groups())
    people, people_share, public, public_share = (Decimal(value) for value in parts.groups())
    amount, project_share = (Decimal(value) for value in project.groups())
    said = (
        (share, basic, total),
        (people_share, people, basic),
        (public_share, public, basic),
        (project_share, amount, total),
    )
    if not all(_is_rate(*each) for each in said):
        yield "RAT-04"
    if abs(share + project_share - 100) > 2 * CENT or abs(people_share + public_share - 100) > 2 * CENT:
        yield "RAT-05"


def _changes(report: DepartmentYear, text: str) -> Iterable[str]:
    line = report.sheet.line("public_expense_total")
    found = re.search(r"公用经费比上年(增加|减少)([\d.]+)万元，(增长|下降)([\d.]+)%", text)
    if found is None or line.prior is None:
        return
    by = report.public - line.prior
    right = (found[1] == "增加") == (by > 0) == (found[3] == "增长")
    if not right or Decimal(found[2]) != abs(by) or not _is_rate(Decimal(found[4]), abs(by), line.prior):
        yield "RAT-08"


def _said(text: str, pattern: str) -> list[Decimal]:
    return [Decimal(value) for value in re.findall(pattern, text)]
