"""Every sample gives exactly what stands beside it: facts, indicators, goals, sections, figures, totals, leftovers."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests import golden
from tests.conftest import SAMPLES, SEED

LOOKALIKES = sorted((SAMPLES / "lookalikes").glob("*.txt"))
TEXTS = sorted(set(SAMPLES.rglob("*.txt")) - set(LOOKALIKES))


@pytest.mark.parametrize("sample", TEXTS, ids=lambda path: path.stem)
def test_sample_gives_what_stands_beside_it(sample: Path, con: duckdb.DuckDBPyConnection) -> None:
    assert golden.differences(con, sample, golden.expected(sample)) == []


@pytest.mark.parametrize("sample", TEXTS, ids=lambda path: path.stem)
def test_sample_totals_and_identity(sample: Path, con: duckdb.DuckDBPyConnection) -> None:
    wanted = golden.expected(sample)
    totals = {
        column: golden.plain(value) if value and column != "grade" else value
        for column, value in wanted["dept_year"].items()
    }
    if totals:  # a file of projects says nothing of the whole department
        assert golden.dept_year(con, sample, list(totals)) == totals
    identity = con.execute(
        "SELECT r.dept_name, r.alias, r.fiscal_year, d.division_code FROM core.report AS r "
        "JOIN core.department AS d USING (dept_id) JOIN raw.file AS f USING (document_id) WHERE f.source_file = ?",
        [sample.name],
    ).fetchone()
    assert identity == (wanted["dept_name"], wanted["alias"], wanted["fiscal_year"], wanted["division_code"])


def test_seed_counts_are_those_of_the_truth(con: duckdb.DuckDBPyConnection) -> None:
    """78 facts, 36 with a value; 14 indicators, none from the two empty slots; 4 goals, 20 sections, 36 figures."""
    counts = {
        view: con.execute(f"SELECT count(*) FROM {view} WHERE source_file = ?", [SEED.name]).fetchone()
        for view in ("fact", "indicator", "goal", "section", "key_figure", "unmapped")
    }
    assert counts == {
        "fact": (78,), "indicator": (14,), "goal": (4,), "section": (20,), "key_figure": (36,), "unmapped": (0,),
    }  # fmt: skip
    states = con.execute(
        "SELECT status, count(*) FROM fact WHERE source_file = ? GROUP BY ALL ORDER BY ALL", [SEED.name]
    )
    assert states.fetchall() == [("blank", 40), ("not_applicable", 2), ("value", 36)]


@pytest.mark.parametrize("sample", LOOKALIKES, ids=lambda path: path.stem)
def test_lookalike_is_rejected_with_its_own_reason(sample: Path, con: duckdb.DuckDBPyConnection) -> None:
    wanted = golden.expected(sample)
    found = con.execute("SELECT status, reason_code FROM document WHERE source_file = ?", [sample.name]).fetchone()
    assert found == (wanted["status"], wanted["reason_code"])


def test_every_printed_figure_of_the_samples_is_used(con: duckdb.DuckDBPyConnection) -> None:
    """All but a page number in a table, a number of an instruction, and the six of a legend below a rubric."""
    numbers, mapped = con.execute(
        "SELECT sum(numbers), sum(numbers_mapped) FROM document WHERE status = 'loaded'"
    ).fetchone() or (0, 0)
    assert numbers - mapped == 8
    assert mapped > 1900


def test_seed_department_comes_from_the_registry(con: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT dept_id, level, organ_class, registered FROM core.department WHERE division_code = '430611'"
    assert con.execute(sql).fetchall() == [
        ("430611-party_committee_organ-xunchaban", "county", "party_committee_organ", True)
    ]
