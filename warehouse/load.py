"""Bulk loads: rows of any table from one frame of texts, cast by DuckDB to the types of the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd

Rows = Mapping[str, Sequence[Mapping[str, Any]]]

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


def append(con: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """Insert rows into their tables in the open transaction.

    Values travel as text and are cast to the column's type, so that decimals stay exact. A value that does not fit
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


def adopt_nameless(con: duckdb.DuckDBPyConnection) -> None:
    """Give files that name no department to that of the files beside them, where only one reading holds."""
    for statement in _ADOPTED:
        con.execute(statement)


def mark_current_forms(con: duckdb.DuckDBPyConnection) -> None:
    """Mark, for every department, year and form, the revision loaded last as current."""
    con.execute(_CURRENT_FORMS)


def _insert(con: duckdb.DuckDBPyConnection, table: str, records: Sequence[Mapping[str, Any]]) -> None:
    schema, _, name = table.partition(".")
    types = dict(
        con.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = ? AND table_name = ?",
            [schema, name],
        ).fetchall()
    )
    columns = list(dict.fromkeys(column for record in records for column in record))
    # object columns: pandas would turn texts with None into its own string type
    frame = pd.DataFrame({c: pd.Series([_text(r.get(c)) for r in records], dtype=object) for c in columns})
    listed = ", ".join(f'"{c}"' for c in columns)
    cast = ", ".join(f'CAST("{c}" AS {types[c]})' for c in columns)
    con.register("incoming", frame)
    try:
        con.execute(f"INSERT INTO {table} ({listed}) SELECT {cast} FROM incoming")
    finally:
        con.unregister("incoming")


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return format(value, "f") if isinstance(value, Decimal) else str(value)
