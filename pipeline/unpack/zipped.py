"""Members of .zip files, their names in the encoding in which Chinese programs write them."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from parsers.reasons import Reason, UnreadableError
from pipeline.offers import Refusal
from pipeline.unpack.members import MAX_MEMBERS, Budget, Member, link, locked, why_too_large, why_unsafe

_UTF8_NAME = 0x800
_LOCKED = 0x1
_UNIX = 3
_UNICODE_PATH = 0x7075
_CHUNK = 1 << 20
_CENTRAL_ENTRY = b"PK\x01\x02"
_ERRORS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, IndexError, NotImplementedError, OSError, OverflowError,
    RuntimeError, ValueError,
)  # fmt: skip
_DOCUMENT_PARTS = frozenset({"[content_types].xml", "xl/workbook.xml", "word/document.xml", "ofd.xml"})


def is_document(path: Path) -> bool | None:
    """Whether a zip file is one document inside (Office, OpenDocument, OFD); None where its list cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist()[: MAX_MEMBERS + 1]]
    except _ERRORS:
        return None
    parts = {name.lower().lstrip("/") for name in names}
    return bool(parts & _DOCUMENT_PARTS) or names[:1] == ["mimetype"]


def zip_members(path: Path, folder: Path, budget: Budget) -> Iterator[Member]:
    """Unpack the files of a zip into `folder`, named by number; what is not safe comes with its refusal."""
    try:
        with path.open("rb") as file:
            entries = sum(chunk.count(_CENTRAL_ENTRY) for chunk in iter(lambda: file.read(_CHUNK), b""))
        budget.announce(entries, 0)
        archive = zipfile.ZipFile(path)
    except _ERRORS as error:
        raise UnreadableError(Reason.DAMAGED, f"the zip file cannot be read: {_one_line(error)}") from error
    with archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        budget.announce(0, sum(info.file_size for info in files))
        for number, info in enumerate(files, start=1):
            name, target = member_name(info), folder / str(number)
            refusal = why_unsafe(name) or _why_refused(info)
            yield Member(name, target, refusal or _write(archive, info, target))


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member as text: UTF-8 where the file says so or the bytes are, else GB18030."""
    if info.flag_bits & _UTF8_NAME:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    if (named := _unicode_path(info.extra, raw)) is not None:
        return named
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in UTF-8 that some programs add beside the one in the encoding of the place."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(raw):
            try:
                return field[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
        at += 4 + size
    return None


def _why_refused(info: zipfile.ZipInfo) -> Refusal | None:
    mode = info.external_attr >> 16
    if info.create_system == _UNIX and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        return link()
    if info.flag_bits & _LOCKED:
        return locked()
    return why_too_large(info.file_size, info.compress_size)


def _write(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> Refusal | None:
    """Write one member. Never more than it declares: the reader stops there and compares the checksum."""
    try:
        with archive.open(info) as source, target.open("wb") as out:
            written = 0
            while chunk := source.read(_CHUNK):
                written += len(chunk)
                if written > info.file_size:
                    raise zipfile.BadZipFile("it holds more than it declares")
                out.write(chunk)
    except NotImplementedError as error:
        target.unlink(missing_ok=True)
        return Refusal(Reason.UNSUPPORTED_FORMAT, f"packed in a way that cannot be read: {_one_line(error)}")
    except _ERRORS as error:
        target.unlink(missing_ok=True)
        return Refusal(Reason.DAMAGED, f"the file cannot be unpacked: {_one_line(error)}")
    return None


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
