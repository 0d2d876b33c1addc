"""The pool of local processes: what hangs, dies or eats memory costs its own file, and the run goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import settings
from pipeline.ingest import ingest
from pipeline.workers import Limits, LocalPool
from pipeline.workers.child import Child, CrashedError, TaskError
from tests.pipeline.misbehaving import misbehave, slow_pages
from tests.pipeline.test_lifecycle import query
from tests.reports import write_reports
from warehouse.settings import SettingsError

PLANTED = {b"hang": "time_limit", b"bomb": "memory_limit", b"segfault": "crashed", b"exit": "crashed"}
LIMITS = Limits(seconds=15, memory_mb=700)


@pytest.mark.parametrize("count", [12, pytest.param(200, marks=pytest.mark.slow)])
def test_what_goes_wrong_costs_its_own_file(tmp_path: Path, count: int) -> None:
    """A hang, a memory bomb, a segfault and an exit planted among reports."""
    paths = write_reports(tmp_path / "in", count)
    planted = {}
    for at, (data, reason) in enumerate(PLANTED.items()):
        path = paths[1 + at * (count - 2) // 3]
        path.write_bytes(data)
        planted[path.name] = reason
    db = tmp_path / "w.duckdb"
    with LocalPool(2, LIMITS, misbehave) as pool:
        summary = ingest([tmp_path / "in"], db, pool)
    assert summary.counts == {"loaded": count - 4, "quarantined": 4}
    reasons = dict(query(db, "SELECT source_file, reason_code FROM document WHERE status = 'quarantined'"))
    assert reasons == planted
    rows = query(db, "SELECT count(*), count(DISTINCT dept_name) FROM core.report")
    assert rows == [(count - 4, count - 4)]
    said = query(db, "SELECT reason FROM document WHERE reason_code = 'crashed' ORDER BY source_file")
    assert said == [("the reader's process died (signal 11)",), ("the reader's process died (exit code 0)",)]


def test_a_child_is_replaced_after_death_and_kept_after_an_error() -> None:
    child = Child(700)
    first = child.run(os.getpid, (), 30)
    with pytest.raises(TaskError, match="KeyError: 'a mistake'"):
        child.run(misbehave, (b"error",), 30)
    assert child.run(os.getpid, (), 30) == first
    for death, error in ((b"exit", CrashedError), (b"bomb", MemoryError)):
        with pytest.raises(error):
            child.run(misbehave, (death,), 30)
        second = child.run(os.getpid, (), 30)
        assert second != first
        first = second
    with pytest.raises(TimeoutError):
        child.run(misbehave, (b"hang",), 0.5)
    assert not Path(f"/proc/{first}").exists()
    os.kill(second := child.run(os.getpid, (), 30), signal.SIGKILL)
    time.sleep(0.2)
    assert child.run(os.getpid, (), 30) != second
    child.close()


def test_processes_end_when_their_parent_is_killed() -> None:
    """Also with kill -9, which leaves nobody to tell them."""
    program = (
        "import os, signal; from pipeline.workers.child import Child; child = Child(700); "
        "print(child.run(os.getpid, (), 30), flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == -signal.SIGKILL
    process = Path("/proc") / done.stdout.strip()
    deadline = time.monotonic() + 20
    while _alive(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(process)


def _alive(process: Path) -> bool:
    try:  # one that ended, and that nobody waited for, is a zombie
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_limits_come_from_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "jixiao.toml"
    assert settings.limits() == Limits()
    config.write_text('[limits]\nseconds = 7.5\nmemory_mb = 900\n[workers]\ncluster = "tcp://a:1"\n')
    assert settings.limits() == Limits(seconds=7.5, memory_mb=900)
    assert settings.limits(seconds=3, memory_mb=None) == Limits(seconds=3, memory_mb=900)
    assert (settings.cluster(None), settings.cluster("tcp://b:2")) == ("tcp://a:1", "tcp://b:2")
    for wrong in ("[limits]\nseconds = 0", "[limits]\nmemory_mb = true", "[limits]\nmemory = 5", "limits = 5"):
        config.write_text(wrong)
        with pytest.raises(SettingsError, match=r"jixiao.toml: \[limits\]"):
            settings.limits()
    config.write_text("[workers]\ncluster = 5")
    with pytest.raises(SettingsError, match=r"jixiao.toml: \[workers\]"):
        settings.cluster(None)


def test_each_scanned_page_puts_the_end_of_the_time_off() -> None:
    child = Child(700)
    try:
        assert child.run(slow_pages, (b"read", 6), 1.0, more=1.0, longest=60) == "read"
        with pytest.raises(TimeoutError):
            child.run(slow_pages, (b"read", 6), 1.0, more=1.0, longest=1.5)
        with pytest.raises(TimeoutError):
            child.run(slow_pages, (b"read", 6), 1.0)
    finally:
        child.close()
