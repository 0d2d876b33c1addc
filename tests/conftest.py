"""Fixtures shared by all tests: the samples as one warehouse, built once by the real command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.ingest import ingest
from warehouse.publish import open_read_only

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
