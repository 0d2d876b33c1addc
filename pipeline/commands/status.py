"""Shows what a warehouse holds."""

from __future__ import annotations

from pipeline.commands.options import CallError, Db
from warehouse.settings import database


def status(db: Db = None) -> None:
    """Show what the warehouse holds, what was kept out and why, coverage, and the last runs."""
    from pipeline.show import console
    from pipeline.status import show_status
    from warehouse.query import QueryError, reading

    try:
        with reading(database(db)) as con:
            show_status(console(), con)
    except QueryError as error:
        raise CallError(str(error)) from error
