"""Archives: every file in one is a document of its own, unpacked into a private folder under a name of our own.

`<address of archive>!/member/path` is the address of a member. Nothing is ever written under a name that an archive
gives. A member that is absolute, climbs out with `..`, is a link, is locked or too large has a row with its reason.
docs/readers-legacy.md names the limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from parsers.readers import detect
from parsers.reasons import Reason, UnreadableError
from pipeline.offers import Ignored, Offer, Refusal, digest
from pipeline.unpack.foreign import foreign_members
from pipeline.unpack.members import MAX_DEPTH, Budget, Member, is_litter, why_unsafe
from pipeline.unpack.zipped import is_document, zip_members

__all__ = ["opened"]

_MAGIC = ((b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"))


def opened(offer: Offer, room: Path) -> Iterator[Offer | Ignored]:
    """The file itself; where it is an archive, its own row first and then its members, and theirs."""
    yield from _opened(offer, room, Budget(), depth=1)


def _opened(offer: Offer, room: Path, budget: Budget, depth: int) -> Iterator[Offer | Ignored]:
    kind = archive_format(offer.path)
    if kind is None:
        yield offer
        return
    if depth > MAX_DEPTH:
        words = f"archives in archives, more than {MAX_DEPTH} deep: unpack the outer ones by hand"
        yield _refused(offer, Reason.TOO_LARGE, words, kind)
        return
    folder = budget.folder(room)
    try:
        members = list(
            zip_members(offer.path, folder, budget) if kind == "zip" else foreign_members(offer.path, folder, budget)
        )
    except UnreadableError as error:
        yield _refused(offer, error.reason, str(error), kind)
        return
    kept = [member for member in members if not is_litter(member.name)]
    if not kept:
        yield _refused(offer, Reason.EMPTY_FILE, "the archive holds no file", kind)
        return
    yield _refused(offer, Reason.ARCHIVE, f"an archive of {len(kept)} file(s), each a document of its own", kind)
    for member in members:
        if is_litter(member.name):
            yield Ignored(Path(member.name))
            continue
        inside = _offer(offer, member)
        if inside.refusal is not None:
            yield inside
        else:
            yield from _opened(inside, room, budget, depth + 1)


def _offer(archive: Offer, member: Member) -> Offer:
    name = member.name.replace("\\", "/").rstrip("/").rpartition("/")[2] or member.name
    refusal = member.refusal or why_unsafe(member.name)
    kept = archive.kept
    if kept is not None:  # what is known of the archive holds for what is in it, but for the bytes
        kept = replace(kept, sha256=digest(member.path) or kept.sha256)
    return Offer(member.path, f"{archive.source_uri}!/{member.name.lstrip('/')}", name, kept, refusal)


def _refused(offer: Offer, reason: Reason, words: str, kind: str) -> Offer:
    return replace(offer, refusal=Refusal(reason, words, kind))


def archive_format(path: Path) -> str | None:
    """`zip`, `rar` or `7z` by the first bytes; None for all else, also for documents that are zip files inside."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            head = file.read(8)
    except OSError:
        return None
    kind = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    if kind != "zip":
        return kind
    held = is_document(path)
    if held is None:  # cut off: a Word file that was cut off is to be told as one
        try:
            return "zip" if detect(path.read_bytes()) == "zip" else None
        except OSError:
            return None
    return None if held else "zip"
