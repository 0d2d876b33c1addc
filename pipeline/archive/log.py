"""The log of an archive: JSON lines that are only ever appended, each on the disk before the next is thought of.

A run that is killed while it writes leaves a torn last line at most. Reading leaves it out; the next run that holds the
lock cuts it off. The log goes on in a new file when one is full.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Record = dict[str, Any]
_FULL = 16 * 2**20


class ArchiveError(Exception):
    """The archive cannot be used; `str()` is one line that says what, where and what to do."""


class Log:
    """The numbered files under `log/`."""

    def __init__(self, folder: Path) -> None:
        """Work in an archive's folder."""
        self.folder = folder / "log"
        self._seq = 0

    def read(self) -> Iterator[Record]:
        """All records in order. Raises `ArchiveError` for a line that cannot be read and is not the torn last one."""
        files = self._files()
        for file in files:
            lines = file.read_bytes().split(b"\n")
            for number, line in enumerate(lines[:-1], start=1):
                try:
                    record = json.loads(line)
                    seq = record["seq"]
                except (ValueError, KeyError, TypeError):
                    raise ArchiveError(
                        f"{file}: line {number} is damaged; restore this file from a backup of the archive"
                    ) from None
                if seq != self._seq + 1:
                    raise ArchiveError(
                        f"{file}: line {number} has number {seq}, {self._seq + 1} was expected; restore the files of "
                        f"{self.folder} from a backup"
                    )
                self._seq = seq
                yield record
            if lines[-1] and file != files[-1]:
                raise ArchiveError(f"{file}: the last line is torn, and the log went on; restore it from a backup")

    def repair(self) -> None:
        """Cut off the line at which a killed run was writing. To be called under the lock only."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for file in self._files()[-1:]:
            whole = file.read_bytes().rfind(b"\n") + 1
            if whole != file.stat().st_size:
                with file.open("r+b") as stream:
                    stream.truncate(whole)
                    os.fsync(stream.fileno())

    def append(self, record: Record) -> Record:
        """Write one record, with the next number, and wait until it is on the disk. Reading everything comes first."""
        numbered = {"seq": self._seq + 1, **record}
        line = json.dumps(numbered, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        handle = os.open(self._open_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            written = os.write(handle, line)
            if written != len(line):
                os.ftruncate(handle, os.fstat(handle).st_size - written)
                raise OSError(28, "no space left for the log of the archive")
            os.fsync(handle)
        finally:
            os.close(handle)
        self._seq += 1
        return numbered

    def _open_file(self) -> Path:
        files = self._files()
        if files and files[-1].stat().st_size < _FULL:
            return files[-1]
        return self.folder / f"{int(files[-1].stem) + 1 if files else 1:06d}.jsonl"

    def _files(self) -> list[Path]:
        return sorted(file for file in self.folder.glob("*.jsonl") if file.stem.isdigit())
