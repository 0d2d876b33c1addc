"""Invented counties: they agree with themselves, differ from each other, and are the same for the same seed."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.identity import identify
from tests.makers.county import DepartmentYear, county
from tests.makers.county.layout import FOOTER, blocks_of
from tests.makers.county.model import grade_of, rule_score
from tests.makers_county.rules import broken

YEARS = (2021, 2022, 2023)


@pytest.fixture(scope="module")
def reports() -> list[DepartmentYear]:
    return county(11, 64, YEARS)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.booleans())
def test_no_report_breaks_a_check_of_arithmetic_or_contradiction(seed: int, departments: int, clean: bool) -> None:
    made = county(seed, departments, YEARS, clean)
    for at, report in enumerate(made):
        last = made[at - 1] if report.year > YEARS[0] else None
        assert broken(report, last) == set(), report.key


def test_years_are_chained(reports: list[DepartmentYear]) -> None:
    for last, report in pairwise(reports):
        if last.who != report.who:
            continue
        assert report.year == last.year + 1
        finals = {(x.concept, x.item): x.final for x in last.sheet.lines}
        priors = {(x.concept, x.item): x.prior for x in report.sheet.lines if x.prior is not None}
        assert len(priors) >= 13
        assert {key: finals[key] for key in priors} == priors


def test_the_same_seed_gives_the_same_county() -> None:
    assert county(5, 9, YEARS) == county(5, 9, YEARS)
    assert county(5, 9, YEARS) != county(6, 9, YEARS)


def test_more_departments_leave_the_first_as_they_were() -> None:
    assert county(5, 20, YEARS)[: 3 * 9] == county(5, 9, YEARS)


def test_points_follow_the_rule(reports: list[DepartmentYear]) -> None:
    missed = 0
    for row in (row for report in reports for row in report.indicators):
        if row.target is None:
            continue
        assert row.actual is not None
        assert row.score == rule_score(row.op, row.target, row.actual, row.weight), row
        assert row.met == (row.score == row.weight)
        assert row.met or row.reason
        missed += not row.met
    assert missed >= 50


def test_clean_reports_miss_nothing_and_report_every_project() -> None:
    for report in county(3, 40, YEARS, clean=True):
        assert all(row.met for row in report.indicators)
        assert sum(form.total.execution for form in report.projects) == report.funds.project
        assert 90 <= report.funds.rate <= 100
        line = report.sheet.line("three_public_total")
        assert line.final is not None
        assert line.prior is not None
        assert line.final <= line.prior


def test_reports_say_that_they_are_examples_and_name_no_real_place(reports: list[DepartmentYear]) -> None:
    for report in reports:
        assert FOOTER in blocks_of(report)
        assert "示例" in report.who.name
        assert identify(report.who.name, "x").division_code is None


def shingles(report: DepartmentYear, skip: int = 1) -> set[str]:
    """Runs of five characters of the prose but its overview, digits masked."""
    text = "".join(text for section in report.sections[skip:] for text in section.paragraphs)
    masked = "".join("#" if char.isdigit() else char for char in text)
    return {masked[at : at + 5] for at in range(len(masked) - 4)}


def test_no_two_reports_have_the_same_prose(reports: list[DepartmentYear]) -> None:
    sets = [shingles(report) for report in reports]
    most = Decimal(0)
    for at, one in enumerate(sets):
        for other in sets[:at]:
            most = max(most, Decimal(len(one & other)) / len(one | other))
    assert most < Decimal("0.8")


def test_grades_follow_the_bands() -> None:
    assert [grade_of(Decimal(score)) for score in ("90", "89.99", "80", "60", "59.99")] == [
        "优",
        "良",
        "良",
        "中",
        "差",
    ]
