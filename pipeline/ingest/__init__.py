"""One ingest: offer files, parse what is new, load whole batches, publish.

Every file offered has a row in `raw.file`. The row is written before work on the file starts and ends in one state
with a reason code. A batch is one transaction, so the warehouse holds whole reports only, whenever a run is killed.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.ingest.summary import Summary
from pipeline.ingest.taking import Taking, Watch
from pipeline.ingest.work import ended, scan
from pipeline.offers import Ignored, Offer, offers
from pipeline.workers import Limits, LocalPool, Pool
from warehouse.check import check, outdated
from warehouse.create import is_current
from warehouse.memory import bound
from warehouse.publish import building, open_read_only

__all__ = ["Summary", "ingest"]


def ingest(
    paths: list[Path],
    db: Path,
    workers: int | Pool,
    limits: Limits | None = None,
    watch: Watch | None = None,
    check_folders: list[Path] | None = None,
    watch_checks: Watch | None = None,
) -> Summary:
    """Take files and folders into the warehouse at `db`. Offering the same bytes again changes nothing.

    `workers` is how many processes of this machine parse, each file within `limits`, or a pool that stands already.

    Raises `FileNotFoundError` for a path that does not exist and `BusyError` where another run is writing.
    """
    with TemporaryDirectory(prefix="jixiao-unpacked-") as room:
        return _ingest(offers(paths, Path(room)), db, workers, limits, watch, check_folders, watch_checks)


def _ingest(
    offered: Iterable[Offer | Ignored],
    db: Path,
    workers: int | Pool,
    limits: Limits | None,
    watch: Watch | None,
    check_folders: list[Path] | None,
    watch_checks: Watch | None,
) -> Summary:
    began = datetime.now(UTC)
    summary = Summary(str(db))
    found = list(scan(offered, summary))
    exists = db.exists()
    published, current = _published(db, check_folders or []) if exists else (set(), False)
    work = any(item.file_id not in published for item in found) or not exists
    if work or not current:  # new views and changed checks come to the warehouse also where no file is new
        with building(db) as run:
            bound(run.con)
            if work:
                taking = Taking(run.con, summary, began)
                with LocalPool(workers, limits) if isinstance(workers, int) else nullcontext(workers) as pool:
                    taking.take(found, pool, watch or (lambda done, of: None))
                taking.log()
            bound(run.con)  # there are more reports now
            checked = check(run.con, check_folders or [], watch_checks)
            summary.findings, summary.broken_checks = checked.findings, checked.problems
            run.publish()
    if not work:
        summary.known = len(found)
    summary.seconds = (datetime.now(UTC) - began).total_seconds()
    return summary


def _published(db: Path, check_folders: list[Path]) -> tuple[set[str], bool]:
    """Files that the published version has ended with, by id, and whether its views and checks are those of now."""
    with open_read_only(db) as con:
        return ended(con), is_current(con) and not outdated(con, check_folders)
