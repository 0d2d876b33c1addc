"""Read-only queries for people: safe settings, a time limit, and results in four forms."""

from __future__ import annotations

import csv
import difflib
import io
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import regex

from warehouse.publish import open_read_only

_MISSING_TABLE = regex.compile(r"Table with name (\S+) does not exist")
_MISSING_COLUMN = regex.compile(r'(?:Referenced column|column) "([^"]+)" (?:not found|was not found|does not exist)')
_ASKING = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.MULTI}  # MULTI: PIVOT
_BATCH = 2_000
# a cell that a spreadsheet would take for a formula, but for plain numbers and a sign alone; full-width signs count in
# some of them
FORMULA = r"^[=+\-@\t\r\n＝＋－＠](?s:.)"
NUMBER = r"^[+\-]?[0-9][0-9,]*(\.[0-9]+)?%?$"
_Step = TypeVar("_Step")


class QueryError(Exception):
    """A query that cannot be answered; `str()` is one line for a person."""


@dataclass(frozen=True, slots=True)
class Result:
    """Column names and rows; decimals are `Decimal`."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    more: bool = False
    """Only the first rows of a longer answer."""


def must_exist(db: Path) -> None:
    """Raise `QueryError` where there is no warehouse at `db`."""
    if not db.exists():
        raise QueryError(f"{db}: no warehouse there; `jixiao ingest PATH --db {db}` makes one")


def unreadable(db: Path, error: Exception) -> QueryError:
    """What to raise where the file at `db` is no warehouse."""
    return QueryError(f"{db}: not a warehouse that can be read: {_first_line(error)}")


def opened(db: Path, memory_limit: str = "4GB") -> duckdb.DuckDBPyConnection:
    """The published warehouse, for reading only. Raises `QueryError` where there is none."""
    must_exist(db)
    try:
        return open_read_only(db, memory_limit)
    except duckdb.Error as error:
        raise unreadable(db, error) from None


@contextmanager
def reading(db: Path, memory_limit: str = "4GB") -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published warehouse for reading only, with nothing left to configure or to reach outside."""
    con = opened(db, memory_limit)
    try:
        yield con
    finally:
        con.close()


def run(con: duckdb.DuckDBPyConnection, sql: str, seconds: float = 300.0, most_rows: int | None = None) -> Result:
    """Answer one SELECT, interrupted after `seconds`; of a long answer the first `most_rows`.

    Raises `QueryError`, with the nearest names where a view or column is unknown.
    """
    with answering(con, sql, seconds) as (columns, batches):
        rows: list[tuple[Any, ...]] = []
        for batch in batches:
            rows += batch
            if most_rows is not None and len(rows) > most_rows:
                return Result(columns, rows[:most_rows], more=True)
        return Result(columns, rows)


@contextmanager
def answering(
    con: duckdb.DuckDBPyConnection, sql: str, seconds: float = 300.0
) -> Iterator[tuple[list[str], Iterator[list[tuple[Any, ...]]]]]:
    """Column names of the answer, and its rows as they come: an answer of any length takes little memory.

    The database works in a thread, so that Ctrl-C reaches this one at once and stops the query.
    """
    timer = threading.Timer(seconds, con.interrupt)
    timer.daemon = True
    worker = ThreadPoolExecutor(1)

    def step(work: Callable[[], _Step]) -> _Step:
        future = worker.submit(work)
        try:
            return future.result()
        except KeyboardInterrupt:
            con.interrupt()
            with suppress(BaseException):
                future.result(timeout=5)
            raise QueryError("the query was stopped") from None
        except duckdb.InterruptException:
            raise QueryError(f"stopped after {seconds:g} seconds; narrow the query or raise --timeout") from None
        except duckdb.OutOfMemoryException:
            raise QueryError("the query needs more memory than a query may; narrow it") from None
        except duckdb.Error as error:
            raise QueryError(failure(con, error)) from None

    def batches() -> Iterator[list[tuple[Any, ...]]]:
        while batch := step(lambda: con.fetchmany(_BATCH)):
            yield batch

    timer.start()
    try:
        statement = _one_select(con, sql)
        step(lambda: con.execute(statement))
        yield [column[0] for column in con.description or []], batches()
    finally:
        timer.cancel()
        worker.shutdown(wait=False)


def _one_select(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """The one statement of the query; anything else than asking is refused before it runs."""
    try:
        statements = con.extract_statements(sql)
    except duckdb.Error as error:
        raise QueryError(_first_line(error)) from None
    if not statements:
        raise QueryError('nothing is asked; for example "SELECT dept_name, execution FROM dept_year"')
    if len(statements) > 1:
        raise QueryError(f"one query at a time, these are {len(statements)}; a semicolon ends a query")
    kind = statements[0].type
    if kind not in _ASKING:
        raise QueryError(
            f"{kind.name} is refused: the warehouse is open for reading only; "
            "SELECT, DESCRIBE view and SHOW TABLES answer"
        )
    return statements[0]


def failure(con: duckdb.DuckDBPyConnection, error: Exception) -> str:
    """What went wrong in one line, with the nearest names where one is unknown."""
    return _first_line(error) + _nearest(con, str(error))


def plain(value: Any) -> Any:
    """A value as people write it: 263.38 for 263.380000, nothing for NULL."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else value


def _harmless(value: Any) -> Any:
    risky = isinstance(value, str) and regex.match(FORMULA, value) and not regex.fullmatch(NUMBER, value)
    return f"'{value}" if risky else value


def as_csv(columns: Sequence[str], batches: Iterator[list[tuple[Any, ...]]]) -> Iterator[str]:
    """Comma-separated values with a header line, piece by piece; texts are never formulas to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    yield out.getvalue()
    for batch in batches:
        out.seek(0)
        out.truncate()
        writer.writerows([_harmless(plain(value)) for value in row] for row in batch)
        yield out.getvalue()


def as_json(columns: Sequence[str], batches: Iterator[list[tuple[Any, ...]]]) -> Iterator[str]:
    """A list of objects, one a row; decimals are exact numbers."""
    yield "["
    between = ""
    for batch in batches:
        rows = [dict(zip(columns, row, strict=True)) for row in batch]
        marked = json.dumps(rows, default=_json, ensure_ascii=False)
        yield between + regex.sub(r'"\\u0000([^"\\]*)\\u0000"', r"\1", marked)[1:-1]
        between = ", "
    yield "]\n"


def as_markdown(columns: Sequence[str], batches: Iterator[list[tuple[Any, ...]]]) -> Iterator[str]:
    """A Markdown table."""

    def line(cells: Sequence[Any]) -> str:
        return "| " + " | ".join(str(plain(c)).replace("|", "\\|").replace("\n", " ") for c in cells) + " |\n"

    yield line(columns) + line(["---"] * len(columns))
    for batch in batches:
        yield "".join(map(line, batch))


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
