"""One look at one source: what it gives goes into the archive, which decides by the content what is new."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from pipeline.archive import Archive, TooLargeError, now
from pipeline.sources.events import Failed, Fetched, Known, Listed, Source, SourceError, Unchanged, Version

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Looked:
    """What a look found."""

    source: str
    kind: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    complete: bool = True
    """False where the source, or a page that leads to files, could not be read: files may have been missed."""
    broke: list[str] = field(default_factory=list)
    """What could not be fetched, and why."""

    @property
    def found(self) -> int:
        """Files that are there."""
        return self.new + self.changed + self.unchanged

    def as_dict(self) -> dict[str, Any]:
        """For the summary."""
        return {
            "source": self.source, "kind": self.kind, "found": self.found, "new": self.new, "changed": self.changed,
            "unchanged": self.unchanged, "failed": self.failed, "complete": self.complete, "broke": self.broke,
        }  # fmt: skip


def known_addresses(archive: Archive, source: Source) -> dict[str, Version]:
    """What the archive holds of a source; what it lost is left out, so that it is fetched again."""
    return {
        address: Version(held.etag, held.modified)
        for address, held in archive.state.addresses.items()
        if held.held.source == source.name and archive.blobs.path(held.held.sha256).exists()
    }


def listed(archive: Archive, source: Source) -> list[Listed | Failed]:
    """What a look would fetch; nothing is fetched or written but the pages that list it."""
    found: list[Listed | Failed] = []
    try:
        for event in source.look(known_addresses(archive, source), True, archive.blobs.growing):
            if isinstance(event, Listed | Failed):
                found.append(event)
    except SourceError as error:
        found.append(Failed(source.name, str(error), listing=True))
    return found


class _Guarded:
    """The bytes of a file; what its source does wrong is told from what the archive's disk does wrong."""

    def __init__(self, event: Fetched) -> None:
        self.event = event
        self.stream: BinaryIO | None = None

    def read(self, size: int) -> bytes:
        """The next piece. Raises `SourceError`."""
        try:
            if self.stream is None:
                self.stream = self.event.open()
            piece = self.stream.read(size)
            if not piece:
                self.stream.close()
        except Exception as error:  # every kind of source has errors of its own
            if self.stream is not None:
                self.stream.close()
            raise SourceError(getattr(error, "strerror", None) or f"{type(error).__name__}: {error}") from error
        return piece


class Looking:
    """A look as it goes on."""

    def __init__(self, archive: Archive, source: Source, run_id: str) -> None:
        """Look for a run."""
        self.archive, self.source, self.run_id = archive, source, run_id
        self.done = Looked(source.name, source.kind)
        self.met: set[str] = set()

    def look(self) -> Looked:
        """Meet everything. What breaks is written down and costs itself alone."""
        known: Known = known_addresses(self.archive, self.source)
        try:
            for event in self.source.look(known, False, self.archive.blobs.growing):
                if isinstance(event, Fetched):
                    self._fetched(event)
                elif isinstance(event, Unchanged):
                    self.done.unchanged += 1
                    self.met.add(event.address)
                elif isinstance(event, Failed):
                    self._failed(event.address, event.what, event.listing)
        except SourceError as error:
            self._failed("", str(error), listing=True)
        return self.done

    def remember(self, good: bool, accepted: bool) -> None:
        """Write down that the look took place, and which addresses left and came back."""
        own = {a: held for a, held in self.archive.state.addresses.items() if held.held.source == self.source.name}
        left = sorted(a for a, held in own.items() if not held.gone and a not in self.met) if self.done.complete else []
        back = sorted(a for a, held in own.items() if held.gone and a in self.met)
        self.archive.record(
            "look", now(), run=self.run_id, source=self.source.name, found=self.done.found, complete=self.done.complete,
            good=good, accepted=accepted, left=left, back=back,
        )  # fmt: skip

    def _fetched(self, event: Fetched) -> None:
        try:
            blob = self.archive.put(_Guarded(event), self.source.most_bytes)
        except (TooLargeError, SourceError) as error:
            self._failed(event.address, str(error))
            return
        before = self.archive.state.addresses.get(event.address)
        self.met.add(event.address)
        if before is None:
            self.done.new += 1
        elif before.held.sha256 != blob.sha256:
            self.done.changed += 1
        else:
            self.done.unchanged += 1
            if Version(before.etag, before.modified) == event.version:
                return
        self.archive.record(
            "file", now(), run=self.run_id, source=self.source.name, address=event.address, sha256=blob.sha256,
            size=blob.size, name=event.name, etag=event.version.etag, modified=event.version.modified,
            status=event.status, final=event.final, type=event.content_type, page=event.page, title=event.title,
            published=event.published.isoformat() if event.published else None,
        )  # fmt: skip

    def _failed(self, address: str, what: str, listing: bool = False) -> None:
        self.done.failed += 1
        self.done.complete = self.done.complete and not listing
        words = f"{address}: {what}" if address else what
        self.done.broke.append(words)
        _LOG.warning("%s: %s", self.source.name, words)
