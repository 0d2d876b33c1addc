"""One scheduled pass: look at every source, fetch what is new, take it in, check, publish.

It may be killed at any moment. What was fetched is in the archive, and the log says so; the copy of the warehouse on
which it worked is gone on with or made anew; what readers see changes in one step at the end, or not at all.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import duckdb

from pipeline.archive import Archive, now, writing
from pipeline.ingest.taking import Watch
from pipeline.running.building import log_runs, patiently, take_in
from pipeline.running.floors import look_drop, published_drops, year_drops
from pipeline.running.looking import Looking
from pipeline.running.metrics import write_metrics
from pipeline.running.settings import RunSettings
from pipeline.running.summary import RunSummary
from warehouse.publish import Building, open_read_only

_LOG = logging.getLogger(__name__)
_ITS_ROW = "SELECT ended, summary FROM core.run WHERE run_id = ? AND state = 'ended'"
_BY_STATUS = "SELECT status, count(*) FROM main.document GROUP BY ALL ORDER BY ALL"


def run(
    settings: RunSettings, only: Collection[str] = (), accepted: Collection[str] = (), watch: Watch | None = None
) -> RunSummary:
    """Make one pass over the sources, or over those named in `only`.

    Raises `LockedError` where another pass is at work, `ArchiveError` where the archive cannot be used, `BusyError`
    where somebody else keeps writing to the warehouse.
    """
    with writing(settings.archive) as archive:
        _settle_last(archive, settings.db)
        began = now()
        summary = RunSummary(began.strftime("%Y%m%dT%H%M%S.%f"), str(settings.db), began, accepted=sorted(accepted))
        archive.record("run", began, run=summary.run_id)
        _LOG.info("run %s begins", summary.run_id)
        try:
            _pass(settings, archive, summary, only, watch or (lambda done, of: None))
        except BaseException as error:
            summary.state = "failed"
            summary.broke.append(" ".join(f"{type(error).__name__}: {error}".split()))
            with suppress(OSError):
                _end(settings, archive, summary)
            raise
        _end(settings, archive, summary)
        return summary


def _pass(settings: RunSettings, archive: Archive, summary: RunSummary, only: Collection[str], watch: Watch) -> None:
    for address in archive.lost():
        summary.broke.append(f"{address}: its bytes are missing from the archive; they are fetched again")
    for source in settings.sources:
        if only and source.name not in only:
            continue
        looking = Looking(archive, source, summary.run_id)
        looked = looking.look()
        summary.sources.append(looked)
        drop = look_drop(settings, looked, archive.state.looks.get(source.name, ()), summary.began)
        waived = source.name in summary.accepted
        if drop is not None and not waived:
            summary.floors.append(drop.words)
        looking.remember(good=drop is None or waived, accepted=waived)
        _LOG.info("%s: %d found, %d new, %d changed, %d failed", source.name, looked.found, looked.new, looked.changed,
                  looked.failed)  # fmt: skip
    if summary.floors:
        summary.state = "failed"
        return
    with patiently(settings.db, settings.wait) as built:
        take_in(built.con, archive.offers(), settings, summary, watch)
        _hold_floors(built, settings, summary)
        if summary.state == "failed":
            built.discard()
            return
        summary.ended = now()
        log_runs(built.con, archive, summary)
        version = built.publish()
    _LOG.info("published as %s", version.name)


def _hold_floors(built: Building, settings: RunSettings, summary: RunSummary) -> None:
    """Fail where this pass would be the first to publish a drop that nobody accepted."""
    with open_read_only(settings.db) as con:
        before = published_drops(con, settings)
    for drop in year_drops(built.con, settings, summary.began.date()):
        if before is None:
            _LOG.warning("%s; a first pass has nothing to be held against", drop.words)
        elif (drop.source, drop.year) not in before and drop.source not in summary.accepted:
            summary.floors.append(drop.words)
            summary.state = "failed"


def _settle_last(archive: Archive, db: Path) -> None:
    """A run that was killed after it had published did end: its summary stands in what it published."""
    last = list(archive.state.runs.values())[-1:]
    if not last or last[0].ended is not None or not db.exists():
        return
    row = None
    with open_read_only(db) as con, suppress(duckdb.BinderException):  # an older version wrote no such rows
        row = con.execute(_ITS_ROW, [last[0].run_id]).fetchone()
    if row is not None:
        ended: datetime = row[0]
        archive.record("end", ended, run=last[0].run_id, summary=json.loads(row[1]))


def _end(settings: RunSettings, archive: Archive, summary: RunSummary) -> None:
    """Write down how the run ended: in the log, in the file for people and scripts, and for Prometheus."""
    summary.ended = summary.ended or now()
    summary.write(settings.summary or archive.folder / "last-run.json")
    documents, published_at = _published(settings.db)
    if settings.metrics is not None:
        write_metrics(settings.metrics, summary, documents, published_at)
    archive.record("end", summary.ended, run=summary.run_id, summary=summary.as_dict())
    _LOG.info("run %s ends with status %d", summary.run_id, summary.exit_status)


def _published(db: Path) -> tuple[dict[str, int], float | None]:
    """Files by status in the published warehouse, and when it was published."""
    if not db.exists():
        return {}, None
    try:
        with open_read_only(db) as con:
            counts = dict(con.execute(_BY_STATUS).fetchall())
    except duckdb.Error:
        return {}, None
    return counts, db.resolve().stat().st_mtime
