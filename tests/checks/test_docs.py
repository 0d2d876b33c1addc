"""The check that docs/add-a-check.md shows is a check, and runs."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from pathlib import Path

import duckdb

from tests.checks.cases import Case, load
from tests.conftest import ROOT
from warehouse.check import check
from warehouse.create import create


def test_the_example_in_the_documentation_runs(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "add-a-check.md").read_text(encoding="utf-8")
    body = text.partition("## A whole check\n")[2].partition("## The head")[0]
    (tmp_path / "office.sql").write_text(textwrap.dedent(body).strip(), encoding="utf-8")
    con = duckdb.connect()
    con.execute("ATTACH ':memory:' AS warehouse")
    con.execute("USE warehouse")
    create(con)
    facts = ["base_data three_public_total current_final 2", "base_data official_reception current_final 1.2"]
    load(con, [Case("OFFICE-01", "office-1", {"facts": facts})])
    assert check(con, [tmp_path]).problems == []
    assert con.execute("SELECT message, difference FROM finding WHERE check_code = 'OFFICE-01'").fetchall() == [
        ("公务接待费 1.2 万元，三公经费 2 万元，建议核实。", Decimal("0.2"))
    ]
