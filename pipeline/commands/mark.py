"""Keeps what a person says of a finding."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import CallError, Db
from warehouse.settings import database


def mark(
    finding_id: Annotated[str, typer.Argument(metavar="FINDING_ID", help="As `jixiao findings` shows it.")],
    what: Annotated[str, typer.Argument(metavar="MARK", help="confirmed, explained or false_alarm.")],
    note: Annotated[str | None, typer.Option(help="Why, in words.")] = None,
    by: Annotated[str | None, typer.Option(help="Who says so; default: the user's login name.")] = None,
    db: Db = None,
) -> None:
    """Mark a finding: confirmed, explained or false_alarm. Ingestion never changes a mark.

    Example: jixiao mark 3f9c2a71d0b4e856 explained --note "年中追加工资" --by 李四
    """
    import getpass
    from datetime import UTC, datetime

    from warehouse.findings import set_mark
    from warehouse.publish import BusyError, building
    from warehouse.query import QueryError, must_exist

    target = database(db)
    try:
        must_exist(target)
        with building(target) as run:
            try:
                set_mark(
                    run.con, finding_id, what, note, by or getpass.getuser(), datetime.now(UTC).replace(tzinfo=None)
                )
            except QueryError:
                run.discard()
                raise
            run.publish()
    except (QueryError, BusyError) as error:
        raise CallError(str(error)) from error
    typer.echo(f"{finding_id} marked {what}")
