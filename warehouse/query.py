"""Read-only queries for people: safe settings, a time limit, and results in four forms."""

from __future__ import annotations

import csv
import difflib
import io
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import regex

from warehouse.publish import open_read_only

_MISSING_TABLE = regex.compile(r"Table with name (\S+) does not exist")
_MISSING_COLUMN = regex.compile(r'(?:Referenced column|column) "([^"]+)" (?:not found|was not found|does not exist)')


class QueryError(Exception):
    """A query that cannot be answered; `str()` is one line for a person."""


@dataclass(frozen=True, slots=True)
class Result:
    """Column names and rows; decimals are `Decimal`."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


@contextmanager
def reading(db: Path, memory_limit: str = "4GB") -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published warehouse for reading only, with nothing left to configure or to reach outside."""
    if not db.exists():
        raise QueryError(f"{db}: no warehouse there; `jixiao ingest PATH --db {db}` makes one")
    try:
        con = open_read_only(db)
    except duckdb.Error as error:
        raise QueryError(f"{db}: not a warehouse that can be read: {_first_line(error)}") from None
    try:
        con.execute(f"SET memory_limit = '{memory_limit}'")
        con.execute("SET lock_configuration = true")
        yield con
    finally:
        con.close()


def run(con: duckdb.DuckDBPyConnection, sql: str, seconds: float = 300.0) -> Result:
    """Answer one SELECT, interrupted after `seconds`.

    Raises `QueryError`, with the nearest names where a view or column is unknown.
    """
    timer = threading.Timer(seconds, con.interrupt)
    timer.start()
    try:
        cursor = con.execute(sql)
        columns = [column[0] for column in cursor.description or []]
        return Result(columns, cursor.fetchall())
    except duckdb.InterruptException:
        raise QueryError(f"stopped after {seconds:g} seconds; narrow the query or raise --timeout") from None
    except duckdb.Error as error:
        raise QueryError(_first_line(error) + _nearest(con, str(error))) from None
    finally:
        timer.cancel()


def plain(value: Any) -> Any:
    """A value as people write it: 263.38 for 263.380000, nothing for NULL."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else value


def as_csv(result: Result) -> str:
    """Comma-separated values with a header line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows([plain(value) for value in row] for row in result.rows)
    return out.getvalue()


def as_json(result: Result) -> str:
    """A list of objects, one a row; decimals are exact numbers."""
    marked = json.dumps(
        [dict(zip(result.columns, row, strict=True)) for row in result.rows], default=_json, ensure_ascii=False
    )
    return regex.sub(r'"\\u0000([^"\\]*)\\u0000"', r"\1", marked)


def as_markdown(result: Result) -> str:
    """A Markdown table."""

    def line(cells: Sequence[Any]) -> str:
        return "| " + " | ".join(str(plain(c)).replace("|", "\\|").replace("\n", " ") for c in cells) + " |"

    return "\n".join([line(result.columns), line(["---"] * len(result.columns)), *map(line, result.rows)])


def _json(value: Any) -> Any:
    # json knows no exact decimals: they travel as marked texts whose quotes are taken off afterwards
    return f"\0{plain(value)}\0" if isinstance(value, Decimal) else str(value)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _nearest(con: duckdb.DuckDBPyConnection, message: str) -> str:
    """The nearest names to one that does not exist."""
    for pattern, sql in (
        (_MISSING_TABLE, "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'"),
        (
            _MISSING_COLUMN,
            "SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main'",
        ),
    ):
        found = pattern.search(message)
        if found:
            names = [row[0] for row in con.execute(sql).fetchall()]
            close = difflib.get_close_matches(found[1].strip("!"), names, n=3, cutoff=0.4)
            return f" Nearest: {', '.join(close)}." if close else f" There are: {', '.join(sorted(names)[:20])}."
    return ""
