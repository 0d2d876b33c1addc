"""Readers: bytes to `Document`, one file a format, chosen by content and never by the file's name."""

from __future__ import annotations

from parsers.document import Document
from parsers.readers.text import read_text
from parsers.reasons import Reason, UnreadableError

# magic bytes → what a person calls the format
_KNOWN_FORMATS = (
    (b"%PDF-", "pdf", "a PDF file"),
    (b"PK\x03\x04", "zip", "a zip container (Word, Excel or archive)"),
    (b"PK\x05\x06", "zip", "an empty zip container"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole", "an OLE container (old Word, WPS or Excel)"),
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
    """The format of a file by its first bytes; `txt` where nothing else is recognised."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    return next((name for magic, name, _ in _KNOWN_FORMATS if head[: len(magic)].lower() == magic.lower()), "txt")


def read(data: bytes) -> Document:
    """Read a file of any supported format.

    Raises `UnreadableError` with a reason code and one line for a person where the bytes cannot be read with
    certainty.
    """
    if not data:
        raise UnreadableError(Reason.EMPTY_FILE, "the file holds no bytes")
    found = detect(data)
    if found == "txt":
        return read_text(data)
    words = next(words for _, name, words in _KNOWN_FORMATS if name == found)
    raise UnreadableError(Reason.UNSUPPORTED_FORMAT, f"{words}; this version reads text files")
