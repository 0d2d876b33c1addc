"""Traces one figure."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import CallError, Db
from warehouse.settings import database


def explain(
    figure: Annotated[
        str, typer.Argument(metavar="FACT_ID", help="Id of a fact or key figure, or a number to look for.")
    ],
    db: Db = None,
) -> None:
    """Trace one figure: file, page or line, table, row, column, raw text, neighbours, what was done to it.

    Example: jixiao explain 265.45
    """
    from pipeline.show import console, show_trace, table
    from warehouse.create import concepts
    from warehouse.query import QueryError, reading
    from warehouse.trace import as_number, ids_of_number, indicators_of_number, trace

    out = console()
    try:
        with reading(database(db)) as con:
            found = [t for t in [trace(con, figure)] if t]
            number = None if found else as_number(figure)
            if number is not None:
                found = [t for i in ids_of_number(con, figure)[:_MOST_EXPLAINED] if (t := trace(con, i))]
            used = indicators_of_number(con, number) if number is not None else []
    except QueryError as error:
        raise CallError(str(error)) from error
    if not found and not used:
        raise CallError(f"{figure}: no fact or key figure has this id or value; view `fact` lists the ids: {_LIST_IDS}")
    for one in found:
        show_trace(out, one, concepts())
        out.print()
    if used:
        columns = list(used[0])
        out.print(table("Indicators with this number", columns, [list(row.values())[: len(columns)] for row in used]))


_MOST_EXPLAINED = 10
_LIST_IDS = '`jixiao sql "SELECT fact_id, concept, value FROM fact"`'
