"""Writes the public views as files."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import CallError, Db
from warehouse.settings import database


class FileFormat(StrEnum):
    """Formats of export."""

    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for the files; an earlier export is replaced.")],
    db: Db = None,
    form: Annotated[FileFormat, typer.Option("--format", help="Format of the files.")] = FileFormat.PARQUET,
) -> None:
    """Write all public views as files with a data package descriptor.

    Example: jixiao export out/ --format csv
    """
    from rich.console import Console

    from warehouse.export import ExportError
    from warehouse.export import export as run
    from warehouse.query import QueryError
    from warehouse.workbook import MissingLibrary

    started = time.perf_counter()
    try:
        with Console(stderr=True).status("exporting") as line:
            done = run(database(db), folder, form, watch=lambda view: line.update(f"exporting {view}"))
    except (QueryError, ExportError, MissingLibrary) as error:
        raise CallError(str(error)) from error
    for note in done.notes:
        typer.echo(note, err=True)
    rows = sum(done.rows.values())
    typer.echo(f"{len(done.rows)} views, {rows:,} rows written to {folder} in {time.perf_counter() - started:.1f} s")
