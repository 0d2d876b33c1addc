"""Readers that poll through many publishes meet no error, no half run, and nothing that goes back."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.running.run import run
from tests.reports import write_reports
from tests.running.setting import FOLDER, settings
from tests.soak.__main__ import start_readers, stop_readers
from warehouse.publish import building


def publish(db: Path, number: int) -> None:
    with building(db) as built:
        built.con.execute("INSERT INTO core.run (run_id, started) VALUES (?, now())", [f"x{number}"])
        built.publish()


def test_readers_through_many_publishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_reports(tmp_path / "in", 3)
    given = settings(tmp_path, FOLDER)
    run(given)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    readers = start_readers(given.db, tmp_path, 2)
    for number in range(25):
        publish(given.db, number)
        time.sleep(0.1)
    seen = stop_readers(readers)
    assert [one["problems"] for one in seen] == [[], []]
    assert all(isinstance(one["versions"], int) and one["versions"] > 3 for one in seen)


def test_a_version_that_somebody_has_open_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.publish._GRACE", 0.0)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    db, folder = tmp_path / "w.duckdb", tmp_path / "w.duckdb.versions"
    publish(db, 0)
    held = db.resolve()
    words = "import sys, pathlib; from warehouse.publish import open_read_only\n"
    words += "con = open_read_only(pathlib.Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    reader = subprocess.Popen(
        [sys.executable, "-c", words, str(db)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "open\n"
    for number in range(1, 5):
        publish(db, number)
    assert held.exists()
    assert len(list(folder.glob("0*.duckdb"))) == 3
    reader.communicate("")
    publish(db, 5)
    assert not held.exists()
    assert len(list(folder.glob("0*.duckdb"))) == 2
