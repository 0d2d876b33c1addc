"""The part of a pass that changes the warehouse: take in what the archive holds, check, hold the floors, publish."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from pipeline import __version__
from pipeline.archive import Archive
from pipeline.archive.state import RunRecord
from pipeline.ingest.summary import ENDED, Summary
from pipeline.ingest.taking import Taking, Watch
from pipeline.ingest.work import scan
from pipeline.offers import Ignored, Offer, unpacked
from pipeline.running.settings import RunSettings
from pipeline.running.summary import SEVERITIES, RunSummary
from pipeline.workers import opened
from warehouse.check import check
from warehouse.load import append, transaction
from warehouse.memory import bound
from warehouse.publish import Building, BusyError, building

_PAUSE = 0.5
_BY_SEVERITY = "SELECT severity, count(*) FROM core.finding {where} GROUP BY severity"


@contextmanager
def patiently(target: Path, seconds: float) -> Iterator[Building]:
    """A run on the warehouse; somebody who writes to it is given time to end. Raises `BusyError` after that."""
    target.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + seconds
    while True:
        context = building(target)
        try:
            run = context.__enter__()
            break
        except BusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
    try:
        yield run
    except BaseException as error:
        if not context.__exit__(type(error), error, error.__traceback__):
            raise
    else:
        context.__exit__(None, None, None)


def take_in(
    con: duckdb.DuckDBPyConnection,
    offered: Iterable[Offer | Ignored],
    settings: RunSettings,
    summary: RunSummary,
    watch: Watch,
) -> None:
    """Bring the copy of the warehouse up to date with the files, and check it."""
    summary.taken = Summary(summary.db)
    con.execute("CREATE OR REPLACE TEMP TABLE finding_before AS SELECT finding_id FROM core.finding")
    taking = Taking(con, summary.taken, summary.began)
    bound(con)
    with (
        TemporaryDirectory(prefix="jixiao-unpacked-") as room,
        opened(settings.workers, settings.limits, settings.cluster) as pool,
    ):
        taking.take(list(scan(unpacked(offered, Path(room)), summary.taken)), pool, watch)
    bound(con)  # there are more reports now
    checked = check(con, settings.checks)
    summary.taken.findings, summary.taken.broken_checks = checked.findings, checked.problems
    summary.findings = _by_severity(con, "")
    summary.findings_new = _by_severity(con, "WHERE finding_id NOT IN (FROM finding_before)")


def _by_severity(con: duckdb.DuckDBPyConnection, where: str) -> dict[str, int]:
    found = dict(con.execute(_BY_SEVERITY.format(where=where)).fetchall())
    return {severity: found.get(severity, 0) for severity in SEVERITIES}


def log_runs(con: duckdb.DuckDBPyConnection, archive: Archive, summary: RunSummary, kind: str = "run") -> None:
    """Bring `core.run` up to date with the log of the archive: this run, and those that did not get to publish."""
    known = {row[0] for row in con.execute("SELECT run_id FROM core.run").fetchall()}
    rows = [_row(run) for run in archive.state.runs.values() if run.ended is None or run.run_id not in known]
    rows = [row for row in rows if row["run_id"] != summary.run_id]
    rows.append(_ended(kind, summary.began, summary.as_dict()))
    with transaction(con):
        con.execute("DELETE FROM core.run WHERE run_id IN (SELECT unnest(?))", [[row["run_id"] for row in rows]])
        append(con, {"core.run": rows})


def _row(run: RunRecord) -> dict[str, Any]:
    if run.summary is not None:
        return _ended("run", run.began, run.summary)
    words = "the run was stopped before its end; what it fetched is in the archive"
    return {"run_id": run.run_id, "kind": "run", "state": "interrupted", "started": run.began, "words": words}


def _ended(kind: str, began: datetime, told: dict[str, Any]) -> dict[str, Any]:
    return {
        "run_id": told["run_id"], "kind": kind, "state": told["state"], "exit_status": told["exit_status"],
        "started": began, "ended": told["ended"], "offered": told["found"], "new_files": told["new"],
        "changed_files": told["changed"], "failed_files": told["failed"], "ignored": 0,
        **{name: told[name] for name in ENDED}, "parser_version": __version__, "words": told["words"],
        "summary": json.dumps(told, ensure_ascii=False),
    }  # fmt: skip
