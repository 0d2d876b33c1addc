"""The command line.

Exit status: 0 all well, 1 some file was not taken, 2 the call was wrong or nothing could be done.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.commands.departments import departments
from pipeline.commands.docs import docs
from pipeline.commands.explain import explain
from pipeline.commands.export import export
from pipeline.commands.findings import findings
from pipeline.commands.ingest import ingest
from pipeline.commands.mark import mark
from pipeline.commands.options import CallError
from pipeline.commands.parse import parse
from pipeline.commands.quarantine import app as quarantine
from pipeline.commands.reprocess import reprocess
from pipeline.commands.run import run
from pipeline.commands.sql import sql
from pipeline.commands.status import status
from warehouse.settings import SettingsError, database

app = typer.Typer(
    name="jixiao",
    help="绩效: self-evaluation reports of Chinese departments in one warehouse, with the place of every figure.",
    invoke_without_command=True,
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
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Show what to do next where no command is named; the options are read by `main` before a command runs."""
    if context.invoked_subcommand is None:
        typer.echo(_next(database(None)))


def _next(db: Path) -> str:
    """What somebody who typed only `jixiao` may want to do."""
    steps = (
        ("jixiao findings", "what did not hold, with both numbers and their places"),
        ('jixiao sql "SELECT * FROM dept_year"', "ask in SQL; the views are explained in docs/views.md"),
        ("jixiao explain 265.45", "the cell that a figure came from"),
        ("jixiao status", "what the warehouse holds, what was kept out and why"),
    )
    first = ("jixiao ingest FOLDER", "read reports (.docx, .pdf, .txt) into the warehouse")
    listed = (
        (first, *steps) if db.exists() else (first, ("jixiao parse FILE", "look into one file, without a warehouse"))
    )
    width = max(len(words) for words, _ in listed) + 2
    known = f"The warehouse is {db}." if db.exists() else f"There is no warehouse yet; the first call makes {db}."
    lines = [f"  {words:<{width}}{what}" for words, what in listed]
    return "\n".join(
        [f"jixiao {__version__} (绩效). {known}", *lines, "  jixiao --help".ljust(width + 2) + "all commands"]
    )


for _command in (ingest, parse, sql, explain, findings, mark, export, docs, departments, status, run, reprocess):
    app.command()(_command)
app.add_typer(quarantine, name="quarantine")


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
