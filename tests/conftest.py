"""Fixtures shared by all tests: the samples as one warehouse, built once by the real command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from pipeline.ingest import ingest
from tests.cookbook_county import County, small
from tests.makers.county.demo import Offered
from tests.makers.county.files import as_bytes
from warehouse.publish import building, open_read_only

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
SEED = SAMPLES / "seed" / "000_cc8d8cd76cb08315.txt"


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of all samples; tests only read it."""
    db = tmp_path_factory.mktemp("warehouse") / "samples.duckdb"
    summary = ingest([SAMPLES], db, workers=2)
    rejected = {path.name for path in (SAMPLES / "lookalikes").glob("*.txt")}
    assert [line for line in summary.problems if not any(name in str(line) for name in rejected)] == []
    return db


@pytest.fixture
def con(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of all samples, open for reading."""
    with open_read_only(warehouse) as connection:
        yield connection


@dataclass(frozen=True)
class Built:
    """A warehouse of an invented county, and its truth."""

    db: Path
    truth: County


def built(folder: Path, offered: list[Offered]) -> Built:
    """Read the reports as files; the registry knows the county."""
    reports = folder / "reports"
    reports.mkdir()
    for each in offered:
        (reports / each.file).write_bytes(as_bytes(each.report, each.form))
    db = folder / "w.duckdb"
    for revised in (False, True):  # a second version comes later than the first
        files = [reports / each.file for each in offered if (each.code or "").startswith("REV") is revised]
        if files:
            ingest(files, db, workers=2)
    with building(db) as run:
        run.con.execute("UPDATE core.department SET division_code = '430611', division_name = '君山区'")
        run.publish()
    return Built(db, County(offered))


@pytest.fixture(scope="session")
def small_county(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A small invented county with an error for every question of the cookbook; tests only read it."""
    return built(tmp_path_factory.mktemp("small"), small())
