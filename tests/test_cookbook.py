"""The cookbook's queries run, are short, and answer what was read by hand (tests/cookbook.json).

The samples are asked, whose answers are figures of real reports; and two invented counties, whose answers follow from
what the makers printed and planted (tests/cookbook_truth.py).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import ROOT, Built, built
from tests.cookbook_county import YEARS, County
from tests.cookbook_truth import ANSWERS as ANSWERS_OF
from tests.cookbook_truth import FIELD
from tests.makers.county.demo import offered
from warehouse.query import plain, reading, run

TEXT = (ROOT / "docs" / "sql-cookbook.md").read_text(encoding="utf-8")
QUERIES = dict(re.findall(r"^### (\S+?)\. .*?```sql\n(.*?)```", TEXT, re.MULTILINE | re.DOTALL))
ANSWERS = json.loads((ROOT / "tests" / "cookbook.json").read_text(encoding="utf-8"))
GRAVE = {"重要"}


def rows_of(con: duckdb.DuckDBPyConnection, question: str, columns: list[str] | None = None) -> list[list[Any]]:
    """The answer, in the columns asked for, as people write it."""
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


# ---- an invented county: what the makers printed is what the questions must answer
@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The demo county: 44 departments over three years as Word, PDF and text."""
    return built(tmp_path_factory.mktemp("demo"), list(offered(2024, 44, YEARS)))


def asked(con: duckdb.DuckDBPyConnection, question: str, truth: County) -> str:
    """The query with the department, the number and the word that there are."""
    someone = truth.someone
    [(dept,)] = con.execute("SELECT dept_id FROM department WHERE dept_name = ?", [someone.who.name]).fetchall()
    word = next(row.name for row in someone.indicators if row.level2 == "quantity")
    query: str = QUERIES[question].replace("430611-party_committee_organ-xunchaban", dept)
    return query.replace("265.45", str(someone.funds.initial)).replace("问题线索", word).replace("水利", FIELD)


def check_answer(built: Built, question: str, may_be_empty: bool) -> None:
    """The rows of the answer are those of the truth, no more and no fewer."""
    columns, wanted = ANSWERS_OF[question](built.truth)
    with reading(built.db) as con:
        result = run(con, asked(con, question, built.truth))
        names = dict(con.execute("SELECT code, name_zh FROM code WHERE code_list = 'period'").fetchall())
        names |= dict(con.execute("SELECT concept, name_zh FROM concept").fetchall())
    at = [result.columns.index(name) for name in columns]
    kept = [row for row in result.rows if not severity_of(result.columns, row) - GRAVE]
    got = Counter(tuple(row[i] for i in at) for row in kept)
    if question in {"16", "中8", "22"}:
        got = Counter(set(got))
    if question == "22":
        assert set(wanted) <= set(got)
        return
    if question == "中10":
        wanted = [tuple(names.get(cell, cell) for cell in row) for row in wanted]
    if question in {"15", "23", "中10", "18", "24"}:
        got, wanted = Counter(set(got)), list(set(wanted))
    assert got == Counter(wanted)
    assert wanted or may_be_empty


def severity_of(columns: list[str], row: tuple[Any, ...]) -> set[object]:
    """The severity of a row of findings; for the ranking, none where a department has findings of high severity."""
    if "high" in columns:
        return {"重要"} if row[columns.index("high")] else {"less"}
    return {row[columns.index("严重程度")]} if "严重程度" in columns else set()


@pytest.mark.parametrize("question", QUERIES)
def test_answers_over_a_small_county(small_county: Built, question: str) -> None:
    check_answer(small_county, question, may_be_empty=False)


@pytest.mark.slow
@pytest.mark.parametrize("question", QUERIES)
def test_answers_over_the_demo_county(demo: Built, question: str) -> None:
    check_answer(demo, question, may_be_empty=True)
