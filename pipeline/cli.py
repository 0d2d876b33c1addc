"""The command line.

Exit status: 0 all well, 1 some file was not taken, 2 the call was wrong or nothing could be done.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from pipeline import __version__
from pipeline.commands.docs import docs
from pipeline.commands.export import export
from pipeline.commands.options import CallError, Db
from pipeline.commands.sql import sql
from pipeline.settings import SettingsError, check_folders, database

app = typer.Typer(
    name="jixiao",
    help="绩效: self-evaluation reports of Chinese departments in one warehouse, with the place of every figure.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_ClickException: type[Exception] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"jixiao {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Read by `main` before the command runs."""


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders (recursively).")],
    db: Db = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that parse; default: one a core.")] = os.cpu_count()
    or 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one summary object.")] = False,
) -> None:
    """Read files and folders into the warehouse. Offering the same bytes again changes nothing.

    Example: jixiao ingest reports/ --db county.duckdb
    """
    from pipeline.ingest import ingest as run
    from warehouse.publish import BusyError

    try:
        with _progress() as watch:
            summary = run(paths, database(db), workers, watch=watch, check_folders=check_folders())
    except (FileNotFoundError, BusyError) as error:
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
            typer.echo(f"{summary.findings} findings in the reports checked; `jixiao findings` lists them")
    for broken in summary.broken_checks:
        print(broken, file=sys.stderr)
    for problem in summary.problems:
        print(
            f"{problem['source_file']}: {problem['status']}, {problem['reason_code']}: {problem['reason']}",
            file=sys.stderr,
        )
    raise typer.Exit(summary.exit_status)


@app.command()
def parse(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One report.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print forms, facts, indicators … as one object.")] = False,
) -> None:
    """Show what one file yields, without a database.

    Example: jixiao parse report.txt
    """
    from pipeline.parse import parse as run
    from pipeline.show import console, show_parsed

    try:
        parsed = run(file.read_bytes())
    except OSError as error:
        raise CallError(f"{file}: {error.strerror}") from error
    if as_json:
        typer.echo(json.dumps(_parsed_object(file, parsed), ensure_ascii=False, default=_jsonable))
    else:
        show_parsed(console(), parsed)
    raise typer.Exit(0 if parsed.status == "loaded" else 1)


app.command()(sql)
app.command()(export)
app.command()(docs)


@app.command()
def explain(
    figure: Annotated[
        str, typer.Argument(metavar="FACT_ID", help="Id of a fact or key figure, or a number to look for.")
    ],
    db: Db = None,
) -> None:
    """Trace one figure: file, page or line, table, row, column, raw text, neighbours, what was done to it.

    Example: jixiao explain 265.45
    """
    from pipeline.show import console, show_trace, table
    from warehouse.create import concepts
    from warehouse.query import QueryError, reading
    from warehouse.trace import as_number, ids_of_number, indicators_of_number, trace

    out = console()
    try:
        with reading(database(db)) as con:
            found = [t for t in [trace(con, figure)] if t]
            number = None if found else as_number(figure)
            if number is not None:
                found = [t for i in ids_of_number(con, figure)[:_MOST_EXPLAINED] if (t := trace(con, i))]
            used = indicators_of_number(con, number) if number is not None else []
    except QueryError as error:
        raise CallError(str(error)) from error
    if not found and not used:
        raise CallError(f"{figure}: no fact or key figure has this id or value; view `fact` lists the ids: {_LIST_IDS}")
    for one in found:
        show_trace(out, one, concepts())
        out.print()
    if used:
        columns = list(used[0])
        out.print(table("Indicators with this number", columns, [list(row.values())[: len(columns)] for row in used]))


_MOST_EXPLAINED = 10
_LIST_IDS = '`jixiao sql "SELECT fact_id, concept, value FROM fact"`'


@app.command()
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


class _progress:
    """A progress bar on a terminal, a plain line every thousand files elsewhere."""

    def __enter__(self) -> Any:
        columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self.live = sys.stderr.isatty()
        if self.live:
            self.bar.start()
            self.task = self.bar.add_task("reading", total=None)
        return self.watch

    def watch(self, done: int, total: int) -> None:
        if self.live:
            self.bar.update(self.task, completed=done, total=total)
        elif done % 1000 == 0 and done < total:
            print(f"jixiao: {done} of {total} files read", file=sys.stderr)

    def __exit__(self, *_: object) -> None:
        if self.live:
            self.bar.stop()


def main() -> None:
    """Run the command line; every error is one line on standard error."""
    debug = "--debug" in sys.argv
    try:
        code = app(standalone_mode=False)
    except _ClickException as error:
        code = _fail(error.format_message(), debug)  # type: ignore[attr-defined]
    except (CallError, SettingsError) as error:
        code = _fail(str(error), debug)
    except (KeyboardInterrupt, typer.Abort):
        code = _fail("stopped; whole batches are kept, the next call goes on from there", debug)
    except BrokenPipeError:
        code = 0
    except Exception as error:
        code = _fail(f"{type(error).__name__}: {error}; run again with --debug for the traceback", debug)
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    print("jixiao: " + " ".join(message.split()), file=sys.stderr)
    return 2
