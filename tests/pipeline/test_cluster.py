"""A Dask cluster as the pool: a real scheduler and two workers, each a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.workers import Limits, LocalPool, PoolError
from tests.conftest import ROOT
from tests.pipeline.misbehaving import misbehave
from tests.pipeline.test_lifecycle import everything, query
from tests.pipeline.test_workers import PLANTED
from tests.reports import write_reports

pytest.importorskip("distributed")
from pipeline.workers.cluster import ClusterPool

LIMITS = Limits(seconds=15, memory_mb=700)
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
Workers = list[subprocess.Popen[bytes]]


@contextmanager
def cluster(folder: Path, nanny: bool) -> Iterator[tuple[str, Workers]]:
    """Address of a scheduler with two workers; with a nanny each, which starts a dead worker again."""
    address = f"tcp://127.0.0.1:{_free_port()}"
    dask = [sys.executable, "-m", "dask"]
    scheduler = [*dask, "scheduler", "--host", address, "--no-dashboard"]
    worker = [*dask, "worker", address, "--nthreads", "1", "--no-dashboard", "--nanny" if nanny else "--no-nanny"]
    with (folder / "dask.log").open("w") as log:
        started = [
            subprocess.Popen(command, env=ENV, cwd=folder, stdout=log, stderr=log, start_new_session=True)
            for command in (scheduler, worker, worker)
        ]
        try:
            _await_workers(address, 2)
            yield address, started[1:]
        finally:
            for process in started:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, timeout=60) as client:
        client.wait_for_workers(count, timeout=60)


def test_a_worker_is_killed_in_mid_run_and_the_warehouse_is_that_of_the_local_pool(tmp_path: Path) -> None:
    """Files that hang, bomb and crash are among the reports: limits hold on the cluster as they do here."""
    count = 60
    paths = write_reports(tmp_path / "in", count)
    for path, data in zip(paths[3::9], PLANTED, strict=False):
        path.write_bytes(data)
    paths[5].write_bytes(b"error")
    there, here = tmp_path / "there.duckdb", tmp_path / "here.duckdb"
    killed = []
    with cluster(tmp_path, nanny=False) as (address, workers):

        def watch(done: int, of: int) -> None:
            if done == 15:
                os.kill(workers[0].pid, signal.SIGKILL)
                killed.append(workers[0].wait())

        with ClusterPool(address, LIMITS, misbehave) as pool:
            assert pool.size == 2
            on_cluster = ingest([tmp_path / "in"], there, pool, watch=watch)
    assert killed == [-signal.SIGKILL]
    with LocalPool(2, LIMITS, misbehave) as local_pool:
        local = ingest([tmp_path / "in"], here, local_pool)
    assert on_cluster.counts == local.counts == {"loaded": count - 5, "quarantined": 5}
    assert everything(there) == everything(here)
    orders = (
        "SELECT file_id, offered_order, loaded_order FROM raw.file LEFT JOIN core.report USING (document_id) ORDER BY 1"
    )
    assert query(there, orders) == query(here, orders)
    reasons = query(there, "SELECT reason_code FROM document WHERE reason_code IS NOT NULL ORDER BY source_file")
    assert [reason for (reason,) in reasons] == ["time_limit", "parser_error", "memory_limit", "crashed", "crashed"]


def test_a_file_that_kills_workers_is_quarantined_and_no_other_is_lost(tmp_path: Path) -> None:
    paths = write_reports(tmp_path / "in", 10)
    paths[4].write_bytes(b"kill worker")
    db = tmp_path / "w.duckdb"
    with cluster(tmp_path, nanny=True) as (address, _), ClusterPool(address, LIMITS, misbehave) as pool:
        summary = ingest([tmp_path / "in"], db, pool)
    assert summary.counts == {"loaded": 9, "quarantined": 1}
    assert query(db, "SELECT source_file, reason_code FROM document WHERE status = 'quarantined'") == [
        ("report-004.txt", "crashed")
    ]


def test_work_that_is_tried_again_is_done_again_not_answered_by_the_task_that_failed(tmp_path: Path) -> None:
    with cluster(tmp_path, nanny=False) as (address, _), ClusterPool(address, LIMITS) as pool:
        first, again = (pool.submit(os.urandom, 16) for _ in range(2))
        assert first.result(60) != again.result(60)


def test_a_cluster_that_cannot_work_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"tcp://127.0.0.1:{_free_port()}"
    monkeypatch.setattr("pipeline.workers.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(PoolError, match="no Dask scheduler answers"):
        ClusterPool(address)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PoolError, match=r"pip install 'jixiao\[cluster\]'"):
        ClusterPool(address)


def test_the_command_works_on_a_cluster(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 3)
    with cluster(tmp_path, nanny=True) as (address, workers):
        command = [sys.executable, "-c", "from pipeline.cli import main; main()"]
        asked = ["ingest", "in", "--db", "w.duckdb", "--cluster", address]
        done = subprocess.run([*command, *asked], cwd=tmp_path, env=ENV, capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stderr) == (0, "")
        assert "3 loaded" in done.stdout
        for worker in workers:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        began = time.monotonic()
        again = subprocess.run([*command, *asked], cwd=tmp_path, env=ENV, capture_output=True, text=True, timeout=120)
    assert again.returncode == 2
    assert "no workers" in again.stderr
    assert time.monotonic() - began < 60
