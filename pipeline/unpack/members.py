"""What is asked of every member of every kind of archive, and how much one archive may hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import regex

from parsers.reasons import Reason, UnreadableError
from pipeline.offers import Refusal

MAX_DEPTH = 3
"""Archives in archives."""
MAX_MEMBERS = 5_000
MAX_TOTAL = 2 * 2**30
"""Bytes of all members together, those of inner archives included."""
MAX_MEMBER = 256 * 2**20
MAX_RATIO = 300
RATIO_COUNTS_FROM = 8 * 2**20

_LITTER = frozenset({"thumbs.db", ".ds_store", "desktop.ini"})
_DRIVE = regex.compile(r"[A-Za-z]:")
_CONTROL = regex.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its decoded path there, where its bytes were written, or why they were not."""

    name: str
    path: Path
    refusal: Refusal | None = None


@dataclass(slots=True)
class Budget:
    """What is left for one archive and all that are nested in it."""

    members: int = 0
    total: int = 0
    folders: int = 0

    def folder(self, room: Path) -> Path:
        """A new folder of our own naming."""
        self.folders += 1
        used = sum(1 for _ in room.iterdir())
        made = room / f"{used + 1}"
        made.mkdir()
        return made

    def announce(self, members: int, total: int) -> None:
        """Refuse an archive whose list alone says that it holds too much, before anything of it is unpacked."""
        self.members += members
        self.total += total
        if self.members > MAX_MEMBERS:
            raise UnreadableError(
                Reason.TOO_LARGE, f"the archive lists {self.members:,} files; the limit is {MAX_MEMBERS:,}"
            )
        if self.total > MAX_TOTAL:
            raise UnreadableError(
                Reason.TOO_LARGE,
                f"unpacked, the archive has {self.total // 2**20:,} MB; the limit is {MAX_TOTAL // 2**20:,} MB",
            )


def is_litter(name: str) -> bool:
    """What operating systems leave in archives: no document of anybody."""
    parts = name.replace("\\", "/").split("/")
    return "__MACOSX" in parts[:-1] or parts[-1].lower() in _LITTER


def why_unsafe(name: str) -> Refusal | None:
    """Why a name is refused: it leads out of the archive, or is no name."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        return Refusal(Reason.UNSAFE_MEMBER, f"an absolute path in an archive: {printable(name)}")
    if ".." in parts:
        return Refusal(Reason.UNSAFE_MEMBER, f"a path that leads out of its archive: {printable(name)}")
    if _CONTROL.search(name) or not parts[-1]:
        return Refusal(Reason.UNSAFE_MEMBER, f"a name with control characters in an archive: {printable(name)}")
    return None


def why_too_large(size: int, packed: int) -> Refusal | None:
    """Why a member is refused by its sizes."""
    if size > MAX_MEMBER:
        return Refusal(Reason.TOO_LARGE, f"{size // 2**20:,} MB unpacked; the limit is {MAX_MEMBER // 2**20} MB a file")
    if size > RATIO_COUNTS_FROM and size > MAX_RATIO * max(packed, 1):
        return Refusal(
            Reason.TOO_LARGE, f"would grow from {packed:,} to {size:,} bytes: this looks like a decompression bomb"
        )
    return None


def locked() -> Refusal:
    """A member that needs a password."""
    return Refusal(Reason.ENCRYPTED, "the file in the archive needs a password: ask for an open copy")


def link() -> Refusal:
    """A member that is a link, a device or a pipe."""
    return Refusal(Reason.UNSAFE_MEMBER, "a link or special file in an archive")


def printable(name: str) -> str:
    """A name on one line."""
    return _CONTROL.sub("�", name)[:200]
