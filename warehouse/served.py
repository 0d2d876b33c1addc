"""Views that take long to work out are worked out once, when a version is published, and read from tables then.

A run sees the live views, which follow what it loads; readers of a published version see the same names, columns and
rows, kept as tables of schema `served` in the order of departments and years.
"""

from __future__ import annotations

import duckdb

from warehouse.create import comment, definition

SERVED = {
    "dept_year": "dept_id, fiscal_year",
    "fact_wide": "dept_id, fiscal_year, report_id, concept, item",
    "project_year": "dept_id, fiscal_year, report_id, form_id",
    "restatement": "dept_id, fiscal_year, report_id, concept, item",
    "revision_change": "dept_id, fiscal_year, form_id, concept, item, period",
    "missing_part": "dept_id, fiscal_year, report_id, part",
}
"""The views with the order in which their rows are kept; each may read those before it."""


def serve(con: duckdb.DuckDBPyConnection) -> None:
    """Keep the rows of these views as tables, and let the views read them."""
    con.execute("CREATE SCHEMA IF NOT EXISTS served")
    there = {
        row[0]
        for row in con.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND database_name = current_database()"
        ).fetchall()
    }
    for view, order in SERVED.items():
        if view not in there:
            continue
        row = con.execute(
            "SELECT comment FROM duckdb_views() WHERE schema_name = 'main' AND view_name = ? "
            "AND database_name = current_database()",
            [view],
        ).fetchone()
        con.execute(f"CREATE OR REPLACE TABLE served.{view} AS SELECT * FROM main.{view} ORDER BY {order}")
        con.execute(f"CREATE OR REPLACE VIEW main.{view} AS SELECT * FROM served.{view}")
        said = str(row[0] if row else "").replace("'", "''")
        con.execute(f"COMMENT ON VIEW main.{view} IS '{said}'")
    comment(con, list(SERVED))


def live(con: duckdb.DuckDBPyConnection) -> None:
    """Let the views follow what is loaded again; the tables go."""
    kept = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'served' AND database_name = current_database()"
    ).fetchall()
    if not kept:
        return
    for view in SERVED:
        con.execute(definition(view))
    comment(con, list(SERVED))
    for (table,) in kept:
        con.execute(f'DROP TABLE served."{table}"')
