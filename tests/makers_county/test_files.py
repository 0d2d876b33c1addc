"""What the makers print is what the parsers read, in every format: each fact, each indicator, nothing left over."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.parse import parse
from tests.makers.county import DepartmentYear, county, truth
from tests.makers.county.files import FORMATS, as_bytes
from tests.makers.county.model import grade_of

YEARS = (2022, 2023)
READ = (
    "level1_weight_declared", "level1", "level2", "name", "target_op", "target_value", "target_unit", "actual_value",
    "actual_unit", "weight", "score", "reason",
)  # fmt: skip


@pytest.fixture(scope="module")
def reports() -> list[DepartmentYear]:
    return county(21, 64, YEARS)[::3] + county(22, 40, YEARS, clean=True)[::4]


@pytest.mark.parametrize("form", FORMATS)
def test_every_figure_is_read_back(form: str, reports: list[DepartmentYear]) -> None:
    assert len(reports) >= 60
    for report in reports:
        parsed = parse(as_bytes(report, form))
        assert (parsed.status, parsed.format) == ("loaded", form), f"{report.key}: {parsed.reason}"
        forms = {row["form_id"]: (row["form_kind"], row["project_name"]) for row in parsed.rows["core.form"]}
        found = [
            (*forms[row["form_id"]], row["concept"], row["item"], row["period"], row["value"])
            for row in parsed.rows["core.fact"]
            if row["value"] is not None and row["origin"] == "table"
        ]
        wanted = [(*key, value) for key, value in truth.facts(report).items()]
        assert Counter(found) == Counter(wanted), report.key
        rows = [(*forms[row["form_id"]], *(row[name] for name in READ)) for row in parsed.rows["core.indicator"]]
        assert rows == truth.indicators(report), report.key
        assert parsed.rows.get("core.unmapped", []) == [], report.key
        (said,) = parsed.rows["core.report"]
        assert (said["dept_name"], said["alias"], said["fiscal_year"]) == (
            report.who.name,
            report.who.alias,
            report.year,
        )


def test_what_the_prose_says_is_read_as_the_figure_that_it_is(reports: list[DepartmentYear]) -> None:
    for report in reports[:20]:
        rows = parse(as_bytes(report, "docx")).rows
        said = {(row["concept"], row["value"]) for row in rows["core.key_figure"] if row["concept"]}
        for concept, value in (
            ("staff_authorized", report.sheet.staff_authorized),
            ("staff_actual", report.sheet.staff_actual),
            ("basic_expenditure", report.funds.basic),
            ("project_expenditure", report.funds.project),
            ("personnel_expense", report.personnel),
            ("public_expense_total", report.public),
            ("total_expenditure", report.funds.execution),
            ("three_public_total", report.sheet.final("three_public_total")),
            ("fixed_assets_total", report.fixed_assets),
            ("total_score", report.total_score),
        ):
            assert {found for name, found in said if name == concept} == {value}, f"{report.key} {concept}"
        sections = [row for row in rows["core.section"] if row["level"] == 1]
        assert len(sections) == 10
        assert [row["nil"] for row in sections][2:5] == [True, True, True]
        grades = {row["grade"] for row in rows["core.form"] if row["grade"]}
        assert grades == {grade_of(report.total_score)}
