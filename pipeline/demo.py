"""What an auditor would look at first in a new warehouse: `python -m pipeline.demo DB`, run by `make demo`."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path

import duckdb
from rich.console import Console
from rich.text import Text

from pipeline.show import console, show_trace, table
from warehouse.create import concepts
from warehouse.query import reading
from warehouse.trace import trace

_SHOWN = "中共岳阳市君山区委巡察工作领导小组办公室"


def main(db: Path) -> None:
    """Print the year of one department at a glance, its figures that disagree, and one figure down to its line."""
    out = console()
    with reading(db) as con:
        con.execute("SELECT report_id, dept_id, fiscal_year FROM dept_year WHERE dept_name = ?", [_SHOWN])
        found = con.fetchone()
        if found is None:
            sys.exit(f"jixiao: {db}: the demo shows the report of {_SHOWN}, which this warehouse does not hold")
        report_id, dept_id, year = found
        _glance(out, con, dept_id, year)
        _disagreements(out, con, report_id)
        _one_figure(out, con, report_id)


def _glance(out: Console, con: duckdb.DuckDBPyConnection, dept_id: str, year: int) -> None:
    cursor = con.execute(_query("at-a-glance"), {"dept_id": dept_id, "fiscal_year": year})
    columns = [column[0] for column in cursor.description or []]
    row = cursor.fetchone() or ()
    comments = dict(
        con.execute(
            "SELECT column_name, comment FROM duckdb_columns() WHERE schema_name = 'main' AND table_name = 'dept_year'"
        ).fetchall()
    )
    shown = [
        (name, value, comments[name].partition(" · ")[0])
        for name, value in zip(columns, row, strict=True)
        if value is not None and not name.endswith("_id") and name not in {"dept_name", "fiscal_year"}
    ]
    out.print(Text(f"{year} · {_SHOWN}: the year at a glance (万元, %, 人, 分)", style="bold"))
    out.print(table(None, ("column", "value", "含义"), shown))


def _disagreements(out: Console, con: duckdb.DuckDBPyConnection, report_id: str) -> None:
    rows = con.execute(_query("disagreements"), {"report_id": report_id}).fetchall()
    columns = ("check", "severity", "what is compared", "expected", "stated", "difference", "place")
    out.print(Text("Errors and contradictions that the checks found (表内数据不一致，建议核实)", style="bold"))
    out.print(table(None, columns, rows))


def _one_figure(out: Console, con: duckdb.DuckDBPyConnection, report_id: str) -> None:
    out.print(Text("One figure down to its source line", style="bold"))
    sql = "SELECT fact_id FROM fact WHERE report_id = ? AND concept = 'revenue_general_public_budget'"
    for (fact_id,) in con.execute(sql, [report_id]).fetchall():
        found = trace(con, fact_id)
        if found is not None:
            show_trace(out, found, concepts())


def _query(name: str) -> str:
    return resources.files("warehouse").joinpath(f"queries/{name}.sql").read_text(encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
