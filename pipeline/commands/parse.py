"""Shows what one file yields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.commands.options import CallError


def parse(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One report.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print forms, facts, indicators … as one object.")] = False,
) -> None:
    """Show what one file yields, without a database.

    Example: jixiao parse report.txt
    """
    from pipeline.convert import to_word
    from pipeline.parse import parse as run
    from pipeline.show import console, show_parsed

    try:
        parsed = run(file.read_bytes(), to_word)
    except OSError as error:
        raise CallError(f"{file}: {error.strerror}") from error
    if as_json:
        typer.echo(json.dumps(_parsed_object(file, parsed), ensure_ascii=False, default=_jsonable))
    else:
        show_parsed(console(), parsed)
    raise typer.Exit(0 if parsed.status == "loaded" else 1)


def _parsed_object(file: Path, parsed: Any) -> dict[str, Any]:
    names = (
        "status",
        "reason_code",
        "reason",
        "format",
        "encoding",
        "bytes",
        "pages",
        "sha256",
        "numbers",
        "numbers_mapped",
    )
    about = {"source_file": file.name, **{name: getattr(parsed, name) for name in names}}
    parts = ("report", "form", "fact", "indicator", "goal", "section", "key_figure", "unmapped")
    return {
        **about,
        **{f"{part}s" if part != "unmapped" else part: parsed.rows.get(f"core.{part}", []) for part in parts},
    }


def _jsonable(value: object) -> str:
    from warehouse.query import plain

    return str(plain(value))
