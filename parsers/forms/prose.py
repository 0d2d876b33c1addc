"""What the prose says that forms would say: facts of reports that have no tables, and the grade."""

from __future__ import annotations

from collections import defaultdict

import regex

from parsers.characters import squeeze
from parsers.forms.model import Fact, Form, KeyFigure, Period

_GRADE = regex.compile(
    r"(?:等级|等次|结果|结论|评定|评价|自评)(?:级别)?(?:(?:为|是|:|达到)+[“\"‘]?|[“\"‘])(?P<grade>优秀|良好|优|良|中|差)[”\"’]?(?![\p{Han}])"
)

PERIODS: dict[str, Period] = {
    "staff_authorized": "instant_current",
    "staff_actual": "instant_current",
    "staff_control_rate": "instant_current",
    "basic_expenditure": "annual",
    "project_expenditure": "annual",
    "personnel_expense": "annual",
    "total_expenditure": "annual",
    "public_expense_total": "current_final",
    "three_public_total": "current_final",
    "official_vehicle_total": "current_final",
    "official_vehicle_purchase": "current_final",
    "official_vehicle_operation": "current_final",
    "overseas_travel": "current_final",
    "official_reception": "current_final",
    "fixed_assets_total": "instant_current",
    "carry_over_prior": "annual",
    "carry_over_next": "annual",
    "total_score": "annual",
    "execution_rate": "annual",
}
"""Concepts of the department as a whole that prose can state for the year itself, each with its period."""

SPENT = frozenset(
    concept
    for concept, period in PERIODS.items()
    if concept.endswith("expenditure") or period == "current_final" or concept == "personnel_expense"
)
"""Concepts of money spent: within a budget they are something else."""

OF_THE_WHOLE = frozenset({"total_score", "execution_rate", "total_expenditure", "funds_total"})
"""Concepts that a report about one project says of the project."""
_TOTALS = frozenset({"total_weight", "total_score"})
_NOT_OF_FUNDS = frozenset(
    concept for concept, period in PERIODS.items() if concept.startswith("staff_") or period == "current_final"
) - {"public_expense_total"}
_OF_A_PROJECT = regex.compile(r"项目(?!.*整体)|专项|(?<!整体支出)资金绩效|工程(?:支出)?绩效")


def is_of_a_project(report: Form) -> bool:
    """True where the title of a report in prose is about a project or a fund, not about a department."""
    return names_a_project(report.title or "")


def names_a_project(title: str) -> bool:
    """True for a title about a project or a fund."""
    return bool(_OF_A_PROJECT.search(squeeze(title)))


def facts_of_prose(report: Form, tables: list[Form]) -> list[Fact]:
    """Facts that a report in prose adds to those of the tables of its document: the year's own exact figures.

    What a table gives is not said again: none of its concepts, nothing of funds where a form gives funds, and nothing
    at all beside a form with facts where there is a base data sheet or a project's form too.
    """
    evaluations = [form for form in tables if form.kind.endswith("_evaluation")]
    funded = any(fact.concept not in _TOTALS for form in evaluations for fact in form.facts)
    if funded and any(form.kind in {"base_data", "project_evaluation"} for form in tables):
        return []
    if any(form.kind == "project_evaluation" for form in evaluations):
        return []
    given = {fact.concept for form in tables for fact in form.facts if fact.value is not None}
    given |= OF_THE_WHOLE if is_of_a_project(report) else set()
    facts = [fact for fact in _said_once(report) if fact.concept not in given]
    return [fact for fact in facts if fact.concept in _NOT_OF_FUNDS] if funded else facts


def _said_once(report: Form) -> list[Fact]:
    """The concepts that are said with one value; of the department and of one of its units they have two."""
    facts: list[Fact] = []
    said: dict[tuple[str, Period], set[object]] = defaultdict(set)
    for figure in report.key_figures:
        if (what := _stated(figure)) is not None:
            said[what].add(None if figure.approximate else figure.value)
    for figure in report.key_figures:
        what = _stated(figure)
        if what is None or said[what] != {figure.value}:
            continue
        said[what] = set()
        facts.append(
            Fact(
                *what,
                None,
                "value",
                figure.value,
                figure.unit,
                figure.sentence,
                figure.place,
                printed_unit=figure.printed_unit,
                origin="narrative",
                offset=figure.offset,
                row_label=figure.subject,
                treatment="said in prose; no table gives it",
            )
        )
    return facts


def _stated(figure: KeyFigure) -> tuple[str, Period] | None:
    """Concept and period that a figure states of the department for the year itself."""
    if figure.states is not None:
        return figure.states
    period = PERIODS.get(figure.concept or "")
    return (str(figure.concept), period) if period is not None and figure.tense == "current" else None


def grade_in(text: str) -> str | None:
    """The grade that a sentence states: 自评结果为“优秀”."""
    found = _GRADE.search(squeeze(text))
    return found["grade"] if found else None
