"""Departments that were renamed, merged or split: whatever came first, the checks end with the same words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from tests.checks.cases import Rows, cases, rows_of
from warehouse.check import check
from warehouse.create import create
from warehouse.load import append, mark_current_forms

FOLLOWED = [case for case in cases() if case.written.get("successions")]
OWN = {case.report_id for case in FOLLOWED}
ALL = rows_of(FOLLOWED)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with opened() as con:
        yield con


def opened() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("ATTACH ':memory:' AS warehouse")
    con.execute("USE warehouse")
    create(con)
    return con


def told(con: duckdb.DuckDBPyConnection) -> tuple[list[Any], list[Any]]:
    return (
        con.execute("SELECT * FROM core.check_result ORDER BY ALL").fetchall(),
        con.execute("SELECT * FROM core.finding ORDER BY ALL").fetchall(),
    )


@pytest.fixture(scope="module")
def at_once() -> tuple[list[Any], list[Any]]:
    with opened() as con:
        take(con, ALL)
        return told(con)


def take(con: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    append(con, rows)
    mark_current_forms(con)
    assert check(con).problems == []


def reports_of(own: bool) -> Rows:
    """The rows of the reports that the cases are about, or of those that stand beside them."""

    def wanted(row: dict[str, Any]) -> bool:
        return (row.get("report_id", row.get("document_id")) in OWN) == own

    kept = {table: [row for row in rows if wanted(row)] for table, rows in ALL.items()}
    return {table: rows for table, rows in kept.items() if table not in {"core.department", "core.succession"}}


@pytest.mark.parametrize("own_first", [True, False])
def test_reports_that_come_one_by_one_are_checked_as_if_they_came_together(
    con: duckdb.DuckDBPyConnection, at_once: tuple[list[Any], list[Any]], own_first: bool
) -> None:
    take(con, {"core.department": ALL["core.department"], **reports_of(own_first)})
    # departments are linked when both are known
    append(con, {"core.succession": ALL["core.succession"]})
    take(con, reports_of(not own_first))
    assert told(con) == at_once


def test_a_report_that_comes_again_is_checked_with_those_before_and_after(
    con: duckdb.DuckDBPyConnection, at_once: tuple[list[Any], list[Any]]
) -> None:
    take(con, ALL)
    linked = {row[key] for row in ALL["core.succession"] for key in ("dept_id", "successor_id")}
    reports = sorted(row["report_id"] for row in ALL["core.report"] if row["dept_id"] in linked)
    for table in ("core.check_result", "core.finding"):
        con.execute(f"DELETE FROM {table} WHERE report_id IN (SELECT unnest(?))", [reports])
    # those before and after count as checked, but their statuses are gone: they come back only when checked with them
    con.execute("DELETE FROM core.checked WHERE report_id IN (SELECT unnest(?))", [sorted(OWN)])
    assert check(con).reports == len(reports)
    assert told(con) == at_once


def test_a_link_that_the_registry_learns_is_followed(
    con: duckdb.DuckDBPyConnection, at_once: tuple[list[Any], list[Any]]
) -> None:
    take(con, {table: rows for table, rows in ALL.items() if table != "core.succession"})
    assert told(con) != at_once
    append(con, {"core.succession": ALL["core.succession"]})
    assert check(con).reports > 0
    # prose is held against prose when one of the two is new
    now, then = ([row for row in part if "TRD-08" not in row] for part in (told(con)[1], at_once[1]))
    assert now == then


def test_nothing_is_checked_again_where_nothing_changed(con: duckdb.DuckDBPyConnection) -> None:
    take(con, ALL)
    assert check(con).reports == 0


def test_views_of_years_follow_the_department(con: duckdb.DuckDBPyConnection) -> None:
    take(con, ALL)
    renamed, merged = (
        con.execute(
            "SELECT count(*), count(DISTINCT last_dept_id) FROM restatement "
            "WHERE dept_id <> last_dept_id AND scope_changed = ?",
            [changed],
        ).fetchone()
        for changed in (False, True)
    )
    assert renamed is not None
    assert renamed[0] >= 2
    assert merged is not None
    assert merged[0] >= 5


def test_a_year_that_lacks_between_two_names_is_missing(con: duckdb.DuckDBPyConnection) -> None:
    for year, dept in ((2020, "old"), (2022, "new"), (2023, "new")):
        append(con, {"core.report": [
            {"report_id": f"r{year}", "document_id": f"r{year}", "dept_id": dept, "fiscal_year": year, "loaded_order": year}
        ]})  # fmt: skip
    missing = "SELECT fiscal_year, report_id_before, report_id_after FROM missing_year"
    assert con.execute(missing).fetchall() == []
    link = {"dept_id": "old", "successor_id": "new", "relation": "renamed", "since": 2021}
    append(con, {"core.succession": [link]})
    assert con.execute(missing).fetchall() == [(2021, "r2020", "r2022")]


def test_a_cohort_that_grows_is_checked_with_the_year_before(con: duckdb.DuckDBPyConnection) -> None:
    (case,) = [c for c in cases() if c.code == "PAT-08" and c.written["name"].startswith("eight departments")]
    rows = rows_of([case])
    # the eighth department of the year after comes later: only then one is missed
    late = rows["core.report"][-1]["report_id"]

    def part(of_late: bool) -> Rows:
        return {
            table: [row for row in some if (row.get("report_id", row.get("document_id")) == late) == of_late]
            for table, some in rows.items()
            if table != "core.department"
        }

    status = "SELECT status FROM core.check_result WHERE check_code = 'PAT-08' AND report_id = ?"
    take(con, {"core.department": rows["core.department"], **part(False)})
    assert con.execute(status, [case.report_id]).fetchone() == ("insufficient_data",)
    take(con, part(True))
    assert con.execute(status, [case.report_id]).fetchone() == ("fail",)
