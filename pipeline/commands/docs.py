"""Writes the data dictionary."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import CallError, Db
from warehouse.settings import database


def docs(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder for the two pages.")] = Path(),
    db: Db = None,
) -> None:
    """Write the data dictionary, dictionary.md and dictionary.html, from the warehouse's own comments.

    Example: jixiao docs build/ --db county.duckdb
    """
    from warehouse.dictionary import views
    from warehouse.pages import dictionary, html, markdown
    from warehouse.query import QueryError, reading

    try:
        with reading(database(db)) as con:
            chapters, number = dictionary(con), len(views(con))
    except QueryError as error:
        raise CallError(str(error)) from error
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (("dictionary.md", markdown(chapters)), ("dictionary.html", html(chapters))):
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise CallError(f"{folder}: {error.strerror}; name a folder that can be written") from error
    typer.echo(f"{number} views explained in {folder / 'dictionary.md'} and {folder / 'dictionary.html'}")
