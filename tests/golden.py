"""Expected results beside the samples: `NAME.expected.json` says what `NAME.txt` must yield, every value of it."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

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
        places = columns if sample.suffix == ".txt" else [c for c in columns if c not in {"line_no", "raw_text"}]
        listed = ", ".join(f'"{column}"' for column in places)
        rows = con.execute(f"SELECT {listed} FROM {view} WHERE source_file = ?", [sample.name]).fetchall()
        want = Counter(tuple(_plain(c, row[c]) for c in places) for row in wanted[part])
        have = Counter(tuple(_plain(c, v) for c, v in zip(places, row, strict=True)) for row in rows)
        told += [f"{part}: missing {_line(places, row)}" for row in (want - have).elements()]
        told += [f"{part}: not expected {_line(places, row)}" for row in (have - want).elements()]
    return told


def dept_year(con: duckdb.DuckDBPyConnection, sample: Path, columns: list[str]) -> dict[str, Any]:
    """The row of dept_year that a sample gives."""
    listed = ", ".join(columns)
    sql = f"SELECT {listed} FROM dept_year WHERE report_id IN (SELECT document_id FROM document WHERE source_file = ?)"
    row = con.execute(sql, [sample.name]).fetchone()
    assert row is not None, f"{sample.name} has no row in dept_year"
    return {column: _plain(column, value) for column, value in zip(columns, row, strict=True)}


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
