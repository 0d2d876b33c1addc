"""What forms yield: facts, indicators, goals, sections and key figures, each with raw text and place."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from parsers.document import Place
from parsers.judging import Direction
from parsers.ledger import Leftover
from parsers.record import record
from parsers.targets import Reading

FormKind = Literal["base_data", "department_evaluation", "project_evaluation", "narrative"]
Period = Literal[
    "prior_final",
    "current_budget",
    "current_final",
    "initial_budget",
    "full_year_budget",
    "received",
    "execution",
    "instant_current",
    "annual",
]


@record(frozen=True, slots=True)
class Fact:
    """One number (or its absence) that a form gives for a concept, an item and a period."""

    concept: str
    period: Period
    period_year: int | None
    """Year that the header names; None means the fiscal year of the report."""
    status: str
    value: Decimal | None
    unit: str | None
    raw_text: str
    place: Place
    item: str | None = None
    decimals: int | None = None
    printed_unit: str | None = None
    origin: Literal["table", "narrative"] = "table"
    offset: int = 0
    """Where in the cell or paragraph the number begins; tells several facts of one cell apart."""
    row_label: str = ""
    column_label: str = ""
    treatment: str = ""
    """What was done to get from the raw text to the value, in words."""


@record(frozen=True, slots=True)
class Indicator:
    """One row of an indicator table."""

    seq: int
    level1: str | None
    level1_raw: str | None
    level1_weight_declared: Decimal | None
    level2: str | None
    level2_raw: str | None
    name: str | None
    target: Reading
    actual: Reading
    weight: Decimal | None
    score: Decimal | None
    reason: str | None
    direction: Direction | None
    met: bool | None
    place: Place
    criterion: str | None = None
    """What the points are given for, where a rubric says it (评分标准, 指标解释)."""


@record(frozen=True, slots=True)
class Goal:
    """An overall goal of the year and what was reported against it."""

    seq: int
    expected: str | None
    actual: str | None
    place: Place


@record(frozen=True, slots=True)
class Section:
    """A heading of the report in prose and the text up to the next heading."""

    seq: int
    level: int
    number: str
    """Position as a dotted number (2.1), whatever numerals are printed."""
    numeral: str
    """Numeral as printed (（一）, 4、)."""
    heading: str
    text: str
    place: Place
    nil: bool = False
    """The section says that there is nothing to report: 无此项支出."""


@record(frozen=True, slots=True)
class KeyFigure:
    """A number said in prose."""

    seq: int
    section: str | None
    """Dotted number of the section; 附件2 and the like for prose inside a form."""
    context: Literal["report", "goal_expected", "goal_actual"]
    subject: str
    value: Decimal
    unit: str | None
    printed_unit: str | None
    approximate: bool
    concept: str | None
    tense: Literal["current", "prior", "change", "plan"]
    """Whether the sentence gives the year's own figure, last year's, a difference between two, or an intention."""
    sentence: str
    snippet: str
    place: Place
    offset: int
    states: tuple[str, Period] | None = None
    """Concept and period that the number states of the department as a whole, where its sentence leaves no doubt."""


@dataclass(slots=True)
class Form:
    """One recognised form of a document."""

    kind: FormKind
    title: str | None
    attachment: str | None
    place: Place
    year: int | None = None
    dept_name: str | None = None
    project_name: str | None = None
    grade: str | None = None
    """Grade as printed (优, 良好 …)."""
    facts: list[Fact] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    key_figures: list[KeyFigure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Recognised:
    """All that was understood of one document, and the numbers that were not."""

    forms: tuple[Form, ...]
    dept_name: str | None
    alias: str | None
    fiscal_year: int | None
    leftovers: tuple[Leftover, ...]
    numbers: int
    numbers_mapped: int
    templates: int
    """Forms that nobody filled."""
    declarations: int
    """Titles that announce a declaration of targets (绩效目标申报表): not a self-evaluation."""
    lists: int = 0
    """Tables with a department or a project a row: nothing in them is of one department."""
    titled_as: str | None = None
    """Other publication that the first lines name: `notice`, `budget_document`, `third_party_evaluation` …"""
