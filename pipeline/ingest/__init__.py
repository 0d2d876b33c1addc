"""One ingest: offer files, parse what is new, load whole batches, publish.

Every file offered has a row in `raw.file`. The row is written before work on the file starts and ends in one state
with a reason code. A batch is one transaction, so the warehouse holds whole reports only, whenever a run is killed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pipeline.ingest.summary import Summary
from pipeline.ingest.taking import Taking, Watch
from pipeline.ingest.work import ended, scan
from pipeline.offers import offers
from pipeline.workers import Limits
from warehouse.check import check
from warehouse.create import is_current
from warehouse.publish import building, open_read_only

__all__ = ["Summary", "ingest"]


def ingest(
    paths: list[Path],
    db: Path,
    workers: int,
    limits: Limits | None = None,
    watch: Watch | None = None,
    check_folders: list[Path] | None = None,
) -> Summary:
    """Take files and folders into the warehouse at `db`. Offering the same bytes again changes nothing.

    Raises `FileNotFoundError` for a path that does not exist and `BusyError` where another run is writing.
    """
    began = datetime.now(UTC)
    limits = limits or Limits()
    summary = Summary(str(db))
    found = list(scan(offers(paths), summary))
    exists = db.exists()
    published, current = _published(db) if exists else (set(), False)
    work = any(item.file_id not in published for item in found) or not exists
    if work or not current:  # views of a new version come to the warehouse also where no file is new
        with building(db) as run:
            if work:
                taking = Taking(run.con, summary, began)
                taking.take(found, workers, limits, watch or (lambda done, of: None))
                taking.log()
            checked = check(run.con, check_folders or [])
            summary.findings, summary.broken_checks = checked.findings, checked.problems
            run.publish()
    if not work:
        summary.known = len(found)
    summary.seconds = (datetime.now(UTC) - began).total_seconds()
    return summary


def _published(db: Path) -> tuple[set[str], bool]:
    """Files that the published version has ended with, by id, and whether its views are those of this version."""
    with open_read_only(db) as con:
        return ended(con), is_current(con)
