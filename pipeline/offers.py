"""Which files a call offers: files and folders, walked in a fixed order, links followed once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from parsers.reasons import Reason

IGNORE_FILE = ".jixiaoignore"


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
    """Every file under the paths, by name. Raises `FileNotFoundError` for a path that does not exist.

    An archive is offered with the files in it, which are unpacked into `room`, a private folder. A folder's
    .jixiaoignore holds for all below it, also where the walk begins further down; a file that is named itself is
    always offered.
    """
    from pipeline.unpack import opened

    for offer in _on_disk(paths):
        if isinstance(offer, Offer):
            yield from opened(offer, room)
        else:
            yield offer


def _on_disk(paths: list[Path]) -> Iterator[Offer | Ignored]:
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
