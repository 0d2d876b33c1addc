"""Members of .rar and .7z files, through `unar` where it is here, else through `bsdtar`.

`unar` gives each file on its standard output, chosen by number: no name of an archive touches the disk. `bsdtar`
unpacks into an empty folder, where it refuses absolute paths and links that lead out by itself; only plain files are
taken from there.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import regex

from parsers.reasons import Reason, UnreadableError
from pipeline.offers import Refusal
from pipeline.tools import Said, run, unpacker
from pipeline.unpack.members import MAX_MEMBER, MAX_TOTAL, Budget, Member, link, locked, why_too_large, why_unsafe

_LIST_SECONDS, _SECONDS = 30, 60
_MEMORY_MB = 2048
_SMALL = 64 * 2**20
_NAMES = "GB18030"
_LISTED = regex.compile(rb"^([a-z-])\S*\s+\d+\s+\S+\s+\S+\s+(\d+)\s+\S+\s+\S+\s+\S+\s(.*)$")
_ESCAPED = regex.compile(r"(?:\\[0-7]{3})+")


def foreign_members(path: Path, folder: Path, budget: Budget) -> Iterator[Member]:
    """Unpack the files of an archive into `folder`, named by number; what is not safe comes with its refusal."""
    tool = unpacker()
    if tool is None:
        raise UnreadableError(
            Reason.NEEDS_UNPACKER, "a rar or 7z archive; install unar (apt-get install unar) and run again"
        )
    archive = folder / "archive"
    archive.symlink_to(path.resolve())  # a name that no program takes for an option
    return _with_unar(archive, folder, budget) if tool == "unar" else _with_bsdtar(archive, folder, budget)


def _with_unar(archive: Path, folder: Path, budget: Budget) -> Iterator[Member]:
    said = run(["lsar", "-j", "-nr", "-e", _NAMES, str(archive)], folder, _LIST_SECONDS, _MEMORY_MB, _SMALL)
    listed = _listing(said)
    files = [entry for entry in listed if not entry.get("XADIsDirectory")]
    budget.announce(len(files), sum(_size(entry, "XADFileSize") for entry in files))
    for number, entry in enumerate(files, start=1):
        name, target = str(entry.get("XADFileName") or ""), folder / str(number)
        refusal = why_unsafe(name) or _why_refused(entry)
        if refusal is None:
            refusal = _unar_one(archive, int(entry.get("XADIndex", number - 1)), target, _size(entry, "XADFileSize"))
        yield Member(name, target, refusal)


def _listing(said: Said) -> list[dict[str, Any]]:
    _refuse_failure(said)
    try:
        found = json.loads(said.out.decode("utf-8", "replace"))
        entries = found["lsarContents"]
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError(Reason.DAMAGED, "the archive cannot be read: its list is damaged") from error
    if found.get("lsarError"):
        words = str(found.get("lsarErrorMessage") or f"error {found['lsarError']}")
        raise UnreadableError(Reason.DAMAGED, f"the archive is damaged or cut off: {words}")
    return [entry for entry in entries if isinstance(entry, dict)]


def _size(entry: dict[str, Any], key: str) -> int:
    value = entry.get(key)
    return max(value, 0) if isinstance(value, int) else 0


def _why_refused(entry: dict[str, Any]) -> Refusal | None:
    mode = entry.get("XADPosixPermissions")
    special = isinstance(mode, int) and stat.S_IFMT(mode) not in {0, stat.S_IFREG}
    if special or any(entry.get(key) for key in ("XADIsLink", "XADIsHardLink", "XADLinkDestination")):
        return link()
    if entry.get("XADIsEncrypted"):
        return locked()
    packed = _size(entry, "XADCompressedSize")
    return (
        why_too_large(_size(entry, "XADFileSize"), packed)
        if packed
        else why_too_large(_size(entry, "XADFileSize"), 2**40)
    )


def _unar_one(archive: Path, index: int, target: Path, size: int) -> Refusal | None:
    command = ["unar", "-q", "-nr", "-k", "skip", "-o", "-", "-i", str(archive), str(index)]
    with target.open("wb") as out:
        said = run(command, target.parent, _SECONDS, _MEMORY_MB, max(size, 1) + 4096, out)
    if said.too_slow:
        refusal = Refusal(Reason.TIME_LIMIT, f"not unpacked within {_SECONDS} seconds")
    elif said.status or target.stat().st_size != size:
        refusal = Refusal(
            Reason.DAMAGED, "the file cannot be unpacked: it is damaged, or not what the archive declares"
        )
    else:
        return None
    target.unlink(missing_ok=True)
    return refusal


def _with_bsdtar(archive: Path, folder: Path, budget: Budget) -> Iterator[Member]:
    said = run(["bsdtar", "-tvf", str(archive)], folder, _LIST_SECONDS, _MEMORY_MB, _SMALL)
    _refuse_failure(said)
    listed = [found for line in said.out.splitlines() if (found := _LISTED.match(line))]
    files = [found for found in listed if found[1] != b"d"]
    budget.announce(len(files), sum(int(found[2]) for found in files))
    inside = folder / "inside"
    inside.mkdir()
    command = ["bsdtar", "-xf", str(archive), "-C", str(inside), "--no-same-owner", "--no-same-permissions"]
    done = run(command, folder, _SECONDS, _MEMORY_MB, min(MAX_MEMBER, MAX_TOTAL))
    for found in files:
        name = _unescaped(found[3].decode("utf-8", "replace"))
        target = inside / name
        refusal = why_unsafe(name) or (link() if found[1] != b"-" else None)
        if refusal is None and not _is_plain(target, inside):
            refusal = _failure(done)
        yield Member(name, target, refusal or why_too_large(target.stat().st_size, 2**40))


def _is_plain(target: Path, inside: Path) -> bool:
    """Whether a plain file was unpacked that really lies inside the folder."""
    try:
        return stat.S_ISREG(target.lstat().st_mode) and target.resolve().is_relative_to(inside.resolve())
    except OSError:
        return False


def _unescaped(name: str) -> str:
    """bsdtar prints bytes that are no text as backslash and octal number."""
    return _ESCAPED.sub(
        lambda found: bytes(int(octal, 8) & 255 for octal in found[0].split("\\")[1:]).decode("gb18030", "replace"),
        name,
    )


def _refuse_failure(said: Said) -> None:
    if said.too_slow:
        raise UnreadableError(Reason.TIME_LIMIT, f"the archive could not be listed within {_LIST_SECONDS} seconds")
    if said.status and not said.out.strip():
        refusal = _failure(said)
        raise UnreadableError(refusal.reason, refusal.words)


def _failure(said: Said) -> Refusal:
    words = " ".join(said.errors.decode("utf-8", "replace").split())[:200]
    if "encrypt" in words.lower() or "password" in words.lower() or "passphrase" in words.lower():
        return locked()
    return Refusal(Reason.DAMAGED, f"the archive is damaged or cut off: {words}")
