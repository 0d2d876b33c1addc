"""A folder: every file below it that its globs want, as long as nobody is writing to it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.offers import Ignored, Offer, on_disk, readable
from pipeline.sources.events import Event, Failed, Fetched, Known, Listed, SourceError, Unchanged, Version
from pipeline.sources.patterns import wanted


@dataclass(frozen=True, slots=True)
class Folder:
    """`kind = "folder"` in jixiao.toml."""

    name: str
    path: Path
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    floor: float | None = None
    most_mb: int = 256
    kind: str = "folder"

    @property
    def most_bytes(self) -> int:
        """How large a file may be."""
        return self.most_mb * 2**20

    def look(self, known: Known, dry: bool, spool: Path) -> Iterator[Event]:
        """Meet every file; one whose size and times are as they were is not read again."""
        if not self.path.is_dir():
            raise SourceError(f"{self.path}: no such folder; is it mounted?")
        try:
            for offer in on_disk([self.path]):
                if not isinstance(offer, Ignored) and wanted(self._inside(offer.path), self.include, self.exclude):
                    yield _event(offer, known, dry)
        except OSError as error:
            raise SourceError(f"{error.filename or self.path}: {error.strerror}; check who may read there") from error

    def _inside(self, path: Path) -> str:
        relative = path.relative_to(self.path)
        return "/".join(readable(Path(part)) for part in relative.parts)


def _event(offer: Offer, known: Known, dry: bool) -> Event:
    address = offer.source_uri
    if not offer.path.is_file():
        what = "a dead link" if offer.path.is_symlink() else "not a regular file"
        return Failed(address, what)
    try:
        version = _version(offer.path)
    except OSError as error:
        return Failed(address, f"{error.strerror}")
    if known.get(address) == version:
        return Unchanged(address)
    return Listed(address, offer.source_file) if dry else Fetched(
        address, offer.source_file, lambda: _open(offer.path, version), version
    )  # fmt: skip


def _version(path: Path) -> Version:
    # the time of the last change of the inode cannot be set back: a correction that keeps its time is seen
    status = path.stat()
    return Version(f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}")


def _open(path: Path, version: Version) -> BinaryIO:
    return _Steady(path, version)  # type: ignore[return-value]


class _Steady:
    """A file that must not change while it is read."""

    def __init__(self, path: Path, version: Version) -> None:
        self.path, self.version = path, version
        self.file = path.open("rb")

    def read(self, size: int) -> bytes:
        piece = self.file.read(size)
        if not piece and _version(self.path) != self.version:
            raise OSError(errno.EAGAIN, "it changed while it was read; the next run takes it")
        return piece

    def close(self) -> None:
        self.file.close()
