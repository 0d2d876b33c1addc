"""The cookbook's queries run, are short, and answer what was read by hand (tests/cookbook.json).

Two warehouses are asked: the samples, whose answers are figures of the reports; and an invented county, where each
question must name just the departments in which the error it looks for was planted.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.ingest import ingest
from tests.conftest import ROOT
from warehouse.query import plain, reading, run

TEXT = (ROOT / "docs" / "sql-cookbook.md").read_text(encoding="utf-8")
QUERIES = dict(re.findall(r"^### (\S+?)\. .*?```sql\n(.*?)```", TEXT, re.MULTILINE | re.DOTALL))
ANSWERS = json.loads((ROOT / "tests" / "cookbook.json").read_text(encoding="utf-8"))
# views that another part of the house makes; their questions wait for them
BY_VIEW = {"13": "missing_part", "14": "restatement", "24": "revision_change"}


def rows_of(con: duckdb.DuckDBPyConnection, question: str, columns: list[str] | None = None) -> list[list[Any]]:
    """The answer, in the columns asked for, as people write it."""
    view = BY_VIEW.get(question)
    if view and not con.execute("SELECT 1 FROM duckdb_views() WHERE view_name = ?", [view]).fetchall():
        pytest.skip(f"no view {view} yet")
    result = run(con, QUERIES[question])
    at = [result.columns.index(name) for name in columns or result.columns]
    return [[None if row[i] is None else str(trimmed(row[i])) for i in at] for row in result.rows]


def trimmed(value: Any) -> Any:
    """Floats of rates without the .0 of whole numbers."""
    return int(value) if isinstance(value, float) and value.is_integer() else plain(value)


def test_every_question_has_its_query_and_its_answer() -> None:
    assert list(QUERIES) == [*map(str, range(1, 26)), *(f"中{n}" for n in range(1, 11))]
    assert set(ANSWERS["samples"]) == set(QUERIES)


@pytest.mark.parametrize("question", QUERIES)
def test_a_query_is_short(question: str) -> None:
    assert len(QUERIES[question].strip().splitlines()) <= 12


@pytest.mark.parametrize("question", QUERIES)
def test_answers_over_the_samples(warehouse: Path, question: str) -> None:
    wanted = ANSWERS["samples"][question]
    with reading(warehouse) as con:
        got = rows_of(con, question, wanted["columns"])
    if wanted["complete"]:
        assert got == wanted["rows"]
    else:
        assert [row for row in wanted["rows"] if row not in got] == []


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, set[tuple[str, str]]]]:
    """An invented county with its warehouse, and the departments and years in which each error was planted."""
    if importlib.util.find_spec("tests.makers.county") is None:
        pytest.skip("the maker of counties is not here yet")
    folder = tmp_path_factory.mktemp("county")
    subprocess.run([sys.executable, "-m", "tests.makers.county.demo", str(folder)], cwd=ROOT, check=True)
    ingest([folder / "reports"], folder / "w.duckdb", workers=2)
    planted: dict[str, set[tuple[str, str]]] = {}
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            planted.setdefault(row["planted"], set()).add((row["department"], row["year"]))
    return folder / "w.duckdb", planted


@pytest.mark.slow
@pytest.mark.parametrize("question", ANSWERS["county"])
def test_just_what_was_planted_is_found(county: tuple[Path, dict[str, set[tuple[str, str]]]], question: str) -> None:
    db, planted = county
    columns = ["部门", "年度"] if question.startswith("中") else ["dept_name", "fiscal_year"]
    with reading(db) as con:
        found = {(row[0], row[1]) for row in rows_of(con, question, columns)}
    assert found == set().union(*(planted[code] for code in ANSWERS["county"][question])) != set()


@pytest.mark.slow
@pytest.mark.parametrize("question", QUERIES)
def test_every_query_runs_over_the_county(county: tuple[Path, object], question: str) -> None:
    with reading(county[0]) as con:
        rows_of(con, question)
