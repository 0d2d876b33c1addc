"""Bulk loads: rows of any table from one frame of texts, cast by DuckDB to the types of the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from warehouse.columns import Records, gathered

Rows = Mapping[str, Records]

_CURRENT_FORMS = """
UPDATE core.form SET is_current = ranked.is_current
FROM (
    SELECT m.form_id, r.loaded_order = max(r.loaded_order) OVER (
        PARTITION BY r.dept_id, coalesce(r.fiscal_year, 0), m.form_kind, coalesce(m.project_name, '')
    ) AS is_current
    FROM core.form AS m
    JOIN core.report AS r USING (report_id)
) AS ranked
WHERE ranked.form_id = core.form.form_id AND ranked.is_current <> core.form.is_current
"""


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
    new = {record["dept_id"]: record for record in records if record["dept_id"] not in known}
    if new:
        _insert(con, "core.department", list(new.values()))


def departments(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None, str | None]]:
    """Id, name and division code of every department."""
    return con.execute("SELECT dept_id, name, division_code FROM core.department ORDER BY dept_id").fetchall()


def replace_successions(con: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make `core.succession` hold these rows."""
    con.execute("DELETE FROM core.succession")
    append(con, {"core.succession": rows})


def mark_current_forms(con: duckdb.DuckDBPyConnection) -> None:
    """Mark, for every department, year and form, the revision loaded last as current."""
    con.execute(_CURRENT_FORMS)


def _insert(con: duckdb.DuckDBPyConnection, table: str, records: Records) -> None:
    schema, _, name = table.partition(".")
    types = dict(
        con.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = ? AND table_name = ?",
            [schema, name],
        ).fetchall()
    )
    columns = gathered(records)
    frame = pd.DataFrame({name: _series(values) for name, values in columns.items()}, copy=False)
    listed = ", ".join(f'"{c}"' for c in columns)
    cast = ", ".join(f'CAST("{c}" AS {types[c]})' for c in columns)
    con.register("incoming", frame)
    try:
        con.execute(f"INSERT INTO {table} ({listed}) SELECT {cast} FROM incoming")
    finally:
        con.unregister("incoming")


def _series(values: list[Any]) -> pd.Series[Any]:
    """A column as DuckDB reads it best: whole numbers and truths as they are, all else as text."""
    kinds = set(map(type, values))
    if kinds == {int}:
        return pd.Series(np.array(values, dtype=np.int64), copy=False)
    if kinds == {bool}:
        return pd.Series(np.array(values, dtype=np.bool_), copy=False)
    texts = values if kinds <= {str, type(None)} else [_text(value) for value in values]
    # objects: pandas would turn texts with None into its own string type
    array = np.empty(len(texts), dtype=object)
    array[:] = texts
    return pd.Series(array, dtype=object, copy=False)


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return format(value, "f") if isinstance(value, Decimal) else str(value)
