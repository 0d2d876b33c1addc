"""What a look at a source gives, event by event."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol


class SourceError(Exception):
    """A source cannot be looked at; `str()` is one line that says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Version:
    """How a server or file system names what it holds: enough to ask whether it changed."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that is new, or may have changed, with its bytes."""

    address: str
    name: str
    open: Callable[[], BinaryIO]
    version: Version = Version()
    status: int | None = None
    final: str | None = None
    """Where redirects led."""
    content_type: str | None = None
    page: str | None = None
    title: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A file that is as it was."""

    address: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that could not be fetched."""

    address: str
    what: str
    listing: bool = False
    """A page that leads to files: others may have been missed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that would be fetched: what a dry run gives."""

    address: str
    name: str


Event = Fetched | Unchanged | Failed | Listed
Known = Mapping[str, Version]
"""Version by address, of the addresses whose bytes the archive holds."""


class Source(Protocol):
    """A place that files come from."""

    name: str
    kind: str
    floor: float | None

    @property
    def most_bytes(self) -> int:
        """How large a file may be."""
        ...

    def look(self, known: Known, dry: bool, spool: Path) -> Iterator[Event]:
        """Meet every file; what must lie somewhere for a while lies in the folder `spool`.

        Raises `SourceError` where the place cannot be looked at, also in the middle.
        """
        ...
