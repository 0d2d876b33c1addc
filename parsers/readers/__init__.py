"""Readers: bytes to `Document`, one file a format, chosen by content and never by the file's name."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from parsers.document import Document
from parsers.readers.markup import looks_like_html
from parsers.readers.ole import OLE_MAGIC, is_ole, ole_format
from parsers.reasons import Reason, UnreadableError

# format → module and function that read it; imported when the first file of the format comes
_READERS = {
    "txt": ("parsers.readers.text", "read_text"),
    "docx": ("parsers.readers.docx", "read_docx"),
    "pdf": ("parsers.readers.pdf", "read_pdf"),
    "xlsx": ("parsers.readers.sheets", "read_xlsx"),
    "xls": ("parsers.readers.sheets", "read_xls"),
    "html": ("parsers.readers.html", "read_html"),
    "mht": ("parsers.readers.html", "read_mht"),
    "png": ("parsers.readers.scan.reader", "read_png"),
    "jpeg": ("parsers.readers.scan.reader", "read_jpeg"),
    "tiff": ("parsers.readers.scan.reader", "read_tiff"),
}

OFFICE_FORMATS = frozenset({"doc", "rtf"})
"""Formats that an office program must turn into Word files before they can be read."""

ARCHIVE_FORMATS = frozenset({"zip", "rar", "7z"})
"""Formats that hold files of their own."""

# magic bytes → format and what a person calls it
_MAGIC = (
    (b"PK\x03\x04", "zip", "a zip container that is neither a Word nor an Excel file"),
    (b"PK\x05\x06", "zip", "an empty zip container"),
    (OLE_MAGIC, "ole", "an OLE container that holds neither a Word nor an Excel file"),
    (b"Rar!", "rar", "a rar archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "a 7z archive"),
    (b"\x1f\x8b", "gzip", "a gzip file"),
    (b"{\\rtf", "rtf", "a rich text file"),
    (b"MIME-Version:", "mht", "a web page saved as one file"),
    (b"From: <Saved by", "mht", "a web page saved as one file"),
    (b"\x89PNG", "png", "a PNG picture"),
    (b"\xff\xd8\xff", "jpeg", "a JPEG picture"),
    (b"II*\x00", "tiff", "a TIFF picture"),
    (b"MM\x00*", "tiff", "a TIFF picture"),
    (b"GIF8", "gif", "a GIF picture"),
    (b"<?xml", "xml", "an XML file"),
)


def detect(data: bytes) -> str:
    """The format of a file by its content; `txt` where nothing else is recognised."""
    if b"%PDF-" in data[:1024]:  # the mark may stand anywhere in the first kilobyte
        return "pdf"
    if is_ole(data):
        kind = ole_format(data)
        return kind if kind in {"doc", "xls"} else "ole"
    if looks_like_html(data):
        return "html"
    head = data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    found = next((name for magic, name, _ in _MAGIC if head[: len(magic)].lower() == magic.lower()), "txt")
    return _package_format(data) if found == "zip" else found


def _package_format(data: bytes) -> str:
    from parsers.readers.docx import looks_like_docx
    from parsers.readers.sheets import looks_like_xlsx

    if looks_like_docx(data):
        return "docx"
    return "xlsx" if looks_like_xlsx(data) else "zip"


def read(data: bytes, found: str | None = None) -> Document:
    """Read a file of any supported format; `found` is what `detect` says of it, where that is known already.

    Raises `UnreadableError` with a reason code and one line for a person where the bytes cannot be read with
    certainty.
    """
    if not data:
        raise UnreadableError(Reason.EMPTY_FILE, "the file holds no bytes")
    found = found or detect(data)
    if found == "ole":
        _refuse_ole(ole_format(data))
    if found in OFFICE_FORMATS:
        raise UnreadableError(Reason.NEEDS_OFFICE, "Word 97–2003 or rich text: convert it to a Word file first")
    if found not in _READERS:
        words = next(words for _, name, words in _MAGIC if name == found)
        readable = ", ".join(sorted(_READERS.keys() | OFFICE_FORMATS | ARCHIVE_FORMATS))
        raise UnreadableError(Reason.UNSUPPORTED_FORMAT, f"{words}; this version reads {readable}")
    module, function = _READERS[found]
    reader: Callable[[bytes], Document] = getattr(import_module(module), function)
    return reader(data)


def _refuse_ole(kind: str) -> None:
    if kind == "encrypted":
        raise UnreadableError(Reason.ENCRYPTED, "the file is protected by a password: ask for an open copy")
    if kind == "damaged":
        raise UnreadableError(
            Reason.DAMAGED, "a Word, WPS or Excel file of before 2007 that is cut off or damaged: fetch it again"
        )
