"""Which files a call offers: files and folders, walked in a fixed order, links followed once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fnmatch import fnmatch
from pathlib import Path

from parsers.reasons import Reason

IGNORE_FILE = ".jixiaoignore"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the archive knows of a file that it keeps."""

    sha256: str
    order: int
    """Its place among all that was ever fetched."""
    current: int
    """The place at which its address came to hold it last: later than `order` where a correction was taken back."""
    first: datetime
    last: datetime
    source: str
    page_uri: str | None = None
    page_title: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason code with its words, and the format as far as it is known."""

    reason: Reason
    words: str
    format: str = "unknown"


@dataclass(frozen=True, slots=True)
class Offer:
    """A file to be read: where its bytes lie, and where they came from."""

    path: Path
    address: str = ""
    """Where the file was published, or its place inside an archive; empty where it is read from where it lies."""
    name: str = ""
    """The name under which it was published; empty where it is that of `path`."""
    kept: Kept | None = None
    """Set where the bytes lie in the archive."""
    refusal: Refusal | None = None
    """Why its bytes are not read at all: an archive, whose members are offered; a member that is not safe to unpack."""

    @property
    def source_uri(self) -> str:
        """The address of the publication, else that of the file."""
        return self.address or self.path.absolute().as_uri()

    @property
    def source_file(self) -> str:
        """The name of the file, as text."""
        return self.name or readable(self.path)


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file that the .jixiaoignore of its folder, or of one above it, leaves out."""

    path: Path


def offers(paths: list[Path], room: Path) -> Iterator[Offer | Ignored]:
    """Every file under the paths, and in archives among them, which are unpacked into `room`, a private folder.

    Raises `FileNotFoundError` for a path that does not exist.
    """
    yield from unpacked(on_disk(paths), room)


def unpacked(offered: Iterable[Offer | Ignored], room: Path) -> Iterator[Offer | Ignored]:
    """The files, each archive with those in it, which share what is known of it: where and when it was published."""
    from pipeline.unpack import opened

    for offer in offered:
        if isinstance(offer, Offer):
            yield from opened(offer, room)
        else:
            yield offer


def on_disk(paths: list[Path]) -> Iterator[Offer | Ignored]:
    """Every file under the paths, by name. Raises `FileNotFoundError` for a path that does not exist.

    A folder's .jixiaoignore holds for all below it, also where the walk begins further down; a file that is named
    itself is always offered.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"{path}: no such file or folder")
        if path.is_dir():
            above = [pattern for parent in path.absolute().parents for pattern in _patterns(parent)]
            yield from _walk(path, above, seen)
        else:
            yield Offer(path)


def _walk(folder: Path, patterns: list[str], seen: set[tuple[int, int]]) -> Iterator[Offer | Ignored]:
    status = folder.stat()
    if (status.st_dev, status.st_ino) in seen:  # a loop of links
        return
    seen.add((status.st_dev, status.st_ino))
    patterns = patterns + _patterns(folder)
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = Path(entry.path)
        if entry.name == IGNORE_FILE:
            continue
        if any(fnmatch(entry.name, pattern) for pattern in patterns):
            yield Ignored(path)
        elif path.is_dir():
            yield from _walk(path, patterns, seen)
        else:
            yield Offer(path)


def _patterns(folder: Path) -> list[str]:
    file = folder / IGNORE_FILE
    if not file.is_file():
        return []
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def readable(path: Path) -> str:
    """The name of a file as text, also where the file system holds bytes that are no UTF-8 (GBK names)."""
    raw = os.fsencode(path.name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def digest(path: Path) -> str | None:
    """SHA-256 of the bytes of a regular file; None where it cannot be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
