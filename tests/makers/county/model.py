"""One department and year as the truth: every figure that its report prints, and how the printed ones follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

FEN = Decimal("0.01")
ZERO = Decimal("0.00")
Op = Literal[">=", "<=", "="]
PERIODS = ("prior_final", "current_budget", "current_final")
BANDS = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差"))


def fen(value: Decimal | int | float | str) -> Decimal:
    """An amount in 万元 to the hundredth, half up."""
    return Decimal(value).quantize(FEN, ROUND_HALF_UP)


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """What share of the whole a part is, in percent to the hundredth."""
    return fen(Decimal(part) * 100 / Decimal(whole))


@dataclass(frozen=True)
class Line:
    """A row of the base data sheet in its three periods; None is printed as ——."""

    concept: str
    prior: Decimal | None
    budget: Decimal | None
    final: Decimal | None
    item: str | None = None

    def values(self) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """Prior final, current budget, current final."""
        return self.prior, self.budget, self.final


@dataclass(frozen=True)
class Building:
    """A building finished in the year: areas in square metres, investments in 万元, their rates."""

    approved_area: Decimal
    actual_area: Decimal
    area_rate: Decimal
    budget: Decimal
    actual: Decimal
    investment_rate: Decimal


@dataclass(frozen=True)
class Sheet:
    """Base data sheet (基础数据表)."""

    staff_authorized: int
    staff_actual: int
    control_rate: Decimal
    lines: tuple[Line, ...]
    building: Building | None
    frugality: str

    def line(self, concept: str, item: str | None = None) -> Line:
        """The row of a concept."""
        return next(line for line in self.lines if (line.concept, line.item) == (concept, item))

    def final(self, concept: str) -> Decimal:
        """This year's final of a concept, nothing counted as zero."""
        return self.line(concept).final or ZERO

    def items(self) -> tuple[Line, ...]:
        """Rows of the single special funds."""
        return tuple(line for line in self.lines if line.item)

    def with_line(self, changed: Line) -> Sheet:
        """The sheet with another row in place of that of the same concept and item."""
        key = (changed.concept, changed.item)
        return replace(self, lines=tuple(changed if (x.concept, x.item) == key else x for x in self.lines))


@dataclass(frozen=True)
class Funds:
    """Funds of the department (年度预算申请) with what they consist of."""

    initial: Decimal
    full_year: Decimal
    execution: Decimal
    weight: Decimal
    rate: Decimal
    score: Decimal
    general: Decimal
    government_fund: Decimal
    special_account: Decimal
    other: Decimal
    basic: Decimal
    project: Decimal


@dataclass(frozen=True)
class Indicator:
    """A row of an indicator table. A numeric one has target and actual; any other prints its texts."""

    level1: str
    level2: str
    name: str
    weight: Decimal
    score: Decimal
    op: Op | None = None
    target: Decimal | None = None
    actual: Decimal | None = None
    unit: str = ""
    target_text: str = ""
    actual_text: str = ""
    reason: str = ""
    verb: str = ""
    target_unit: str | None = None
    """Unit printed at the target where it is another than that of the actual."""

    @property
    def numeric(self) -> bool:
        """True where target and actual are numbers."""
        return self.target is not None

    @property
    def met(self) -> bool:
        """True where the actual reaches the target; for words and dates: where all points were given."""
        if self.target is None or self.actual is None:
            return self.score >= self.weight
        if self.op == "<=":
            return self.actual <= self.target
        return self.actual >= self.target


@dataclass(frozen=True)
class Goal:
    """A goal of the year and the statement against it."""

    expected: str
    actual: str


@dataclass(frozen=True)
class Section:
    """A section of the report in prose: its heading without numeral, its paragraphs with those of inner headings."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class ProjectFunds:
    """Money of one kind of a project: initial budget, full-year budget, execution."""

    concept: str
    initial: Decimal
    full_year: Decimal
    execution: Decimal


@dataclass(frozen=True)
class ProjectForm:
    """Evaluation form of a project (national form)."""

    name: str
    funds: tuple[ProjectFunds, ...]
    weight: Decimal
    rate: Decimal
    score: Decimal
    declared: dict[str, Decimal]
    goals: tuple[Goal, ...]
    indicators: tuple[Indicator, ...]
    total_score: Decimal

    @property
    def total(self) -> ProjectFunds:
        """The row of all funds."""
        return self.funds[0]


@dataclass(frozen=True)
class Footer:
    """Who filled the form: invented persons."""

    filled_by: str
    filled_on: str
    phone: str
    signed_by: str


@dataclass(frozen=True)
class Profile:
    """Who the department is, for all years."""

    division: str
    name: str
    alias: str
    kind: str
    organ_class: str
    seed: int
    rooms: tuple[str, ...]


@dataclass(frozen=True)
class DepartmentYear:
    """One department's report of one year."""

    who: Profile
    year: int
    sheet: Sheet
    funds: Funds
    personnel: Decimal
    public: Decimal
    fixed_assets: Decimal
    declared: dict[str, Decimal]
    indicators: tuple[Indicator, ...]
    goals: tuple[Goal, ...]
    total_score: Decimal
    grade: str
    projects: tuple[ProjectForm, ...]
    footer: Footer
    published: str
    clean: bool
    sections: tuple[Section, ...] = ()
    title_year: int | None = None
    """Year in the title of the report in prose where it is another."""
    form_name: str | None = None
    """Name on the evaluation form where it is another than the department's."""
    total_weight: Decimal = Decimal(100)
    note: str = ""
    """Added behind the title: （更正） of a second version."""
    level_word: str | None = None
    """Word for the level of government on the forms where it is not that of the division."""
    odd_numeral: int | None = None
    """Number of the section whose numeral is printed in digits."""
    parts: frozenset[str] = field(default=frozenset({"sheet", "form", "prose"}))

    @property
    def key(self) -> str:
        """Name and year, for file names and messages."""
        return f"{self.who.name}-{self.year}"


def grade_of(score: Decimal) -> str:
    """The grade of a score by the default bands."""
    return next(grade for least, grade in BANDS if score >= least)


def rule_score(op: Op | None, target: Decimal, actual: Decimal, weight: Decimal) -> Decimal:
    """Points of a numeric indicator as the rule gives them."""
    if op == "<=":
        if actual <= target:
            return weight
        return max(ZERO, fen((1 - (actual - target) / target) * weight))
    if actual >= target:
        return weight
    return fen(actual / target * weight)


def total(indicators: Iterable[Indicator], execution_score: Decimal) -> Decimal:
    """The total score that the rows make with the execution points."""
    return sum((row.score for row in indicators), execution_score)


def scored(report: DepartmentYear) -> DepartmentYear:
    """The report with total and grade recomputed from its rows."""
    score = total(report.indicators, report.funds.score)
    return replace(report, total_score=score, grade=grade_of(score))


def plain(value: Decimal | int) -> str:
    """A number as reports print it: no trailing zeros."""
    return format(Decimal(value).normalize(), "f") if value else "0"
