"""Answers a query."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline.commands.options import CallError, Db, Format
from warehouse.settings import database


def sql(
    query: Annotated[str, typer.Argument(metavar="SELECT", help="A read-only query over the public views.")],
    db: Db = None,
    form: Annotated[Format, typer.Option("--format", help="How the result is printed.")] = Format.TABLE,
    timeout: Annotated[float, typer.Option(help="Seconds after which the query is stopped.")] = 300.0,
    max_rows: Annotated[int, typer.Option(min=1, help="Rows of a table; the other formats print all.")] = 1000,
) -> None:
    """Answer one read-only query.

    Example: jixiao sql "SELECT dept_name, three_public FROM dept_year ORDER BY 2 DESC" --format csv
    """
    from pipeline.show import console, show_result
    from warehouse.query import QueryError, answering, as_csv, as_json, as_markdown, reading, run

    try:
        with reading(database(db)) as con:
            if form is Format.TABLE:
                show_result(console(), run(con, query, timeout, max_rows))
                return
            write = {Format.CSV: as_csv, Format.JSON: as_json, Format.MARKDOWN: as_markdown}[form]
            with answering(con, query, timeout) as (columns, batches):
                for piece in write(columns, batches):
                    sys.stdout.write(piece)
    except QueryError as error:
        raise CallError(str(error)) from error
