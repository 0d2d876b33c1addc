"""The archive: every byte ever fetched, with where and when. It grows; nothing in it is changed or removed.

    archive/blobs/ab/<sha256>   the bytes, read-only
    archive/log/000001.jsonl    what was fetched from where, what each look at a source found, the runs
    archive/lock                held by the one run that writes

The warehouse is a function of the archive, the parsers, the registry and what people decided (marks, releases): it can
be made anew from them at any time.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline.archive.blobs import Blob, Blobs, Readable, TooLargeError
from pipeline.archive.log import ArchiveError, Log, Record
from pipeline.archive.state import State
from pipeline.offers import Kept, Offer

__all__ = ["Archive", "ArchiveError", "LockedError", "TooLargeError", "now", "reading", "writing"]


class LockedError(Exception):
    """Another run holds the archive."""


class Archive:
    """An archive, as of its last record."""

    def __init__(self, folder: Path) -> None:
        """Read the log. Raises `ArchiveError` where it is damaged."""
        self.folder = folder
        self.blobs, self.log, self.state = Blobs(folder), Log(folder), State()
        for record in self.log.read():
            self.state.fold(record)

    def put(self, stream: Readable, most: int) -> Blob:
        """Keep bytes; they belong to no address until a record says so."""
        return self.blobs.put(stream, most)

    def record(self, kind: str, at: datetime, **fields: object) -> Record:
        """Write down what happened."""
        record = self.log.append({"kind": kind, "at": at.isoformat(), **fields})
        self.state.fold(record)
        return record

    def lost(self) -> list[str]:
        """Addresses whose bytes are not there any more."""
        return [a.held.address for a in self.state.addresses.values() if not self.blobs.path(a.held.sha256).exists()]

    def offers(self) -> list[Offer]:
        """Everything that was ever fetched, in order, as files to be read."""
        offered = []
        for held in self.state.in_order():
            last = self.state.last_seen(held)
            kept = Kept(
                held.sha256, held.order, held.current, held.first, last, held.source, held.page_uri, held.page_title,
                held.published,
            )  # fmt: skip
            offered.append(Offer(self.blobs.path(held.sha256), held.address, held.name, kept))
        return offered


def reading(folder: Path) -> Archive:
    """The archive as it is now; a run may go on writing to it."""
    return Archive(folder)


@contextmanager
def writing(folder: Path) -> Iterator[Archive]:
    """Hold the archive for one run, creating it where there is none.

    Raises `LockedError` where another run holds it. What a killed run left half written is cleared away.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("a")
    except OSError as error:
        raise ArchiveError(f"{folder}: {error.strerror}; check the path and who may write there") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(f"{folder}: another run is at work on this archive") from None
        Log(folder).repair()
        archive = Archive(folder)
        archive.blobs.clear_growing()
        yield archive


def now() -> datetime:
    """This moment in UTC, without a zone, as the log and the warehouse keep it."""
    return datetime.now(UTC).replace(tzinfo=None)
