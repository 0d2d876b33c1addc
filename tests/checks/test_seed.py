"""The seed report was checked by hand: what every check must say of it stands in its truth."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest

from tests.conftest import SEED
from warehouse.rules import rules

TRUTH = json.loads(Path(__file__).with_name("seed_expected.json").read_text(encoding="utf-8"))
CODES = {rule.code for rule in rules()}
NO_PEERS = "BUD-09"
"""The hand check passes it with the words 'no peer group yet': without peers nothing was compared, which is no pass."""
# rows of one check: any failing row fails it
_RANK = {"fail": 3, "pass": 2, "insufficient_data": 1, "not_applicable": 0}
EXPECTED: dict[str, list[str]] = defaultdict(list)
for _row in TRUTH:
    EXPECTED[_row["code"]].append(_row["status"])


@pytest.mark.parametrize("code", sorted(EXPECTED.keys() & CODES))
def test_status_is_the_one_found_by_hand(con: duckdb.DuckDBPyConnection, code: str) -> None:
    told = con.execute(
        "SELECT c.status FROM check_result AS c JOIN document AS d ON d.document_id = c.report_id "
        "WHERE d.source_file = ? AND c.check_code = ?",
        [SEED.name, code],
    ).fetchall()
    wanted = "insufficient_data" if code == NO_PEERS else max(EXPECTED[code], key=lambda status: _RANK[status])
    assert told == [(wanted,)]


@pytest.mark.parametrize("code", sorted(code for code in EXPECTED.keys() & CODES if "fail" in EXPECTED[code]))
def test_as_many_findings_as_found_by_hand(con: duckdb.DuckDBPyConnection, code: str) -> None:
    found = con.execute(
        "SELECT severity FROM finding WHERE source_file = ? AND check_code = ?", [SEED.name, code]
    ).fetchall()
    wanted = sorted((row["severity"],) for row in TRUTH if row["code"] == code and row["status"] == "fail")
    assert sorted(found) == wanted


def test_nothing_else_is_raised(con: duckdb.DuckDBPyConnection) -> None:
    raised = con.execute("SELECT DISTINCT check_code FROM finding WHERE source_file = ?", [SEED.name]).fetchall()
    assert {code for (code,) in raised} <= {code for code, statuses in EXPECTED.items() if "fail" in statuses}
