"""The bytes themselves: one read-only file for each content, named by its SHA-256; nothing is ever overwritten."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_PIECE = 2**20


class Readable(Protocol):
    """Whatever gives bytes piece by piece."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


class TooLargeError(Exception):
    """A file is larger than its source allows."""


@dataclass(frozen=True, slots=True)
class Blob:
    """What was stored."""

    sha256: str
    size: int


class Blobs:
    """The files under `blobs/`, and `tmp/` in which they grow."""

    def __init__(self, folder: Path) -> None:
        """Work in an archive's folder."""
        self.folder, self.growing = folder / "blobs", folder / "tmp"

    def path(self, sha256: str) -> Path:
        """Where the bytes with this digest lie."""
        return self.folder / sha256[:2] / sha256

    def put(self, stream: Readable, most: int) -> Blob:
        """Keep what the stream holds. Raises `TooLargeError` beyond `most` bytes; nothing is kept then."""
        self.growing.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(dir=self.growing)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                while piece := stream.read(_PIECE):
                    size += len(piece)
                    if size > most:
                        raise TooLargeError(f"larger than the limit of {most / 2**20:g} MB")
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o444)
            self._settle(temporary, Blob(digest.hexdigest(), size))
        finally:
            temporary.unlink(missing_ok=True)
        return Blob(digest.hexdigest(), size)

    def _settle(self, temporary: Path, blob: Blob) -> None:
        path = self.path(blob.sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not self.is_whole(blob.sha256):
            # a disk that lost bytes: the damaged file stays under another name, the whole one takes its place
            os.replace(path, path.with_name(f"{path.name}.damaged"))
        if not path.exists():
            os.replace(temporary, path)

    def is_whole(self, sha256: str) -> bool:
        """Whether the file holds the bytes that its name promises."""
        with self.path(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def everything(self) -> Iterator[str]:
        """The digests of all that is kept."""
        for path in sorted(self.folder.glob("??/*")):
            if len(path.name) == 64:
                yield path.name

    def clear_growing(self) -> None:
        """Remove what a killed run left half written."""
        if self.growing.is_dir():
            for path in self.growing.iterdir():
                path.unlink(missing_ok=True)
