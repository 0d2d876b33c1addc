"""The public views as files: Parquet, CSV that Excel opens safely, or one Excel workbook; with a data package.

Files are written beside their place and moved there when all are done; what an earlier export left and this one does
not write is removed, so a folder always holds one export and nothing stale.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from warehouse.datapackage import FILE, descriptor, resource
from warehouse.dictionary import Code, Column, View, code_lists, quoted, views
from warehouse.query import FORMULA, NUMBER, QueryError, must_exist, unreadable

FORMATS = ("parquet", "csv", "xlsx")
_PARTITION = "fiscal_year"
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
"""What readers of partitioned Parquet take for NULL."""
_PARQUET = "FORMAT parquet, COMPRESSION zstd"
_AT_A_TIME = 2
"""Views that are written at the same time."""
_BOM = b"\xef\xbb\xbf"


class ExportError(Exception):
    """Nothing could be exported; `str()` is one line for a person."""


@dataclass(slots=True)
class Exported:
    """What was written."""

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)
    """Rows of every view."""
    notes: list[str] = field(default_factory=list)
    """What a person should know, such as a sheet that could not hold all rows."""


def export(db: Path, folder: Path, file_format: str, watch: Callable[[str], None] | None = None) -> Exported:
    """Write all public views of the warehouse at `db` into `folder`; `watch` is told of each view before it."""
    must_exist(db)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".export-", dir=folder))
    except OSError as error:
        raise ExportError(f"{folder}: {error.strerror}; name a folder that can be written") from None
    done = Exported(folder)
    try:
        with _open(db, staging) as con:
            lists, all_views = code_lists(con), views(con)
            if file_format == "xlsx":
                resources = _workbook(con, all_views, lists, staging, done, watch)
            else:
                resources = _files(con, all_views, lists, staging, file_format, done, watch)
        text = json.dumps(descriptor(resources), ensure_ascii=False, indent=2) + "\n"
        (staging / FILE).write_text(text, encoding="utf-8")
        _settle(staging, folder)
    except duckdb.IOException as error:
        raise ExportError(f"{folder}: {str(error).splitlines()[0]}") from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return done


@contextmanager
def _open(db: Path, staging: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse, read-only; of the file system only the staging folder can be reached."""
    # attached to a database of its own, so that a notebook that holds the warehouse open can export it
    con = duckdb.connect()
    try:
        source, reachable = (str(path.resolve()).replace("'", "''") for path in (db, staging))
        con.execute(f"ATTACH '{source}' AS warehouse (READ_ONLY)")
        con.execute("USE warehouse")
        con.execute(f"SET allowed_directories = ['{reachable}']")
        con.execute("SET enable_external_access = false")
    except duckdb.Error as error:
        con.close()
        raise unreadable(db, error) from None
    try:
        if not con.execute("SELECT 1 FROM duckdb_views() WHERE NOT internal AND view_name = 'code'").fetchall():
            raise QueryError(f"{db}: made by an earlier version; the next `jixiao ingest` brings its views up to date")
        yield con
    finally:
        con.close()


def _files(
    con: duckdb.DuckDBPyConnection,
    all_views: list[View],
    lists: dict[str, list[Code]],
    staging: Path,
    file_format: str,
    done: Exported,
    watch: Callable[[str], None] | None,
) -> list[dict[str, Any]]:
    """Write every view as a file or more: some at a time, since one alone often has work for one processor only."""
    write = _parquet if file_format == "parquet" else _csv

    def written(view: View) -> tuple[dict[str, Any], int]:
        with con.cursor() as own:
            own.execute("USE warehouse")
            return write(own, view, lists, staging)

    resources = []
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        begun = [pool.submit(written, view) for view in all_views]
        try:
            for view, work in zip(all_views, begun, strict=True):
                if watch:
                    watch(view.name)
                entry, done.rows[view.name] = work.result()
                resources.append(entry)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    return resources


def _parquet(
    con: duckdb.DuckDBPyConnection, view: View, lists: dict[str, list[Code]], staging: Path
) -> tuple[dict[str, Any], int]:
    if any(column.name == _PARTITION for column in view.columns):
        path: str | list[str]
        path, rows = _by_year(con, view, staging)
    else:
        path = f"{view.name}.parquet"
        rows = _copy(con, f"SELECT * FROM main.{quoted(view.name)}", staging / path, _PARQUET)
    return resource(view, path, "parquet", rows, lists, mediatype="application/vnd.apache.parquet"), rows


def _by_year(con: duckdb.DuckDBPyConnection, view: View, staging: Path) -> tuple[list[str], int]:
    """Write a file a year; one query a year takes a third of the time of PARTITION_BY over millions of rows.

    The year stays inside the files too: a file says what it is also where its folder is lost.
    """
    rows = f"SELECT * FROM main.{quoted(view.name)}"
    years = [row[0] for row in con.execute(f"SELECT DISTINCT {_PARTITION} FROM ({rows}) ORDER BY ALL").fetchall()]
    files, written = [], 0
    for year in years:
        folder = f"{view.name}/{_PARTITION}={_NO_YEAR if year is None else year}"
        (staging / folder).mkdir(parents=True)
        files.append(f"{folder}/part-0.parquet")
        only = "IS NULL" if year is None else f"= {int(year)}"
        written += _copy(con, f"{rows} WHERE {_PARTITION} {only}", staging / files[-1], _PARQUET)
    if not files:
        # a view without rows still says what it would hold
        files = [f"{view.name}/empty.parquet"]
        (staging / view.name).mkdir()
        _copy(con, rows, staging / files[0], _PARQUET)
    return sorted(files), written


def _csv(
    con: duckdb.DuckDBPyConnection, view: View, lists: dict[str, list[Code]], staging: Path
) -> tuple[dict[str, Any], int]:
    cells = ", ".join(f"{_cell(column)} AS {quoted(column.name)}" for column in view.columns)
    plain = staging / f"{view.name}.part"
    rows = _copy(con, f"SELECT {cells} FROM main.{quoted(view.name)}", plain, "FORMAT csv, HEADER true")
    target = staging / f"{view.name}.csv"
    with plain.open("rb") as source, target.open("wb") as sink:
        sink.write(_BOM)
        shutil.copyfileobj(source, sink)
    plain.unlink()
    return resource(view, target.name, "csv", rows, lists, encoding="utf-8", mediatype="text/csv"), rows


def _cell(column: Column) -> str:
    """How a column is written in CSV: exact numbers without needless zeros, texts that are never formulas."""
    name = quoted(column.name)
    if column.type.startswith("DECIMAL"):
        return rf"regexp_replace(CAST({name} AS VARCHAR), '\.?0+$', '')"
    if column.type == "TIMESTAMP":
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%S')"
    if column.type.endswith("[]"):
        return f"to_json({name})"
    if column.type == "VARCHAR":
        risky = f"regexp_matches({name}, '{FORMULA}') AND NOT regexp_full_match({name}, '{NUMBER}')"
        return f"CASE WHEN {risky} THEN '''' || {name} ELSE {name} END"
    return name


def _workbook(
    con: duckdb.DuckDBPyConnection,
    all_views: list[View],
    lists: dict[str, list[Code]],
    staging: Path,
    done: Exported,
    watch: Callable[[str], None] | None,
) -> list[dict[str, Any]]:
    from warehouse.workbook import write

    name = "jixiao.xlsx"
    done.rows, written, done.notes = write(con, all_views, staging / name, watch)
    return [
        resource(view, name, "xlsx", written[view.name], lists, dialect={"excel": {"sheet": view.name}})
        for view in all_views
    ]


def _copy(con: duckdb.DuckDBPyConnection, query: str, target: Path, how: str) -> int:
    path = str(target.resolve()).replace("'", "''")
    row = con.execute(f"COPY ({query}) TO '{path}' ({how})").fetchone()
    return int(row[0]) if row else 0


def _settle(staging: Path, folder: Path) -> None:
    """Move what was written into its place; remove what earlier exports left."""
    new = {path.relative_to(staging) for path in staging.rglob("*") if path.is_file()}
    old = _left_by_earlier(folder)
    for path in sorted(new, key=lambda path: path.name == FILE):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(staging / path, place)
    for path in old - new:
        (folder / path).unlink(missing_ok=True)
        for parent in (folder / path).parents:
            if parent == folder or any(parent.iterdir()):
                break
            parent.rmdir()


def _left_by_earlier(folder: Path) -> set[Path]:
    """Files that the data package in the folder names, and partitions of views; nothing outside the folder."""
    paths = {path.relative_to(folder) for path in folder.glob(f"*/{_PARTITION}=*/part-*.parquet")}
    try:
        known = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if known.get("name") != "jixiao":
            return paths
        named = [r["path"] for r in known["resources"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return paths
    for entry in named:
        for path in entry if isinstance(entry, list) else [entry]:
            if isinstance(path, str) and not Path(path).is_absolute() and ".." not in Path(path).parts:
                paths.add(Path(path))
    return {path for path in paths if (folder / path).is_file()}
