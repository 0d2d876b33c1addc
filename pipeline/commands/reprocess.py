"""Makes the warehouse anew from its archive."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import CallError, Db
from pipeline.commands.progress import progress

if TYPE_CHECKING:
    from pipeline.running.reprocess import Reprocessed


def reprocess(
    config: Annotated[Path, typer.Option(help="The configuration: sources, archive, warehouse.")] = Path("jixiao.toml"),
    db: Db = None,
    publish: Annotated[bool, typer.Option("--publish", help="Publish without asking.")] = False,
    drop: Annotated[
        bool, typer.Option("--drop", help="Publish even where loaded files are neither archived nor in their place.")
    ] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that parse; default: one a core.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the differences as one object.")] = False,
) -> None:
    """Rebuild the warehouse from its archive, show what differs, and publish it where that is wanted.

    Example: jixiao reprocess --publish
    """
    from pipeline.archive import ArchiveError, LockedError
    from pipeline.running.reprocess import reprocess as make
    from pipeline.running.settings import run_settings
    from pipeline.show import console
    from warehouse.publish import BusyError
    from warehouse.query import QueryError, must_exist

    settings = run_settings(config, db, workers)

    def wanted(done: Reprocessed) -> bool:
        if not as_json:
            _show(console(), done)
        if done.lost and not drop:
            return False
        return publish or (sys.stdin.isatty() and not as_json and typer.confirm("Publish it?"))

    try:
        must_exist(settings.db)
        with progress() as stage:
            done = make(settings, wanted, stage("reading", "files"))
    except (LockedError, BusyError, ArchiveError, QueryError) as error:
        raise CallError(str(error)) from error
    if as_json:
        typer.echo(json.dumps(done.as_dict(), ensure_ascii=False))
    elif done.published is not None:
        typer.echo(f"published as {done.published.name}")
    elif publish and done.lost:
        raise CallError(f"not published: {len(done.lost)} loaded files would be lost; --drop publishes without them")
    else:
        typer.echo("not published; --publish does it")


def _show(out: object, done: Reprocessed) -> None:
    from rich.console import Console

    from pipeline.show import table

    assert isinstance(out, Console)
    rows = [(d.kind, d.added, d.lost, d.changed) for d in done.differences]
    out.print(table("What the rebuild changes", ("", "added", "lost", "changed"), rows))
    for difference in done.differences:
        if difference:
            examples = [(e.source_file, e.what, e.before, e.after) for e in difference.examples]
            out.print(table(f"{difference.kind}: examples", ("file", "what", "before", "after"), examples))
    if done.lost:
        out.print(
            table("Loaded files that nothing holds any more", ("address",), [(address,) for address in done.lost])
        )
