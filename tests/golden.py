"""Expected results beside the samples: `NAME.expected.json` says what `NAME.txt` must yield, every value of it."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipeline.parse import Parsed

FACT = ["form_kind", "concept", "item", "period", "period_year", "value", "unit", "status", "raw_text", "line_no"]
INDICATOR = [
    "seq",
    "level1",
    "level1_raw",
    "level1_weight_declared",
    "level2",
    "level2_raw",
    "name",
    "target_raw",
    "target_op",
    "target_value",
    "target_high",
    "target_unit",
    "target_kind",
    "actual_raw",
    "actual_value",
    "actual_unit",
    "weight",
    "score",
    "reason",
    "direction",
    "met",
    "line_no",
]
GOAL = ["seq", "expected", "actual"]
SECTION = ["level", "number", "heading", "line_no"]
KEY_FIGURE = ["section", "value", "unit", "concept", "sentence", "line_no", "approximate"]
UNMAPPED = ["raw_text", "line_no"]
PARTS = {
    "facts": ("fact", FACT),
    "indicators": ("indicator", INDICATOR),
    "goals": ("goal", GOAL),
    "sections": ("section", SECTION),
    "key_figures": ("key_figure", KEY_FIGURE),
    "unmapped": ("unmapped", UNMAPPED),
}
# what a person may count as an output without a code of its own
_NO_CODE = {"performance_output": None}


def expected(sample: Path) -> dict[str, Any]:
    """What stands beside a sample; a sample without it is an error that says what to do."""
    file = sample.with_name(sample.stem + ".expected.json")
    if not file.exists():
        raise AssertionError(f"{sample.name} has no {file.name}: write what it must yield, by reading the report")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def differences(con: duckdb.DuckDBPyConnection, sample: Path, wanted: dict[str, Any]) -> list[str]:
    """Every row that is missing from the views or that they have too much, as lines to read."""
    told = []
    for part, (view, columns) in PARTS.items():
        columns = _with_project(view, columns, wanted[part])
        listed = ", ".join(f'"{column}"' for column in columns)
        rows = con.execute(f"SELECT {listed} FROM {view} WHERE source_file = ?", [sample.name]).fetchall()
        told += _compared(part, columns, wanted[part], [dict(zip(columns, row, strict=True)) for row in rows])
    return told


def differences_without_places(parsed: Parsed, wanted: dict[str, Any]) -> list[str]:
    """The same for one parsed file of another format: its places and raw line breaks are its own."""
    of_form = ("form_kind", "project_name")
    forms = {form["form_id"]: {c: form[c] for c in of_form} for form in parsed.rows.get("core.form", [])}
    told = []
    for part, (table, columns) in PARTS.items():
        own = [
            column for column in _with_project(table, columns, wanted[part]) if column not in {"line_no", "raw_text"}
        ]
        rows = [{**row, **forms.get(row.get("form_id"), {})} for row in parsed.rows.get(f"core.{table}", [])]
        told += _compared(part, own, wanted[part], rows)
    return told


def _with_project(view: str, columns: list[str], wanted: list[dict[str, Any]]) -> list[str]:
    """The columns to compare: with the project where the expectation says of which one a row is."""
    named = view in {"fact", "indicator"} and any("project_name" in row for row in wanted)
    return [*columns, "project_name"] if named else columns


def _compared(part: str, columns: list[str], wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[str]:
    want = Counter(tuple(_plain(c, row.get(c)) for c in columns) for row in wanted)
    have = Counter(tuple(_plain(c, row[c]) for c in columns) for row in found)
    told = [f"{part}: missing {_line(columns, row)}" for row in (want - have).elements()]
    return told + [f"{part}: not expected {_line(columns, row)}" for row in (have - want).elements()]


def dept_year(con: duckdb.DuckDBPyConnection, sample: Path, columns: list[str]) -> dict[str, Any]:
    """The row of dept_year that a sample gives."""
    listed = ", ".join(columns)
    sql = f"SELECT {listed} FROM dept_year WHERE report_id IN (SELECT document_id FROM document WHERE source_file = ?)"
    row = con.execute(sql, [sample.name]).fetchone()
    assert row is not None, f"{sample.name} has no row in dept_year"
    return {column: _plain(column, value) for column, value in zip(columns, row, strict=True)}


def equal(column: str, found: Any, wanted: Any) -> bool:
    """True where a found value is the wanted one; numbers compare as numbers, a year that no header names is open."""
    if column == "period_year":
        return found is None or wanted is None or int(found) == int(wanted)
    return bool(_plain(column, found) == _plain(column, wanted))


def plain(value: Any) -> Any:
    """A number as its shortest exact text, anything else as it is."""
    return _plain("", value)


def _plain(column: str, value: Any) -> Any:
    if column == "concept":
        return _NO_CODE.get(value, value)
    numeric = column in _NUMERIC or column == ""
    if isinstance(value, Decimal) or (numeric and isinstance(value, str) and value):
        return format(Decimal(value).normalize(), "f")
    return value


_NUMERIC = {"value", "level1_weight_declared", "target_value", "target_high", "actual_value", "weight", "score"}


def _line(columns: list[str], row: tuple[Any, ...]) -> str:
    return ", ".join(f"{c}={v!r}" for c, v in zip(columns, row, strict=True) if v is not None)
