"""What a reader must find in a report: every fact and indicator of the model, as the warehouse names them."""

from __future__ import annotations

from decimal import Decimal

from tests.makers.county.model import PERIODS, DepartmentYear, Indicator, ProjectForm

FactKey = tuple[str, str | None, str, str | None, str]
"""form kind, project, concept, item, period"""


def facts(report: DepartmentYear) -> dict[FactKey, Decimal]:
    """Every printed number of the tables by its key; what is printed as —— or 无 is not among them."""
    found: dict[FactKey, Decimal] = {}
    sheet, funds = report.sheet, report.funds
    if "sheet" in report.parts:
        for concept, value in (
            ("staff_authorized", Decimal(sheet.staff_authorized)),
            ("staff_actual", Decimal(sheet.staff_actual)),
            ("staff_control_rate", sheet.control_rate),
        ):
            found["base_data", None, concept, None, "instant_current"] = value
        for line in sheet.lines:
            for period, amount in zip(PERIODS, line.values(), strict=True):
                if amount is not None:
                    found["base_data", None, line.concept, line.item, period] = amount
        if sheet.building is not None:
            built = sheet.building
            for concept, value in (
                ("approved_area", built.approved_area),
                ("actual_area", built.actual_area),
                ("area_control_rate", built.area_rate),
                ("budget_investment", built.budget),
                ("actual_investment", built.actual),
                ("investment_control_rate", built.investment_rate),
            ):
                found["base_data", None, f"building_{concept}", None, "current_final"] = value
    if "form" in report.parts:
        for period, value in (
            ("initial_budget", funds.initial),
            ("full_year_budget", funds.full_year),
            ("execution", funds.execution),
        ):
            found["department_evaluation", None, "funds_total", None, period] = value
        for concept, value in (
            ("execution_weight", funds.weight),
            ("execution_rate", funds.rate),
            ("execution_score", funds.score),
            ("revenue_general_public_budget", funds.general),
            ("revenue_government_fund", funds.government_fund),
            ("revenue_special_account_nontax", funds.special_account),
            ("revenue_other", funds.other),
            ("basic_expenditure", funds.basic),
            ("project_expenditure", funds.project),
            ("total_weight", report.total_weight),
            ("total_score", report.total_score),
        ):
            found["department_evaluation", None, concept, None, "annual"] = value
    for project in report.projects:
        found |= _project(project)
    return found


def _project(project: ProjectForm) -> dict[FactKey, Decimal]:
    found: dict[FactKey, Decimal] = {}
    for funds in project.funds:
        amounts = (funds.initial, funds.full_year, funds.execution)
        for period, value in zip(("initial_budget", "full_year_budget", "execution"), amounts, strict=True):
            found["project_evaluation", project.name, funds.concept, None, period] = value
    for concept, value in (
        ("execution_weight", project.weight),
        ("execution_rate", project.rate),
        ("execution_score", project.score),
        ("total_weight", Decimal(100)),
        ("total_score", project.total_score),
    ):
        found["project_evaluation", project.name, concept, None, "annual"] = value
    return found


def indicators(report: DepartmentYear) -> list[tuple[object, ...]]:
    """Form kind, project, declared weight, levels, name, target, its unit, actual, its unit, weight, score, reason."""
    rows = []
    if "form" in report.parts:
        rows += [_row("department_evaluation", None, report.declared, row) for row in report.indicators]
    for project in report.projects:
        rows += [_row("project_evaluation", project.name, project.declared, row) for row in project.indicators]
    return rows


def _row(kind: str, project: str | None, declared: dict[str, Decimal], row: Indicator) -> tuple[object, ...]:
    unit = row.unit or None
    target_unit = unit if row.target_unit is None else row.target_unit or None
    return (
        kind, project, declared[row.level1], row.level1, row.level2, row.name, row.op, row.target, target_unit,
        row.actual, unit, row.weight, row.score, row.reason or "无",
    )  # fmt: skip
