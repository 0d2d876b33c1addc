"""Documentation is part of the change: commands, options, views, reason codes and words are all explained."""

from __future__ import annotations

import re

import duckdb
import pytest

from parsers.reasons import Reason
from tests.conftest import ROOT, SAMPLES
from tests.pipeline.test_cli import jixiao

README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
VIEWS = (ROOT / "docs" / "views.md").read_text(encoding="utf-8")
DEVELOP = (ROOT / "docs" / "develop.md").read_text(encoding="utf-8")


def test_every_command_and_option_is_in_the_readme() -> None:
    commands = re.findall(r"^\s{2}(\w+)\s{2,}\w", jixiao("--help").stdout.partition("Commands:")[2], re.MULTILINE)
    assert set(commands) == {
        "ingest", "parse", "sql", "explain", "findings", "mark", "export", "docs", "departments", "status",
        "run", "reprocess", "quarantine",
    }  # fmt: skip
    for command in commands:
        row = next(line for line in README.splitlines() if line.startswith(f"| `jixiao {command}"))
        options = set(re.findall(r"--[a-z-]+", jixiao(command, "--help").stdout)) - {"--help"}
        assert set(re.findall(r"--[a-z-]+", row)) == options, command
    general = set(re.findall(r"--[a-z-]+", jixiao("--help").stdout.partition("Commands:")[0])) - {"--help"}
    assert {o for o in general if o not in README} <= {"--install-completion", "--show-completion"}


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_code_is_explained(reason: Reason) -> None:
    table = OPERATE.partition("## States and reason codes")[2]
    (row,) = [line for line in table.splitlines() if line.startswith(f"| `{reason}` |")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert len(cells) == 4
    assert all(cells)


def test_no_reason_code_is_explained_that_does_not_exist() -> None:
    table = OPERATE.partition("## States and reason codes")[2].partition("## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == {str(reason) for reason in Reason}


def test_every_view_is_documented(con: duckdb.DuckDBPyConnection) -> None:
    views = {
        row[0]
        for row in con.execute(
            "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'"
        ).fetchall()
    }
    assert set(re.findall(r"^\| `(\w+)` \|", VIEWS, re.MULTILINE)) == views


def test_queries_of_the_documentation_run(con: duckdb.DuckDBPyConnection) -> None:
    questions = VIEWS.partition("## Some questions")[2]
    queries = re.findall(r"(?:^    .*\n?)+", questions, re.MULTILINE)
    assert len(queries) == 5
    answered = [bool(con.execute(query).fetchall()) for query in queries]
    # no sample misses a target with full score
    assert answered == [True, False, True, True, True]


def test_every_vocabulary_is_documented() -> None:
    names = {path.stem for path in (ROOT / "parsers" / "words").glob("*.csv")}
    assert {name for name in names if f"`{name}`" not in DEVELOP} == set()


def test_every_sample_is_documented() -> None:
    notes = (SAMPLES / "README.md").read_text(encoding="utf-8")
    variants = {path.stem for path in (SAMPLES / "variants").glob("*.txt")}
    assert set(re.findall(r"^\| `([\w-]+)` \|", notes, re.MULTILINE)) == variants


def test_changelog_names_the_version() -> None:
    version = jixiao("--version").stdout.split()[1]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
