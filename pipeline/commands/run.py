"""Makes one scheduled pass."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import CallError, Cluster, Db
from pipeline.commands.progress import progress


class Logs(StrEnum):
    """Forms of the log."""

    TEXT = "text"
    JSON = "json"


def run(
    config: Annotated[Path, typer.Option(help="The configuration: sources, archive, warehouse.")] = Path("jixiao.toml"),
    db: Db = None,
    source: Annotated[list[str] | None, typer.Option(help="Only this source; may be given again.")] = None,
    accept: Annotated[
        list[str] | None, typer.Option(help="Let this source yield less than its floor; may be given again.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be fetched; change nothing.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that parse; default: one a core.")] = None,
    cluster: Cluster = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one summary object.")] = False,
    logs: Annotated[Logs, typer.Option("--log", help="Form of the log on standard error.")] = Logs.TEXT,
) -> None:
    """Make one pass: look at every source, fetch what is new, ingest, check, publish.

    Example: jixiao run --config /etc/jixiao/jixiao.toml
    """
    from pipeline.archive import ArchiveError, LockedError
    from pipeline.running.logs import set_up
    from pipeline.running.run import run as make
    from pipeline.running.settings import run_settings
    from warehouse.publish import BusyError

    settings = run_settings(config, db, workers, cluster)
    names = {one.name for one in settings.sources}
    for name in [*(source or []), *(accept or [])]:
        if name not in names:
            raise CallError(f"{name}: no source of {config} has this name; there are: {', '.join(sorted(names))}")
    if not settings.sources:
        raise CallError(f"{config}: no [[source]] in it; docs/operate.md shows some")
    set_up(logs is Logs.JSON)
    try:
        if dry_run:
            raise typer.Exit(_show(settings, source or []))
        with progress() as stage:
            summary = make(settings, source or [], accept or [], stage("reading", "files"))
    except LockedError as error:
        typer.echo(f"{error}; this one ends")
        raise typer.Exit(0) from None
    except (ArchiveError, BusyError) as error:
        raise CallError(str(error)) from error
    typer.echo(json.dumps(summary.as_dict(), ensure_ascii=False) if as_json else summary.words())
    raise typer.Exit(summary.exit_status)


def _show(settings: object, only: list[str]) -> int:
    """Print what a pass would fetch; 1 where something could not be looked at."""
    from pipeline.archive import reading
    from pipeline.running.looking import listed
    from pipeline.running.settings import RunSettings
    from pipeline.sources.events import Failed

    assert isinstance(settings, RunSettings)
    archive, failed = reading(settings.archive), 0
    for source in settings.sources:
        if only and source.name not in only:
            continue
        events = listed(archive, source)
        wanted = [event for event in events if not isinstance(event, Failed)]
        typer.echo(f"{source.name}: {len(wanted)} to fetch")
        for one in wanted:
            typer.echo(f"  {one.name}  {one.address}")
        for event in events:
            if isinstance(event, Failed):
                failed += 1
                typer.echo(f"  not reached: {event.address}: {event.what}", err=True)
    return 1 if failed else 0
