"""The command line.

Exit status: 0 all well, 1 some file was not taken, 2 the call was wrong or nothing could be done.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from pipeline import __version__
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

Db = Annotated[Path | None, typer.Option("--db", help="DuckDB file; else JIXIAO_DB, jixiao.toml, ./jixiao.duckdb.")]


class CallError(Exception):
    """The call was wrong or nothing could be done; `str()` is one line for a person."""


class Format(StrEnum):
    """Forms in which a result is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


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


@app.command()
def sql(
    query: Annotated[str, typer.Argument(metavar="SELECT", help="A read-only query over the public views.")],
    db: Db = None,
    form: Annotated[Format, typer.Option("--format", help="How the result is printed.")] = Format.TABLE,
    timeout: Annotated[float, typer.Option(help="Seconds after which the query is stopped.")] = 300.0,
) -> None:
    """Answer one read-only query.

    Example: jixiao sql "SELECT dept_name, three_public FROM dept_year ORDER BY 2 DESC" --format csv
    """
    from pipeline.show import console, show_result
    from warehouse.query import QueryError, as_csv, as_json, as_markdown, reading, run

    try:
        with reading(database(db)) as con:
            result = run(con, query, timeout)
    except QueryError as error:
        raise CallError(str(error)) from error
    if form is Format.TABLE:
        show_result(console(), result)
    else:
        text = {Format.CSV: as_csv, Format.JSON: as_json, Format.MARKDOWN: as_markdown}[form](result)
        typer.echo(text, nl=not text.endswith("\n"))


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


class Letters(StrEnum):
    """Forms in which findings are given."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"


@app.command()
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
    from pipeline.letters.office import MissingExtraError, as_docx, as_xlsx
    from pipeline.letters.terminal import show_findings
    from pipeline.letters.text import as_csv, as_html, as_json, as_markdown
    from pipeline.show import console
    from warehouse.findings import Wanted
    from warehouse.findings import findings as select
    from warehouse.query import QueryError, reading

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
    except (QueryError, MissingExtraError) as error:
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
    typer.echo(f"{len(found)} findings written to {out}")


@app.command()
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
    from warehouse.query import QueryError

    target = database(db)
    if not target.exists():
        raise CallError(f"{target}: no warehouse there; `jixiao ingest PATH --db {target}` makes one")
    try:
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


@app.command()
def departments(db: Db = None) -> None:
    """List departments that are not in the registry, each with those that may be the same, for a person to decide.

    Example: jixiao departments --db county.duckdb
    """
    from pipeline.identity.review import waiting
    from pipeline.show import console, table
    from warehouse.query import QueryError, reading

    try:
        with reading(database(db)) as con:
            listed = waiting(con)
    except QueryError as error:
        raise CallError(str(error)) from error
    rows = [
        (
            one.name,
            one.dept_id,
            f"{one.first_year or '?'}–{one.last_year or '?'}",
            one.reports,
            "；".join(one.aliases),
            "\n".join(f"{ratio} {name}" for name, _, ratio in one.like),
        )
        for one in listed
    ]
    title = f"Departments to be reviewed ({len(rows)}); an entry in pipeline/registry/departments.csv settles one"
    console().print(
        table(title, ("printed name", "id", "years", "reports", "aliases said", "may be the same as"), rows)
    )


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
