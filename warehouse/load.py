"""Bulk loads: rows of any table from one frame of texts, cast by DuckDB to the types of the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from warehouse.columns import Records, gathered

_BY_PAGE = """
UPDATE core.report SET dept_id = s.dept_id, dept_name = s.dept_name, named_by = 'page'
FROM (
    SELECT f.page_uri, min(r.dept_id) AS dept_id, min_by(r.dept_name, (r.loaded_order, r.report_id)) AS dept_name
    FROM raw.file AS f
    JOIN core.report AS r USING (document_id)
    WHERE f.status = 'loaded' AND f.page_uri IS NOT NULL AND r.dept_name IS NOT NULL
    GROUP BY f.page_uri
    HAVING count(DISTINCT r.dept_id) = 1
) AS s
JOIN raw.file AS f ON f.page_uri = s.page_uri AND f.status = 'loaded'
WHERE report.document_id = f.document_id AND report.dept_name IS NULL AND contains(f.page_title, s.dept_name)
"""
_RELEASED = "'taken out of quarantine by ' || released_by || ': ' || note"
Rows = Mapping[str, Records]
_NONE = type(None)

_CURRENT_FORMS = """
UPDATE core.form SET is_current = ranked.is_current
FROM (
    -- members of one archive, or a file from elsewhere, may have the same order
    SELECT m.form_id, (r.loaded_order, r.document_id) = max((r.loaded_order, r.document_id)) OVER (
        PARTITION BY r.dept_id, coalesce(r.fiscal_year, 0), m.form_kind, coalesce(m.project_name, '')
    ) AS is_current
    FROM core.form AS m
    JOIN core.report AS r USING (report_id)
) AS ranked
WHERE ranked.form_id = core.form.form_id AND ranked.is_current <> core.form.is_current
"""

_ADOPTED = (
    "UPDATE core.report SET dept_id = nameless_id, dept_name = NULL, nameless_id = NULL WHERE nameless_id IS NOT NULL",
    """
WITH held AS (
    -- published together: in one folder, or in one folder of an archive; a server's folder of uploads says nothing
    SELECT r.*, regexp_replace(f.source_uri, '/[^/]*$', '') AS bundle
    FROM core.report AS r
    JOIN raw.file AS f ON f.document_id = r.document_id AND f.status = 'loaded'
    WHERE starts_with(f.source_uri, 'file:') OR contains(f.source_uri, '!/')
),
owner AS (
    SELECT bundle, any_value(dept_id) AS dept_id, max_by(dept_name, loaded_order) AS dept_name,
        list(DISTINCT fiscal_year) AS years
    FROM held
    WHERE dept_name IS NOT NULL
    GROUP BY bundle
    HAVING count(DISTINCT dept_id) = 1
),
-- forms that two files of the bundle and year hold: which of them is meant nobody can say
twice AS (
    SELECT h.bundle, h.fiscal_year, m.form_kind
    FROM held AS h
    JOIN core.form AS m USING (report_id)
    GROUP BY ALL
    HAVING count(DISTINCT h.report_id) > 1
),
adopted AS (
    SELECT h.report_id, o.dept_id, o.dept_name
    FROM held AS h
    JOIN owner AS o ON o.bundle = h.bundle AND list_contains(o.years, h.fiscal_year)
    WHERE h.dept_name IS NULL AND NOT EXISTS (
        FROM core.form AS m
        JOIN twice AS t ON t.bundle = h.bundle AND t.fiscal_year = h.fiscal_year AND t.form_kind = m.form_kind
        WHERE m.report_id = h.report_id
    )
)
UPDATE core.report SET nameless_id = core.report.dept_id, dept_id = adopted.dept_id, dept_name = adopted.dept_name
FROM adopted
WHERE adopted.report_id = core.report.report_id
""",
)


class transaction:
    """Commit at the end of the block, roll back where it fails."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Work on this connection."""
        self.con = con

    def __enter__(self) -> None:
        """Begin."""
        self.con.execute("BEGIN")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End."""
        self.con.execute("COMMIT" if kind is None else "ROLLBACK")


def append(con: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """Insert rows into their tables in the open transaction.

    Decimals travel as text and are cast to the column's type, so that they stay exact. A value that does not fit
    its column is an error, never a truncation.
    """
    for table, records in rows.items():
        if records:
            _insert(con, table, records)


def add_departments(con: duckdb.DuckDBPyConnection, records: Sequence[Mapping[str, Any]]) -> None:
    """Insert the departments that the warehouse does not hold yet."""
    known = {row[0] for row in con.execute("SELECT dept_id FROM core.department").fetchall()}
    # the name met first stays, wherever a batch ends
    new = {record["dept_id"]: record for record in reversed(records) if record["dept_id"] not in known}
    if new:
        _insert(con, "core.department", list(reversed(new.values())))


def departments(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None, str | None]]:
    """Id, name and division code of every department."""
    return con.execute("SELECT dept_id, name, division_code FROM core.department ORDER BY dept_id").fetchall()


def replace_successions(con: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make `core.succession` hold these rows."""
    con.execute("DELETE FROM core.succession")
    append(con, {"core.succession": rows})


def place_reports(con: duckdb.DuckDBPyConnection, orders: Mapping[str, int]) -> None:
    """Set the order of the reports of files by the ids of the files: what an address holds again is current again."""
    con.execute(
        "UPDATE core.report SET loaded_order = f.place FROM ("
        "SELECT document_id, place FROM raw.file JOIN (SELECT unnest(?) AS file_id, unnest(?::BIGINT[]) AS place) "
        "USING (file_id) WHERE status = 'loaded') AS f "
        "WHERE report.document_id = f.document_id AND report.loaded_order <> f.place",
        [list(orders), list(orders.values())],
    )


def name_by_page(con: duckdb.DuckDBPyConnection) -> None:
    """Give reports that name nobody the department of their page.

    A base data sheet published as a file of its own often names no department. Its page does, where the title of the
    page holds the name that the other files on it print, and they all print one.
    """
    con.execute(
        "UPDATE core.report SET dept_id = 'unknown-other-' || document_id, dept_name = NULL, named_by = NULL "
        "WHERE named_by = 'page'"
    )
    con.execute(_BY_PAGE)


def released(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Digests of files that a person took out of quarantine, each with the reason in words; the last word counts."""
    return dict(con.execute(f"SELECT sha256, {_RELEASED} FROM core.released ORDER BY released_at").fetchall())


def release(con: duckdb.DuckDBPyConnection, sha256: str, note: str, by: str, at: datetime) -> None:
    """Take the files with these bytes out of quarantine, on somebody's word."""
    with transaction(con):
        con.execute("INSERT INTO core.released VALUES (?, ?, ?, ?)", [sha256, note, by, at])
        con.execute(
            "UPDATE raw.file SET status = 'rejected', reason_code = 'released', reason = ? "
            "WHERE sha256 = ? AND status = 'quarantined'",
            [released(con)[sha256], sha256],
        )


def adopt_nameless(con: duckdb.DuckDBPyConnection) -> None:
    """Give files that name no department to that of the files beside them, where only one reading holds."""
    for statement in _ADOPTED:
        con.execute(statement)


def mark_current_forms(con: duckdb.DuckDBPyConnection) -> None:
    """Mark, for every department, year and form, the revision loaded last as current."""
    con.execute(_CURRENT_FORMS)


def _insert(con: duckdb.DuckDBPyConnection, table: str, records: Records) -> None:
    schema, _, name = table.partition(".")
    types = dict(
        con.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? "
            "AND database_name = current_database()",
            [schema, name],
        ).fetchall()
    )
    columns = gathered(records)
    frame = pd.DataFrame({name: _series(values, types[name]) for name, values in columns.items()}, copy=False)
    listed = ", ".join(f'"{c}"' for c in columns)
    cast = ", ".join(f'CAST("{c}" AS {types[c]})' for c in columns)
    con.register("incoming", frame)
    try:
        con.execute(f"INSERT INTO {table} ({listed}) SELECT {cast} FROM incoming")
    finally:
        con.unregister("incoming")


def _series(values: list[Any], column: str) -> pd.Series[Any]:
    """A column as DuckDB reads it best: whole numbers, doubles and truths as they are, all else as text."""
    kinds = set(map(type, values))
    if kinds == {int}:
        return pd.Series(np.array(values, dtype=np.int64), copy=False)
    if kinds == {int, _NONE}:
        return pd.Series(pd.arrays.IntegerArray(np.array([v or 0 for v in values], np.int64), _missing(values)))
    if column == "DOUBLE" and kinds == {float}:
        return pd.Series(np.array(values, dtype=np.float64), copy=False)
    if column == "DOUBLE" and kinds == {float, _NONE}:
        return pd.Series(pd.arrays.FloatingArray(np.array([v or 0.0 for v in values], np.float64), _missing(values)))
    if kinds == {bool}:
        return pd.Series(np.array(values, dtype=np.bool_), copy=False)
    texts = values if kinds <= {str, _NONE} else [_text(value) for value in values]
    # objects: pandas would turn texts with None into its own string type
    array = np.empty(len(texts), dtype=object)
    array[:] = texts
    return pd.Series(array, dtype=object, copy=False)


def _missing(values: list[Any]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.fromiter((value is None for value in values), np.bool_, len(values))


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return format(value, "f") if isinstance(value, Decimal) else str(value)
