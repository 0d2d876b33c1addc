"""Where a figure comes from: its cell or sentence, the cells around it, and what was made of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import duckdb

_FACT = "SELECT * FROM main.fact WHERE fact_id = ?"
_FIGURE = """
SELECT v.*, k.table_no, k.row_no, k.col_no
FROM main.key_figure AS v JOIN core.key_figure AS k USING (key_figure_id) WHERE key_figure_id = ?
"""
_BY_NUMBER = """
SELECT fact_id AS id, 1 AS rank FROM main.fact WHERE value = $n
UNION ALL
SELECT key_figure_id, 2 FROM main.key_figure WHERE value = $n
ORDER BY rank, id
"""
_INDICATORS = """
SELECT name, target_raw, actual_raw, weight, score, source_file, table_no, row_no, line_no, page
FROM main.indicator WHERE $n IN (target_value, target_high, actual_value) ORDER BY source_file, seq
"""
_NEIGHBOURS = """
SELECT c.row_no, c.col_no, c.text FROM raw.cell AS c
WHERE c.document_id = ? AND c.table_no = ? AND c.row_no BETWEEN ? - 1 AND ? + 1 ORDER BY c.row_no, c.col_no
"""

_CELL = "SELECT part, stored_text FROM raw.cell WHERE document_id = ? AND table_no = ? AND row_no = ? AND col_no = ?"


@dataclass(frozen=True, slots=True)
class Trace:
    """All that is known of one fact or key figure."""

    kind: str
    """`fact` or `key_figure`."""
    row: dict[str, Any]
    source_uri: str
    sha256: str
    cells: list[tuple[int, int, str]]
    """Row, column and text of the cells in the row of the figure and the rows next to it."""
    part: str | None = None
    """Sheet of a workbook that holds the figure."""
    stored_text: str | None = None
    """The number that a workbook stores where it shows another."""


def trace(con: duckdb.DuckDBPyConnection, figure_id: str) -> Trace | None:
    """Trace a fact or key figure by its id; None where there is none of this id in the current revisions."""
    for kind, sql in (("fact", _FACT), ("key_figure", _FIGURE)):
        cursor = con.execute(sql, [figure_id])
        found = cursor.fetchone()
        if found is not None:
            row = dict(zip([column[0] for column in cursor.description or []], found, strict=True))
            return _trace(con, kind, row)
    return None


def ids_of_number(con: duckdb.DuckDBPyConnection, text: str) -> list[str]:
    """Ids of the facts and key figures whose value is the number that a person typed, facts first."""
    number = as_number(text)
    return [row[0] for row in con.execute(_BY_NUMBER, {"n": number}).fetchall()] if number is not None else []


def indicators_of_number(con: duckdb.DuckDBPyConnection, number: Decimal) -> list[dict[str, Any]]:
    """Indicators that have the number as target or actual."""
    cursor = con.execute(_INDICATORS, {"n": number})
    columns = [column[0] for column in cursor.description or []]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def as_number(text: str) -> Decimal | None:
    """The number that a person typed, or None."""
    try:
        number = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _trace(con: duckdb.DuckDBPyConnection, kind: str, row: dict[str, Any]) -> Trace:
    document = con.execute(
        "SELECT d.document_id, d.source_uri, d.sha256 FROM core.report AS r "
        "JOIN raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded' WHERE r.report_id = ?",
        [row["report_id"]],
    ).fetchone()
    if document is None:
        raise LookupError(f"report {row['report_id']} has no document")
    document_id, uri, sha256 = document
    at = row.get("row_no")
    cells = con.execute(_NEIGHBOURS, [document_id, row["table_no"], at, at]).fetchall() if at is not None else []
    held = con.execute(_CELL, [document_id, row.get("table_no"), at, row.get("col_no")]).fetchone() or (None, None)
    return Trace(kind, row, uri, sha256, cells, *held)
