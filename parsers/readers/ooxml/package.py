"""Opening the zip package of a Word file (Open Packaging Conventions) without trusting a single number in it."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from parsers.document import Place
from parsers.readers.ooxml.xmlpart import normalised, parse_part
from parsers.reasons import Reason, UnreadableError

MAX_MEMBERS = 10_000
MAX_TOTAL = 200 * 1024 * 1024
MAX_RATIO = 300
"""Text of a real report shrinks to a twentieth, a long table of equal rows to a hundredth; a bomb to a thousandth."""
RATIO_COUNTS_FROM = 8 * 1024 * 1024

_ZIP_MAGIC = b"PK\x03\x04"
_CENTRAL_ENTRY = b"PK\x01\x02"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_CONTENT_TYPES = "[Content_Types].xml"
_WORD_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroenabled.main+xml",
    "application/vnd.ms-word.template.macroenabledtemplate.main+xml",
)
_WORKBOOK_TYPES = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml",
    "application/vnd.ms-excel.template.macroenabled.main+xml",
)
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One line of a .rels part: the last word of its type (`styles`, `header`, …) and the part it leads to."""

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """An opened package; parts are inflated only when they are asked for, and only within the limits."""

    archive: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    inflated: int = 0

    def has(self, name: str) -> bool:
        """Whether the package holds this part; names compare without regard to case, as the conventions say."""
        return name.lower() in self.members

    def read(self, name: str) -> bytes:
        """The bytes of an XML part in UTF-8, its size looked at before anything is inflated."""
        info = self.members.get(name.lower())
        if info is None:
            raise UnreadableError(Reason.DAMAGED, f"part {name} is missing from the package", Place(part=name))
        self._check(info)
        try:
            with self.archive.open(info) as stream:
                # the size is given so that a member that holds more than it declares is cut, not inflated whole
                data = stream.read(info.file_size)
        except _ZIP_ERRORS as error:
            raise _damaged(f"part {name} cannot be unpacked: {_one_line(error)}", name) from error
        if len(data) != info.file_size:
            raise _damaged(f"part {name} ends after {len(data)} of {info.file_size} bytes", name)
        return normalised(data)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The relationships of a part by their id; the package itself is the part with the empty name."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", base + ".rels")
        if not self.has(rels):
            return {}
        out: dict[str, Relationship] = {}
        for element in parse_part(self.read(rels), rels):
            identity, target = element.get("Id"), element.get("Target")
            if identity is None or target is None:
                continue
            kind = (element.get("Type") or "").rsplit("/", 1)[-1]
            external = element.get("TargetMode") == "External"
            out[identity] = Relationship(kind, target if external else _resolve(folder, target), external)
        return out

    def main_part(self) -> str | None:
        """The name of the main document part of a Word file, or None if the package is something else."""
        return self._main_part(_WORD_TYPES)

    def workbook_part(self) -> str | None:
        """The name of the workbook part of an Excel file, or None if the package is something else."""
        return self._main_part(_WORKBOOK_TYPES)

    def _main_part(self, types: tuple[str, ...]) -> str | None:
        declared = self._declared_main_parts(types)
        for relationship in self.relationships("").values():
            if relationship.kind == "officeDocument" and not relationship.external:
                target = relationship.target
                if target.lower() in declared and self.has(target):
                    return target
        return next((name for name in declared if self.has(name)), None)

    def _declared_main_parts(self, types: tuple[str, ...]) -> list[str]:
        if not self.has(_CONTENT_TYPES):
            return []
        out: list[str] = []
        defaults: set[str] = set()
        for element in parse_part(self.read(_CONTENT_TYPES), _CONTENT_TYPES):
            if (element.get("ContentType") or "").strip().lower() not in types:
                continue
            name, extension = element.get("PartName"), element.get("Extension")
            if name is not None:
                out.append(_key(name))
            elif extension is not None:
                defaults.add("." + extension.lower())
        if defaults:
            # an overridden part is listed by its own name, so only the target of the package can be meant here
            targets = (r.target.lower() for r in self.relationships("").values() if r.kind == "officeDocument")
            out.extend(target for target in targets if posixpath.splitext(target)[1] in defaults)
        return out

    def _check(self, info: zipfile.ZipInfo) -> None:
        if info.flag_bits & 1:
            raise UnreadableError(Reason.ENCRYPTED, f"part {info.filename} is encrypted: save it without a password")
        self.inflated += info.file_size
        if self.inflated > MAX_TOTAL:
            megabytes = self.inflated // (1024 * 1024)
            raise UnreadableError(
                Reason.TOO_LARGE,
                f"unpacked text of the file reaches {megabytes} MB with part {info.filename}; the limit is "
                f"{MAX_TOTAL // (1024 * 1024)} MB",
            )
        if info.file_size > RATIO_COUNTS_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise UnreadableError(
                Reason.TOO_LARGE,
                f"part {info.filename} would grow from {info.compress_size} to {info.file_size} bytes: "
                "this looks like a decompression bomb",
            )


def open_package(data: bytes) -> Package:
    """Open a package, or say in one line why these bytes are none."""
    if not data:
        raise UnreadableError(Reason.EMPTY_FILE, "the file is empty (0 bytes)")
    if data.startswith(_OLE_MAGIC):
        if is_encrypted(data):
            raise UnreadableError(Reason.ENCRYPTED, "the file is protected by a password: save it without one")
        raise UnreadableError(
            Reason.UNSUPPORTED_FORMAT, "the file is an OLE container (Word 97–2003 or other), not a .docx package"
        )
    # every entry of the directory begins with this signature: counted before the directory is read into objects
    if data.count(_CENTRAL_ENTRY) > MAX_MEMBERS:
        raise UnreadableError(Reason.TOO_LARGE, f"the package lists more than {MAX_MEMBERS} parts")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _ZIP_ERRORS as error:
        what = "begins like a .docx file but its end is missing" if data.startswith(_ZIP_MAGIC) else "is not a zip file"
        raise UnreadableError(Reason.DAMAGED, f"the file ({len(data)} bytes) {what}: {_one_line(error)}") from error
    return Package(archive, {_key(info.filename): info for info in archive.infolist()})


def is_encrypted(data: bytes) -> bool:
    """Whether these bytes are an OLE container around an encrypted package, as Office saves with a password."""
    return data.startswith(_OLE_MAGIC) and _ENCRYPTED_STREAM in data


def is_word_package(data: bytes) -> bool:
    """Whether the bytes are a Word package, judged by content; one cut off on the way is known by its first parts."""
    return _is_package(data, Package.main_part, b"word/")


def is_workbook_package(data: bytes) -> bool:
    """Whether the bytes are an Excel package, judged the same way."""
    return _is_package(data, Package.workbook_part, b"xl/")


def _is_package(data: bytes, main_part: Callable[[Package], str | None], folder: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    try:
        return main_part(open_package(data)) is not None
    except UnreadableError:
        return data.startswith(_ZIP_MAGIC) and folder in data and b"[Content_Types].xml" in data


def _key(name: str) -> str:
    return unquote(name.replace("\\", "/")).lstrip("/").lower()


def _resolve(folder: str, target: str) -> str:
    target = unquote(target.replace("\\", "/"))
    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(joined).lstrip("/")


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _damaged(message: str, part: str) -> UnreadableError:
    return UnreadableError(Reason.DAMAGED, message, Place(part=part))
