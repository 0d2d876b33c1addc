"""Which departments changed, by a digest of all that the views kept as tables read of each; and those alone, beside.

The departments that changed are copied with just the columns named here into a database in memory, where the same
views are made over them. A view that reads a column, table or view not named here fails there, so that none can say
something of which the digest does not know.
"""

from __future__ import annotations

import duckdb

from warehouse.create import definition

_READ = {
    "core.department": ("dept_id", "division_code"),
    "core.report": ("dept_id", "report_id", "document_id", "dept_name", "fiscal_year", "loaded_order"),
    "core.succession": ("dept_id", "successor_id", "relation", "since"),
    "raw.file": ("document_id", "status", "source_file"),
    "core.form": ("report_id", "form_id", "form_no", "form_kind", "project_name", "grade", "is_current"),
    "core.fact": (
        "report_id", "form_id", "fact_id", "fact_no", "concept", "item", "period", "value", "unit", "status",
        "raw_text", "origin", "page", "table_no", "row_no", "col_no", "line_no",
    ),
    "core.indicator": (
        "report_id", "form_id", "seq", "name", "target_raw", "target_value", "actual_raw", "actual_value", "weight",
        "score", "reason",
    ),
    "core.section": ("report_id", "form_id", "text"),
    "core.key_figure": ("report_id", "form_id", "concept", "tense", "context", "approximate", "value"),
    "core.checked": ("report_id",),
    "core.finding": ("report_id", "finding_id", "severity"),
    "core.mark": ("finding_id", "mark", "marked_at"),
}  # fmt: skip
"""The columns that the views read; by the first of them a row belongs to a department, through tables above its own."""
_BENEATH = ("core.year_before",)
"""Views that the views read."""
_OWNER = {
    "report_id": "core.report",
    "document_id": "(SELECT DISTINCT document_id, dept_id FROM core.report)",
    "finding_id": "(SELECT f.finding_id, r.dept_id FROM core.finding AS f JOIN core.report AS r USING (report_id))",
}
"""Departments by the columns by which rows belong to them."""
_CHANGED = """
CREATE TABLE touched.dept AS
WITH RECURSIVE changed AS (
    SELECT dept_id
    FROM touched.digest AS n
    FULL JOIN served.state AS o USING (dept_id)
    WHERE n.digest IS DISTINCT FROM o.digest
),
-- what one department says of the year before is held against another from which it came, whoever else came from there
link AS (
    SELECT dept_id, successor_id AS other_id FROM core.succession
    UNION ALL
    SELECT successor_id, dept_id FROM core.succession
),
reached AS (
    FROM changed
    UNION
    SELECT l.other_id FROM reached AS r JOIN link AS l ON l.dept_id = r.dept_id
)
FROM reached
"""


def digest(con: duckdb.DuckDBPyConnection) -> None:
    """Attach `touched` and make `touched.digest`: a number a department that stands for all that the views read of it.

    The sum of the digests of rows, so that their order does not count and every one of them does.
    """
    con.execute("ATTACH ':memory:' AS touched")
    parts = [_summed(table, columns[0], columns) for table, columns in _READ.items()]
    # a succession says something of both
    parts.append(_summed("core.succession", "successor_id", _READ["core.succession"]))
    con.execute(
        "CREATE TABLE touched.digest AS SELECT dept_id, sum(digest)::HUGEINT AS digest "
        f"FROM ({' UNION ALL '.join(parts)}) GROUP BY dept_id"
    )


def changed(con: duckdb.DuckDBPyConnection) -> int:
    """Make `touched.dept`, departments whose digest is not that of `served.state` and their relatives. Their number."""
    con.execute(_CHANGED)
    row = con.execute("SELECT count(*) FROM touched.dept").fetchone()
    return row[0] if row else 0


def beside(con: duckdb.DuckDBPyConnection, views: list[str]) -> None:
    """Make these views in `touched` over the departments of `touched.dept` alone."""
    row = con.execute("SELECT current_database()").fetchone()
    whole = row[0] if row else ""
    held = {"dept_id": "main.dept", "finding_id": "core.finding"}
    con.execute("USE touched")
    con.execute("CREATE SCHEMA core; CREATE SCHEMA raw")
    for table, columns in _READ.items():
        key = columns[0]
        con.execute(
            f"CREATE TABLE {table} AS SELECT {', '.join(columns)} FROM {whole}.{table} "
            f"WHERE {key} IN (SELECT {key} FROM touched.{held.get(key, 'core.report')})"
        )
    for view in [*_BENEATH, *(f"main.{view}" for view in views)]:
        con.execute(definition(view))
    con.execute(f"USE {whole}")


def _summed(table: str, key: str, columns: tuple[str, ...]) -> str:
    """A row a key of a table: the department and the digest of the rows with that key."""
    rows = f"SELECT {key}, sum(hash({', '.join(columns)})) AS digest FROM {table} GROUP BY {key}"
    if key in ("dept_id", "successor_id"):
        return f"SELECT {key} AS dept_id, hash('{table}.{key}', digest) AS digest FROM ({rows})"
    return (
        f"SELECT o.dept_id, hash('{table}', t.{key}, t.digest) AS digest "
        f"FROM ({rows}) AS t JOIN {_OWNER[key]} AS o ON o.{key} = t.{key}"
    )
