"""The public views as one Excel workbook: a sheet a view, typed cells, filters, a header that stays in sight."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.dictionary import View, quoted

_MOST_ROWS = 1_048_575  # of a sheet, below its header
_LONGEST = 32_767  # characters of a cell
_EXACT_DIGITS = 15  # what a number of Excel holds; longer amounts are written as text
_BATCH = 10_000
_WIDTHS = {"VARCHAR": 22, "TIMESTAMP": 19}
_ABOUT = "说明 about"


class MissingLibrary(Exception):
    """The library that writes workbooks is not installed; `str()` is one line for a person."""


def write(
    con: duckdb.DuckDBPyConnection,
    views: list[View],
    path: Path,
    watch: Callable[[str], None] | None = None,
    most_rows: int = _MOST_ROWS,
) -> tuple[dict[str, int], dict[str, int], list[str]]:
    """Write the workbook. Returns rows of each view, rows written of each, and notes on what did not fit."""
    try:
        import xlsxwriter
    except ImportError:
        raise MissingLibrary("Excel needs the library xlsxwriter: pip install 'jixiao[office]'") from None
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    rows: dict[str, int] = {}
    written: dict[str, int] = {}
    notes: list[str] = []
    with xlsxwriter.Workbook(str(path), options) as book:
        # no time of making: the same data give the same workbook
        book.set_properties({"title": "绩效自评数据", "created": datetime(2000, 1, 1)})
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        for view in views:
            if watch:
                watch(view.name)
            rows[view.name], written[view.name], cut = _sheet(con, book, view, formats, most_rows)
            if written[view.name] < rows[view.name]:
                notes.append(
                    f"{view.name}: {written[view.name]:,} of {rows[view.name]:,} rows; a sheet holds no more, "
                    "export to parquet or csv for all"
                )
            if cut:
                notes.append(f"{view.name}: {cut} texts are cut at {_LONGEST:,} characters, the most of a cell")
        _about(book, views, rows, notes, formats["head"])
    return rows, written, notes


def _sheet(
    con: duckdb.DuckDBPyConnection, book: Any, view: View, formats: dict[str, Any], most_rows: int
) -> tuple[int, int, int]:
    sheet = book.add_worksheet(view.name)
    for at, column in enumerate(view.columns):
        sheet.set_column(at, at, _WIDTHS.get(column.type, 13))
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(view.columns):
        sheet.write_string(0, at, column.name, formats["head"])
    cursor = con.execute(f"SELECT * FROM main.{quoted(view.name)}")
    total = written = cut = 0
    while batch := cursor.fetchmany(_BATCH):
        total += len(batch)
        for row in batch[: max(0, most_rows - written)]:
            written += 1
            for at, value in enumerate(row):
                if value is not None:
                    cut += _cell(sheet, written, at, value, formats["time"])
    sheet.autofilter(0, 0, max(written, 1), len(view.columns) - 1)
    return total, written, cut


def _cell(sheet: Any, row: int, at: int, value: Any, time: Any) -> bool:
    """Write one typed cell; True where its text had to be cut."""
    if isinstance(value, bool):
        sheet.write_boolean(row, at, value)
    elif isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > _EXACT_DIGITS:
        sheet.write_string(row, at, format(value.normalize(), "f"))
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, at, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, at, value.replace(microsecond=0), time)
    elif isinstance(value, date):
        sheet.write_string(row, at, value.isoformat())
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        sheet.write_string(row, at, text[:_LONGEST])
        return len(text) > _LONGEST
    return False


def _about(book: Any, views: list[View], rows: dict[str, int], notes: list[str], head: Any) -> None:
    """The last sheet: what each sheet holds, what its columns mean, and what did not fit."""
    sheet = book.add_worksheet(_ABOUT)
    sheet.set_column(0, 2, 22)
    sheet.set_column(3, 4, 60)
    sheet.freeze_panes(1, 0)
    lines: list[list[Any]] = [["view", "column", "rows or type", "中文", "English"]]
    lines += [["note", "", "", note, ""] for note in notes]
    for view in views:
        lines.append([view.name, "", rows[view.name], view.zh, view.en])
        lines += [[view.name, column.name, column.type[:60], column.zh, column.en] for column in view.columns]
    for at, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, int):
                sheet.write_number(at, column, value)
            else:
                sheet.write_string(at, column, value, head if at == 0 else None)
