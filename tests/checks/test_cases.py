"""Every check has cases that fail it, pass it and do not concern it; what it says of each is written beside them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from tests.checks.cases import FOLDER, Case, cases, findings, load, statuses
from warehouse.check import check
from warehouse.create import create
from warehouse.rules import rules

CASES = cases()
CODES = [rule.code for rule in rules()]


@pytest.fixture(scope="module")
def checked() -> Iterator[tuple[duckdb.DuckDBPyConnection, dict[tuple[str, str], str]]]:
    con = duckdb.connect()
    con.execute("ATTACH ':memory:' AS warehouse")
    con.execute("USE warehouse")
    create(con)
    load(con, CASES)
    assert check(con).problems == []
    yield con, statuses(con)
    con.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.report_id}: {case.written['name']}")
def test_check_says_what_is_written(
    case: Case, checked: tuple[duckdb.DuckDBPyConnection, dict[tuple[str, str], str]]
) -> None:
    con, told = checked
    found = list(findings(con, case.code, case.report_id))
    assert told[case.code, case.report_id] == case.written["expect"], found
    wanted = case.written.get("findings", [])
    assert not wanted or len(found) == len(wanted), found
    for finding, want in zip(found, sorted(wanted, key=lambda w: str(w.get("subject") or "")), strict=False):
        for name, value in want.items():
            if name in {"expected", "actual", "difference", "tolerance"}:
                assert finding[name] == Decimal(value), (name, finding)
            elif name == "says":
                assert value in finding["message"]
            else:
                assert finding[name] == value, (name, finding)


@pytest.mark.parametrize("code", CODES)
def test_every_check_has_a_case_that_fails_it_one_that_passes_it_and_one_that_it_does_not_concern(code: str) -> None:
    expected = {case.written["expect"] for case in CASES if case.code == code}
    assert {"fail", "pass"} <= expected
    assert expected & {"not_applicable", "insufficient_data"}


def test_every_case_is_of_a_check() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} <= set(CODES)


def test_a_finding_shows_where_its_numbers_stand(
    checked: tuple[duckdb.DuckDBPyConnection, dict[tuple[str, str], str]],
) -> None:
    con, _ = checked
    bare = con.execute("SELECT DISTINCT check_code FROM main.finding WHERE len(evidence) = 0").fetchall()
    assert bare == []
