"""Cases, each a small report that shows one trap: what it must yield, and what it must not.

`NAME.expected.json` holds only the parts that are certain; each of its rows must be there. `no_fact` and
`no_key_figure_value` name what must not.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.parse import Parsed, parse
from tests import golden
from tests.conftest import ROOT

CASES = sorted(path for path in (ROOT / "tests" / "cases").glob("*.*") if path.suffix in {".txt", ".docx", ".pdf"})
PARTS = {part: table for part, (table, _) in golden.PARTS.items() if part != "unmapped"}


def rows_of(parsed: Parsed, table: str) -> list[dict[str, Any]]:
    forms = {form["form_id"]: form for form in parsed.rows.get("core.form", [])}
    return [{**row, "form_kind": forms[row["form_id"]]["form_kind"]} for row in parsed.rows.get(f"core.{table}", [])]


def holds(row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """True where the row has every value that the case names."""
    return all(golden.equal(column, row.get(column), value) for column, value in wanted.items())


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path) -> None:
    wanted = json.loads(case.with_name(f"{case.stem}.expected.json").read_text(encoding="utf-8"))
    parsed = parse(case.read_bytes())
    assert parsed.status == wanted.get("status", "loaded"), parsed.reason
    assert parsed.reason_code == wanted.get("reason_code")
    reports = parsed.rows.get("core.report", [])
    for column in ("fiscal_year", "dept_name"):
        if column in wanted:
            assert [report[column] for report in reports] == [wanted[column]]
    for part, table in PARTS.items():
        rows = rows_of(parsed, table)
        missing = [row for row in wanted.get(part, []) if not any(holds(found, row) for found in rows)]
        assert missing == [], part
    for fact in wanted.get("no_fact", []):
        banned = fact if isinstance(fact, dict) else {"concept": fact}
        assert [row for row in rows_of(parsed, "fact") if holds(row, banned)] == []
    values = {golden.plain(row["value"]) for row in rows_of(parsed, "key_figure")}
    assert not values & set(wanted.get("no_key_figure_value", []))
    if "unmapped" in wanted:
        assert [row["number"] for row in parsed.rows.get("core.unmapped", [])] == wanted["unmapped"]
    for column in ("project_name", "grade"):
        if column in wanted:
            assert wanted[column] in [form[column] for form in parsed.rows["core.form"]]
    if "forms" in wanted:
        assert sorted(form["form_kind"] for form in parsed.rows["core.form"]) == sorted(wanted["forms"])
    if "reason_seq2" in wanted:
        assert rows_of(parsed, "indicator")[1]["reason"] == wanted["reason_seq2"]
    if wanted.get("goals_actual_not_null"):
        assert all(goal["actual"] for goal in rows_of(parsed, "goal"))
