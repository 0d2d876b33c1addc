"""Views that take long to work out are worked out once, when a version is published, and read from tables then.

A run sees the live views, which follow what it loads; readers of a published version see the same names, columns and
rows, kept as tables of schema `served` in the order of departments and years. From one version to the next only the
departments that changed are worked out.
"""

from __future__ import annotations

import duckdb

from warehouse import touched
from warehouse.create import comment, definition

SERVED = {
    "dept_year": "dept_id, fiscal_year",
    "fact_wide": "dept_id, fiscal_year, report_id, concept, item",
    "project_year": "dept_id, fiscal_year, report_id, form_id",
    "restatement": "dept_id, fiscal_year, report_id, concept, item",
    "revision_change": "dept_id, fiscal_year, form_id, concept, item, period",
    "missing_part": "dept_id, fiscal_year, report_id, part",
}
"""The views with the order in which their rows are kept."""
_MOST = 0.1
"""Share of the departments from which on everything is worked out anew, and stands in order again."""


def serve(con: duckdb.DuckDBPyConnection) -> None:
    """Bring the tables up to date with what is loaded, and let the views read them.

    Only the departments that changed since are worked out, unless these are many or other views made the tables. Must
    not be called inside a transaction.
    """
    touched.digest(con)
    if _is_of_these_views(con) and not _are_many(con, touched.changed(con)):
        _renew(con)
    else:
        _make(con)
    con.execute("DETACH touched")
    for view in _there(con):
        row = con.execute(
            "SELECT comment FROM duckdb_views() WHERE schema_name = 'main' AND view_name = ? "
            "AND database_name = current_database()",
            [view],
        ).fetchone()
        con.execute(f"CREATE OR REPLACE VIEW main.{view} AS SELECT * FROM served.{view}")
        said = str(row[0] if row else "").replace("'", "''")
        con.execute(f"COMMENT ON VIEW main.{view} IS '{said}'")
    comment(con, list(SERVED))


def live(con: duckdb.DuckDBPyConnection) -> None:
    """Let the views follow what is loaded again; the tables stay as they were published."""
    if not _tables(con):
        return
    for view in SERVED:
        con.execute(definition(f"main.{view}"))
    comment(con, list(SERVED))


def _make(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of everything, in order. One that is killed here leaves no state, and is made again."""
    con.execute("CREATE SCHEMA IF NOT EXISTS served")
    con.execute("DROP TABLE IF EXISTS served.state")
    for view in _there(con):
        con.execute(f"CREATE OR REPLACE TABLE served.{view} AS SELECT * FROM main.{view} ORDER BY {SERVED[view]}")
    con.execute("CREATE OR REPLACE TABLE served.made_by AS SELECT fingerprint FROM core.schema_version")
    con.execute("CREATE TABLE served.state AS SELECT dept_id, digest, false AS apart FROM touched.digest")


def _renew(con: duckdb.DuckDBPyConnection) -> None:
    """Put the rows of the departments that changed in place of those they had, all or none."""
    if not con.execute("SELECT 1 FROM touched.dept LIMIT 1").fetchone():
        return
    touched.beside(con, list(SERVED))
    con.execute("BEGIN")
    for view, order in SERVED.items():
        con.execute(f"DELETE FROM served.{view} WHERE dept_id IN (SELECT dept_id FROM touched.dept)")
        con.execute(f"INSERT INTO served.{view} SELECT * FROM touched.main.{view} ORDER BY {order}")
    con.execute("DELETE FROM served.state WHERE dept_id IN (SELECT dept_id FROM touched.dept)")
    con.execute(
        "INSERT INTO served.state SELECT dept_id, digest, true FROM touched.digest "
        "WHERE dept_id IN (SELECT dept_id FROM touched.dept)"
    )
    con.execute("COMMIT")


def _are_many(con: duckdb.DuckDBPyConnection, changed: int) -> bool:
    """Whether too many departments changed, with those whose rows stand behind the others already."""
    if not changed:
        return False
    row = con.execute(
        "SELECT (SELECT count(*) FROM (SELECT dept_id FROM served.state WHERE apart UNION FROM touched.dept)), "
        "(SELECT count(*) FROM touched.digest)"
    ).fetchone()
    behind, departments = row or (0, 0)
    return bool(behind > departments * _MOST)


def _is_of_these_views(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether all tables are there, made by the views of this version."""
    if not {*SERVED, "state", "made_by"} <= _tables(con):
        return False
    return bool(con.execute("SELECT 1 FROM served.made_by JOIN core.schema_version USING (fingerprint)").fetchone())


def _there(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Those of the views that are there: a warehouse of another version may lack one."""
    rows = con.execute(
        "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND database_name = current_database()"
    ).fetchall()
    return [view for view in SERVED if (view,) in rows]


def _tables(con: duckdb.DuckDBPyConnection) -> set[str]:
    rows = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'served' AND database_name = current_database()"
    ).fetchall()
    return {row[0] for row in rows}
