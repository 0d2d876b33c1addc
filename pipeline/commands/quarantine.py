"""Works on files in quarantine."""

from __future__ import annotations

import getpass
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import CallError, Db
from pipeline.settings import check_folders
from warehouse.settings import CONFIG, database

app = typer.Typer(help="Files that could not be read: list, show, retry, release.", no_args_is_help=True)
Names = Annotated[list[str], typer.Argument(metavar="FILE...", help="Ids, names or beginnings of the SHA-256.")]


@app.command("list")
def list_(
    reason: Annotated[str | None, typer.Option(help="Only with this reason code.")] = None,
    source: Annotated[str | None, typer.Option(help="Only from this source.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of objects.")] = False,
    db: Db = None,
) -> None:
    """List what is in quarantine, with the reason, the page it broke on and what to do.

    Example: jixiao quarantine list --reason needs_ocr
    """
    from pipeline.quarantine import held
    from pipeline.show import console, table
    from warehouse.query import QueryError, reading

    try:
        with reading(database(db)) as con:
            found = held(con, reason, source)
    except QueryError as error:
        raise CallError(str(error)) from error
    if as_json:
        rows = [{**asdict(one), "where": one.where, "what_to_do": one.what_to_do} for one in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, default=str))
        return
    columns = ("id", "file", "reason", "where", "in words", "what to do")
    lines = [(o.file_id, o.source_file, o.reason_code, o.where, o.reason, o.what_to_do) for o in found]
    console().print(table(f"In quarantine: {len(found)}", columns, lines))


@app.command()
def show(names: Names, db: Db = None) -> None:
    """Show everything that is known of files in quarantine.

    Example: jixiao quarantine show 绩效自评表.doc
    """
    from pipeline.quarantine import named
    from pipeline.show import console, table
    from warehouse.query import QueryError, reading

    try:
        with reading(database(db)) as con:
            found = named(con, names, released=True)
    except QueryError as error:
        raise CallError(str(error)) from error
    for one in found:
        known = {**asdict(one), "broke on": one.where or None, "what to do": one.what_to_do}
        rows = [(name, value) for name, value in known.items() if value is not None and not name.startswith("reason_p")]
        console().print(table(one.source_file, ("", ""), rows))


@app.command()
def retry(
    names: Annotated[list[str] | None, typer.Argument(metavar="FILE...", help="As of `show`; none with --all.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All files in quarantine.")] = False,
    reason: Annotated[str | None, typer.Option(help="All with this reason code.")] = None,
    seconds: Annotated[float, typer.Option(help="Seconds that a file may take.")] = 120.0,
    memory_mb: Annotated[int, typer.Option(help="Memory that a file may take.")] = 2048,
    file_mb: Annotated[int, typer.Option(help="How large a file may be.")] = 256,
    workers: Annotated[int, typer.Option(min=1, help="Processes that parse.")] = os.cpu_count() or 1,
    config: Annotated[Path, typer.Option(help="The configuration that names the archive.")] = CONFIG,
    db: Db = None,
) -> None:
    """Read files again, with other limits where that helps, and publish what comes of it.

    Example: jixiao quarantine retry --reason time_limit --seconds 900
    """
    from pipeline.archive import ArchiveError, reading
    from pipeline.quarantine import held, named
    from pipeline.quarantine import retry as run
    from pipeline.running.settings import run_settings
    from pipeline.workers import Limits
    from warehouse.publish import BusyError
    from warehouse.query import QueryError
    from warehouse.query import reading as asking

    if bool(names) + everything + bool(reason) != 1:
        raise CallError("name files, or say --all or --reason CODE")
    target = database(db, config)
    try:
        with asking(target) as con:
            files = named(con, names, released=True) if names else held(con, reason)
        archive = reading(run_settings(config, db).archive) if config.is_file() else None
        limits = Limits(seconds=seconds, memory_mb=memory_mb, file_mb=file_mb)
        summary, lost = run(target, files, archive, workers, limits, check_folders(config))
    except (ArchiveError, QueryError, BusyError) as error:
        raise CallError(str(error)) from error
    counts = ", ".join(f"{summary.counts[s]} {s}" for s in ("loaded", "duplicate", "rejected", "quarantined"))
    typer.echo(f"{summary.offered} files read again: {counts}")
    for problem in summary.problems:
        typer.echo(f"{problem['source_file']}: {problem['reason_code']}: {problem['reason']}", err=True)
    for one in lost:
        typer.echo(
            f"{one.source_uri}: its bytes are neither in an archive nor in their place; fetch it again", err=True
        )
    raise typer.Exit(1 if lost else summary.exit_status)


@app.command()
def release(
    names: Names,
    note: Annotated[str, typer.Option(help="Why it need not be read.")],
    by: Annotated[str | None, typer.Option(help="Who says so; default: the user's login name.")] = None,
    db: Db = None,
) -> None:
    """Take files out of quarantine that need not be read. A rebuild keeps to it; a better parser may still load them.

    Example: jixiao quarantine release 食堂照片.pdf --note "不是绩效自评材料" --by 李四
    """
    from pipeline.quarantine import named
    from pipeline.quarantine import release as run
    from warehouse.publish import BusyError
    from warehouse.query import QueryError, reading

    target = database(db)
    try:
        with reading(target) as con:
            files = named(con, names)
        run(target, files, note, by or getpass.getuser())
    except (QueryError, BusyError) as error:
        raise CallError(str(error)) from error
    typer.echo(f"{len(files)} files taken out of quarantine")
