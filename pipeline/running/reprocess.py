"""Makes a warehouse anew from its archive, with the parsers and checks of today, and shows what that changes.

What people decided is carried over: marks of findings and releases from quarantine; so is the log of runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import duckdb

from pipeline.archive import Archive, now, writing
from pipeline.ingest.taking import Watch
from pipeline.offers import Offer
from pipeline.running.building import log_runs, take_in
from pipeline.running.settings import RunSettings
from pipeline.running.summary import RunSummary
from warehouse.compare import Difference, differences, lost_documents
from warehouse.publish import rebuilding

_CARRIED = ("mark", "released", "run")


@dataclass(slots=True)
class Reprocessed:
    """A warehouse made anew, beside the published one."""

    summary: RunSummary
    differences: list[Difference] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    """Addresses of loaded files that neither the archive nor their own folder holds any more."""
    published: Path | None = None

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "published": self.published is not None, "lost_documents": self.lost,
            "differences": {
                d.kind: {
                    "added": d.added, "lost": d.lost, "changed": d.changed,
                    "examples": [
                        {"source_file": e.source_file, "what": e.what, "before": e.before, "after": e.after}
                        for e in d.examples
                    ],
                }
                for d in self.differences
            },
            "summary": self.summary.as_dict(),
        }  # fmt: skip


def reprocess(settings: RunSettings, publish: Callable[[Reprocessed], bool], watch: Watch | None = None) -> Reprocessed:
    """Build anew, and swap the new version in where `publish` says so of what it changes.

    Raises `LockedError` or `BusyError` where another run is at work.
    """
    with writing(settings.archive) as archive, rebuilding(settings.db) as built:
        began = now()
        summary = RunSummary(began.strftime("%Y%m%dT%H%M%S.%f"), str(settings.db), began)
        _carry(built.con)
        offered = [*archive.offers(), *_elsewhere(built.con, archive)]
        take_in(built.con, offered, settings, summary, watch or (lambda done, of: None))
        done = Reprocessed(summary, differences(built.con), lost_documents(built.con))
        if publish(done):
            summary.ended = now()
            log_runs(built.con, archive, summary, "reprocess")
            built.con.execute("DETACH before")
            done.published = built.publish()
        return done


def _carry(con: duckdb.DuckDBPyConnection) -> None:
    """Take over what no archive holds."""
    known = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'before' AND schema_name = 'core'"
    ).fetchall()
    for table in _CARRIED:
        if (table,) in known:
            con.execute(f"INSERT INTO core.{table} BY NAME SELECT * FROM before.core.{table}")


def _elsewhere(con: duckdb.DuckDBPyConnection, archive: Archive) -> Iterator[Offer]:
    """Files that `jixiao ingest` took from where they lie, as long as they lie there unchanged."""
    rows = con.execute(
        "SELECT source_uri, source_file, sha256 FROM before.raw.file WHERE source_uri LIKE 'file:%' "
        "ORDER BY offered_order"
    ).fetchall()
    for address, name, sha256 in rows:
        if (address, sha256) not in archive.state.held and (path := file_of(address, sha256)) is not None:
            yield Offer(path, address, name)


def file_of(address: str, sha256: str) -> Path | None:
    """The file at a file: address, where it still holds these bytes."""
    path = Path(unquote_to_bytes(urlsplit(address).path).decode("utf-8", "surrogateescape"))
    try:
        with path.open("rb") as file:
            return path if hashlib.file_digest(file, "sha256").hexdigest() == sha256 else None
    except OSError:
        return None
