"""Errors in the prose, in names, years and parts of a report."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from tests.makers.county.model import DepartmentYear, Footer, Section, fen, plain
from tests.makers.county.planting import UnfitError, planted, refunded, said, swapped, with_project
from tests.makers.county.prose import narrated

Maybe = DepartmentYear | None
OF_TABLES = {(0, 3), (1, 1), (1, 2), (1, 4), (5, 0), (5, 2), (5, 6)}
"""Section and paragraph, from 0, of the prose that repeats figures of the tables."""


@planted("XNT-01")
def staff(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The prose counts two more staff than the sheet."""
    count = report.sheet.staff_actual
    return swapped(report, 0, 3, f"实有人数{count}人", f"实有人数{count + 2}人")


@planted("XNT-02")
def project_money(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """Section 二 gives less project expenditure than the form."""
    value = report.funds.project
    wrong = plain(fen(value * Decimal("0.95")))
    return swapped(report, 1, 4, f"项目支出{plain(value)}万元", f"项目支出{wrong}万元")


@planted("XNT-03", may=("ARI-07",))
def public_money(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """Section 二 gives less public expense than the sheet."""
    wrong = plain(fen(report.public * Decimal("0.9")))
    return swapped(report, 1, 1, f"公用经费{plain(report.public)}万元", f"公用经费{wrong}万元")


@planted("XNT-04", "RAT-04")
def whole_money(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The prose gives a larger total than the form, and shares that are those of the form's total."""
    value = report.funds.execution
    wrong = plain(fen(value * Decimal("1.05")))
    return swapped(report, 5, 2, f"总计为{plain(value)}万元", f"总计为{wrong}万元")


@planted("XNT-06", may=("RAT-08",))
def three_public_said(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The prose gives another amount of 三公经费 than the sheet."""
    value = report.sheet.final("three_public_total")
    wrong = plain(value + fen(rng.uniform(0.5, 2)))
    return swapped(report, 1, 2, f"“三公”经费支出{plain(value)}万元", f"“三公”经费支出{wrong}万元")


@planted("XNT-08")
def fund_said(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The prose gives expenditure of a government fund where the form has none."""
    amount = plain(fen(rng.uniform(5, 40)))
    return said(report, 2, 0, f"{report.year}年政府性基金预算支出{amount}万元，全部用于基础设施维护。")


@planted("XNT-09")
def admitted(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The prose admits shifts between items where the tables show no adjustment."""
    full = report.funds.full_year
    changed = refunded(report, full, full, report.funds.execution)
    text = changed.sections[6].paragraphs[1]
    return said(changed, 6, 1, text + "年初预算与实际支出存在差异，预算执行中存在预算子项调剂现象。")


@planted("XNT-14")
def rooms(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The prose counts one more division than it names."""
    count = len(report.who.rooms)
    return swapped(report, 0, 3, f"设置{count}个内设机构", f"设置{count + 1}个内设机构")


@planted("PRJ-04")
def project_name(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """A project form has a name that 附件1 does not list."""
    names = {line.item for line in report.sheet.items()}
    found = [form for form in report.projects if form.name in names]
    if not found:
        raise UnfitError("no form of a special fund")
    form = rng.choice(found)
    return with_project(report, form, replace(form, name="数字档案馆扩容工程"))


@planted("DOC-01", may=("DOC-07",))
def no_sheet(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The base data sheet is missing."""
    return replace(report, parts=report.parts - {"sheet"})


@planted("DOC-02")
def empty_section(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The section on the use of the results has a heading and no text."""
    return _section(report, 8, ())


@planted("DOC-03")
def title_year(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The title of the prose names the year before."""
    return replace(report, title_year=report.year - 1)


@planted(
    "DOC-04",
    needs="other",
    may=(
        "DOC-01", "DOC-05", "ARI-10", "ARI-12", "BUD-06", "SCO-15", "PRJ-01", "PRJ-04", "REV-01", "REV-02", "XNT-01",
        "XNT-02", "XNT-03", "XNT-04", "XNT-05", "XNT-06", "XNT-07", "XNT-08",
    ),
)  # fmt: skip
def other_name(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The evaluation form is filled in under the name of another department.

    It is then that department's form, and may disagree with the report that the other one published itself.
    """
    if other is None:
        raise UnfitError("another department is needed")
    return replace(report, form_name=other.who.name)


@planted("DOC-05")
def no_project_forms(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """There is project expenditure and no form of a project."""
    if not report.projects:
        raise UnfitError("there are none")
    return narrated(replace(report, projects=()))


@planted("DOC-06")
def level(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The labels are those of another level of government."""
    if report.who.division[-1] == "市":
        raise UnfitError("a city may stand above counties or be one")
    return replace(report, level_word="市级")


@planted("DOC-07")
def unsigned(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The line of signatures is not filled in."""
    return replace(report, footer=Footer("", "", "", ""))


@planted("DOC-08")
def prompt(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """A blank of the template (××) was left in the text."""
    return _section(report, 9, ("××部门无其他需要说明的情况。",))


@planted("DOC-10")
def undated(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The report has no date."""
    return replace(report, published="", footer=replace(report.footer, filled_on=""))


@planted("DOC-11")
def numerals(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """One heading is numbered in digits."""
    return replace(report, odd_numeral=rng.randint(2, 9))


@planted("DOC-12", needs="other")
def self_named(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The prose calls the department by the name of another."""
    if other is None:
        raise UnfitError("another department is needed")
    text = report.sections[5].paragraphs[4]
    return said(report, 5, 4, f"{text}本单位{other.who.name}严格落实各项财务制度。")


@planted("DOC-15")
def attachment(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The prose points to an attachment that is not there."""
    return _section(report, 9, ("项目明细见附件。",))


@planted("IND-16")
def no_survey(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """Satisfaction is stated without any survey."""
    return said(report, 5, len(report.sections[5].paragraphs) - 1, "各项服务得到广泛认可。")


@planted("PAT-05", needs="other", may=("XNT-11", "DOC-12", "XNT-15", "XNT-07"))
def neighbour(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The prose is that of another department of the same year, with names and the figures of the tables replaced."""
    return _copied(report, other)


@planted("TRD-08", needs="last", may=("XNT-11", "XNT-07"))
def stale(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The prose is last year's, with the year and the figures of the tables replaced."""
    return _copied(report, other)


def _copied(report: DepartmentYear, other: Maybe) -> DepartmentYear:
    if other is None or not other.sections:
        raise UnfitError("another report is needed")
    sections = []
    for at, section in enumerate(other.sections):
        own = report.sections[at].paragraphs
        sections.append(
            Section(
                section.heading,
                tuple(
                    own[n]
                    if (at, n) in OF_TABLES
                    else text.replace(other.who.name, report.who.name)
                    .replace(other.who.alias, report.who.alias)
                    .replace(f"{other.year}年", f"{report.year}年")
                    for n, text in enumerate(section.paragraphs)
                ),
            )
        )
    return replace(report, sections=tuple(sections))


def _section(report: DepartmentYear, at: int, paragraphs: tuple[str, ...]) -> DepartmentYear:
    sections = list(report.sections)
    sections[at] = Section(sections[at].heading, paragraphs)
    return replace(report, sections=tuple(sections))
