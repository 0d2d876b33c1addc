"""What a warehouse holds, what was kept out and why, how much was understood, and the last runs."""

from __future__ import annotations

import duckdb
from rich.console import Console

from pipeline.show import table

_PARTS = (
    (
        "Files",
        ("status", "reason", "files"),
        "SELECT status, coalesce(reason_code, ''), count(*) FROM document GROUP BY ALL ORDER BY ALL",
    ),
    (
        "Coverage of printed figures",
        ("format", "files", "figures", "understood", "share %"),
        "SELECT format, count(*), sum(numbers) AS n, sum(numbers_mapped) AS m, round(100 * m / n, 2) "
        "FROM document WHERE status = 'loaded' GROUP BY ALL ORDER BY ALL",
    ),
    (
        "Reports by year",
        ("fiscal year", "departments", "in the registry"),
        "SELECT y.fiscal_year, count(*), count(*) FILTER (d.registered) "
        "FROM dept_year AS y JOIN core.department AS d USING (dept_id) GROUP BY ALL ORDER BY ALL",
    ),
    (
        "Words most worth adding",
        ("printed", "reason", "figures", "files"),
        "SELECT left(trim(raw_text), 40), reason, count(*), count(DISTINCT document_id) "
        "FROM unmapped GROUP BY ALL ORDER BY 3 DESC, 1 LIMIT 10",
    ),
    (
        "Last runs",
        ("started (UTC)", "kind", "state", "offered", "loaded", "duplicate", "rejected", "quarantined", "parser"),
        "SELECT strftime(started, '%Y-%m-%d %H:%M:%S'), kind, state, offered, loaded, duplicate, rejected, "
        "quarantined, parser_version FROM core.run ORDER BY started DESC LIMIT 5",
    ),
)


def show_status(out: Console, con: duckdb.DuckDBPyConnection) -> None:
    """Print every part that has something to say."""
    for title, columns, sql in _PARTS:
        rows = con.execute(sql).fetchall()
        if rows:
            out.print(table(title, columns, rows))
