"""What people see of long work: bars on a terminal, a line now and then elsewhere, nothing of what is over at once."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.commands.progress import progress
from pipeline.ingest import ingest
from tests.conftest import ROOT, SAMPLES


def test_every_check_is_counted(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    sample = next(SAMPLES.rglob("guan-culture-2021.txt"))
    ingest([sample], tmp_path / "w.duckdb", workers=1, watch_checks=lambda done, of: calls.append((done, of)))
    total = calls[0][1]
    assert total > 80
    assert calls == [(done, total) for done in range(total + 1)]


def test_lines_elsewhere(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 20))
    with progress() as stage:
        reading = stage("reading", "files")
        for done in range(2501):
            reading(done, 2500)
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    with progress() as stage:
        checking = stage("checking", "checks")
        for done in range(5):
            checking(done, 4)
    assert capsys.readouterr().err.splitlines() == [
        "jixiao: reading: 1000 of 2500 files", "jixiao: reading: 2000 of 2500 files", "jixiao: checking: 2 of 4 checks",
    ]  # fmt: skip


def test_bars_on_a_terminal(tmp_path: Path) -> None:
    sample = next(SAMPLES.rglob("guan-culture-2021.txt"))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "ingest", str(sample)]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(
        [*command, "--db", str(tmp_path / "w.duckdb")], cwd=ROOT, stderr=theirs, stdout=subprocess.PIPE, env=environment
    ) as child:
        os.close(theirs)
        shown = bytearray()
        with suppress(OSError):  # Linux says so where the other end is closed
            while piece := os.read(ours, 65536):
                shown += piece
        os.close(ours)
        out = child.communicate(timeout=120)[0]
    assert child.returncode == 0, shown
    assert b"reading" in shown
    assert b"checking" in shown
    assert b"1 files offered: 1 loaded" in out
