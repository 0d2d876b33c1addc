"""Readers: bytes to `Document`, one file a format, chosen by content and never by the file's name."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from parsers.document import Document
from parsers.reasons import Reason, UnreadableError

# format → module and function that read it; imported when the first file of the format comes
_READERS = {
    "txt": ("parsers.readers.text", "read_text"),
    "docx": ("parsers.readers.docx", "read_docx"),
    "pdf": ("parsers.readers.pdf", "read_pdf"),
    "png": ("parsers.readers.scan.reader", "read_png"),
    "jpeg": ("parsers.readers.scan.reader", "read_jpeg"),
    "tiff": ("parsers.readers.scan.reader", "read_tiff"),
}

# magic bytes → format and what a person calls it
_MAGIC = (
    (b"PK\x03\x04", "zip", "a zip container that is no Word file (Excel or archive)"),
    (b"PK\x05\x06", "zip", "an empty zip container"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole", "an OLE container (Word, WPS or Excel of before 2007)"),
    (b"Rar!", "rar", "a rar archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "a 7z archive"),
    (b"\x1f\x8b", "gzip", "a gzip file"),
    (b"{\\rtf", "rtf", "a rich text file"),
    (b"\x89PNG", "png", "a PNG picture"),
    (b"\xff\xd8\xff", "jpeg", "a JPEG picture"),
    (b"II*\x00", "tiff", "a TIFF picture"),
    (b"MM\x00*", "tiff", "a TIFF picture"),
    (b"GIF8", "gif", "a GIF picture"),
    (b"<?xml", "xml", "an XML file"),
    (b"<!DOCTYPE html", "html", "a web page"),
    (b"<html", "html", "a web page"),
)


def detect(data: bytes) -> str:
    """The format of a file by its content; `txt` where nothing else is recognised."""
    if b"%PDF-" in data[:1024]:  # the mark may stand anywhere in the first kilobyte
        return "pdf"
    head = data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    found = next((name for magic, name, _ in _MAGIC if head[: len(magic)].lower() == magic.lower()), "txt")
    if found == "zip":
        from parsers.readers.docx import looks_like_docx

        return "docx" if looks_like_docx(data) else "zip"
    return found


def read(data: bytes) -> Document:
    """Read a file of any supported format.

    Raises `UnreadableError` with a reason code and one line for a person where the bytes cannot be read with
    certainty.
    """
    if not data:
        raise UnreadableError(Reason.EMPTY_FILE, "the file holds no bytes")
    found = detect(data)
    if found == "ole":
        from parsers.readers.ooxml.package import is_encrypted

        if is_encrypted(data):
            raise UnreadableError(Reason.ENCRYPTED, "the file is protected by a password: ask for an open copy")
    if found not in _READERS:
        words = next(words for _, name, words in _MAGIC if name == found)
        readable = ", ".join(sorted(_READERS))
        raise UnreadableError(Reason.UNSUPPORTED_FORMAT, f"{words}; this version reads {readable}")
    module, function = _READERS[found]
    reader: Callable[[bytes], Document] = getattr(import_module(module), function)
    return reader(data)
