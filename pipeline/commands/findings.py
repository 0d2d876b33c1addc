"""Lists findings or writes letters."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.commands.options import CallError, Db
from pipeline.wording import counted
from warehouse.settings import database


class Letters(StrEnum):
    """Forms in which findings are given."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"


def findings(
    dept: Annotated[str | None, typer.Option(help="Part of the department's name, or its id.")] = None,
    year: Annotated[int | None, typer.Option(help="Fiscal year.")] = None,
    severity: Annotated[list[str] | None, typer.Option(help="high, medium, low or info; may be given again.")] = None,
    check: Annotated[list[str] | None, typer.Option(help="Code of a check, e.g. SCO-02; may be given again.")] = None,
    unmarked: Annotated[bool, typer.Option("--unmarked", help="Only those that nobody has marked.")] = False,
    db: Db = None,
    form: Annotated[Letters, typer.Option("--format", help="docx and html are letters to the departments.")] = (
        Letters.TABLE
    ),
    out: Annotated[Path | None, typer.Option(help="File to write; needed for docx and xlsx.")] = None,
) -> None:
    """List findings in words, each with both numbers and their places; or write them as letters.

    Example: jixiao findings --dept 巡察 --severity high --format docx --out letter.docx
    """
    from pipeline.letters.office import as_docx, as_xlsx
    from pipeline.letters.terminal import show_findings
    from pipeline.letters.text import as_csv, as_html, as_json, as_markdown
    from pipeline.show import console
    from warehouse.findings import Wanted
    from warehouse.findings import findings as select
    from warehouse.query import QueryError, reading
    from warehouse.workbook import MissingLibrary

    if form in {Letters.DOCX, Letters.XLSX} and out is None:
        raise CallError(f"--format {form} writes a file: name it with --out FILE.{form}")
    wanted = Wanted(dept, year, tuple(severity or ()), tuple(check or ()), True if unmarked else None)
    try:
        with reading(database(db)) as con:
            found = select(con, wanted)
        if form is Letters.TABLE and out is None:
            show_findings(console(), found)
            return
        writers: dict[Letters, Any] = {
            Letters.MARKDOWN: as_markdown, Letters.CSV: as_csv, Letters.JSON: as_json, Letters.HTML: as_html,
            Letters.DOCX: as_docx, Letters.XLSX: as_xlsx,
        }  # fmt: skip
        if form not in writers:
            raise CallError("--out needs --format markdown, csv, json, html, docx or xlsx")
        content: str | bytes = writers[form](found)
    except (QueryError, MissingLibrary) as error:
        raise CallError(str(error)) from error
    if out is None:
        typer.echo(content, nl=False)
        return
    # Excel knows by the byte order mark that a CSV file is UTF-8
    encoding = "utf-8-sig" if form is Letters.CSV else "utf-8"
    try:
        out.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    except OSError as error:
        raise CallError(f"{out}: {error.strerror}") from error
    typer.echo(f"{counted(len(found), 'finding')} written to {out}")
