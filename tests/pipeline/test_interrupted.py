"""An ingest killed at any moment leaves a warehouse that opens, holds whole reports only, and completes next time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from tests.pipeline.test_lifecycle import everything, query
from tests.reports import write_reports

COUNT = 240
COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]


def killed_ingest(folder: Path, db: Path, after: float) -> int:
    """Run the real command and kill its whole process group (-9) after some seconds. Returns its exit status."""
    process = subprocess.Popen(
        [*COMMAND, "ingest", str(folder), "--db", str(db), "--workers", "2"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        return process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def whole_reports(db: Path) -> int:
    """Number of loaded reports; fails where one of them lacks a row or has one too many."""
    broken = query(
        db,
        "SELECT r.report_id, (SELECT count(*) FROM core.fact f WHERE f.report_id = r.report_id) AS facts, "
        "(SELECT count(*) FROM core.indicator i WHERE i.report_id = r.report_id) AS indicators, "
        "(SELECT count(*) FROM raw.cell c WHERE c.document_id = r.document_id) AS cells "
        "FROM core.report AS r WHERE (facts, indicators, cells) <> (78, 14, 295)",
    )
    assert broken == []
    ((loaded, reports),) = query(
        db, "SELECT (SELECT count(*) FROM document WHERE status = 'loaded'), count(*) FROM core.report"
    )
    assert loaded == reports
    return int(reports)


@pytest.mark.slow
def test_killed_at_any_moment_then_completed(tmp_path: Path) -> None:
    folder, db = tmp_path / "in", tmp_path / "w.duckdb"
    write_reports(folder, COUNT)
    statuses = []
    for after in (0.3, 1.0, 2.0, 3.0, 4.5, 6.0):
        statuses.append(killed_ingest(folder, db, after))
        if db.exists():
            whole_reports(db)
    assert -signal.SIGKILL in statuses
    last = ingest([folder], db, workers=2)
    assert last.exit_status == 0
    assert whole_reports(db) == COUNT
    clean = tmp_path / "clean.duckdb"
    ingest([folder], clean, workers=2)
    assert everything(db) == everything(clean)


def test_committed_batches_survive_a_kill(tmp_path: Path) -> None:
    """The run is killed once its first batch is in the copy; the next one goes on from there."""
    folder, db = tmp_path / "in", tmp_path / "w.duckdb"
    write_reports(folder, 260)
    process = subprocess.Popen(
        [*COMMAND, "ingest", str(folder), "--db", str(db), "--workers", "2"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    wal = tmp_path / "w.duckdb.versions" / "building.duckdb.wal"
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if wal.exists() and wal.stat().st_size > 400_000:  # more than the rows of the files: reports are in
            break
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert whole_reports(db) in {0, 260}
    summary = ingest([folder], db, workers=2)
    assert whole_reports(db) == 260
    assert summary.known + summary.counts["loaded"] == 260
    assert query(db, "SELECT DISTINCT status, reason_code FROM document") == [("loaded", None)]
