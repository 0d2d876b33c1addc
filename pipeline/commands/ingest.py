"""Takes files into the warehouse."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import CallError, Cluster, Db
from pipeline.commands.progress import progress
from pipeline.settings import check_folders, limits
from pipeline.settings import cluster as address
from pipeline.wording import counted
from warehouse.settings import database


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders (recursively) and archives.")],
    db: Db = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that parse; default: one a core.")] = os.cpu_count()
    or 1,
    cluster: Cluster = None,
    time_limit: Annotated[float | None, typer.Option(min=1, help="Seconds a file may take; default 120.")] = None,
    memory_limit: Annotated[int | None, typer.Option(min=256, help="MB a file may take; default 2048.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one summary object.")] = False,
) -> None:
    """Read files, folders and archives into the warehouse. Offering the same bytes again changes nothing.

    Example: jixiao ingest reports/ --db county.duckdb
    """
    from pipeline.ingest import ingest as run
    from pipeline.workers import PoolError, opened
    from warehouse.publish import BusyError

    allowed = limits(seconds=time_limit, memory_mb=memory_limit)
    try:
        with opened(workers, allowed, address(cluster)) as pool, progress() as stage:
            reading, checking = stage("reading", "files"), stage("checking", "checks")
            summary = run(
                paths, database(db), pool, watch=reading, check_folders=check_folders(), watch_checks=checking
            )
    except (FileNotFoundError, BusyError, PoolError) as error:
        raise CallError(str(error)) from error
    if as_json:
        typer.echo(json.dumps(summary.as_dict(), ensure_ascii=False))
    else:
        counts = ", ".join(f"{summary.counts[s]} {s}" for s in ("loaded", "duplicate", "rejected", "quarantined"))
        aside = f", {summary.ignored} left out by .jixiaoignore" if summary.ignored else ""
        typer.echo(f"{summary.offered} files offered: {counts}, {summary.known} known before{aside}")
        added = f"{summary.facts} facts and {summary.indicators} indicators added to {summary.db}"
        nothing_new = summary.known == summary.offered
        typer.echo(f"nothing new in {summary.seconds:.1f} s" if nothing_new else f"{added} in {summary.seconds:.1f} s")
        if summary.findings:
            typer.echo(f"{counted(summary.findings, 'finding')} in the reports checked; `jixiao findings` lists them")
    for broken in summary.broken_checks:
        print(broken, file=sys.stderr)
    for problem in summary.problems:
        print(
            f"{problem['source_file']}: {problem['status']}, {problem['reason_code']}: {problem['reason']}",
            file=sys.stderr,
        )
    raise typer.Exit(summary.exit_status)
