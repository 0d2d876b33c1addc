"""Bytes to text: byte order mark, then strict UTF-8, then UTF-16 by its zero bytes, then strict GB18030."""

from __future__ import annotations

import codecs

import regex

from parsers.reasons import Reason, UnreadableError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def decode(data: bytes) -> tuple[str, str]:
    """Return text and encoding name.

    Raises `UnreadableError` (bad_encoding) that names the byte, its offset and its line where the bytes are no text
    of any of the encodings that Chinese offices use.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name, len(mark)), name
    if unmarked := _utf16_without_mark(data):
        return _strict(data, unmarked, 0), unmarked
    try:
        return _strict(data, "utf-8", 0), "utf-8"
    except UnreadableError as as_utf8:
        try:
            return _strict(data, "gb18030", 0), "gb18030"
        except UnreadableError as as_gb:
            raise UnreadableError(Reason.BAD_ENCODING, f"neither UTF-8 ({as_utf8}) nor GB18030 ({as_gb})") from None


def _strict(data: bytes, encoding: str, skipped: int) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start
        line = 1 + data[:at].count(b"\n")
        raise UnreadableError(
            Reason.BAD_ENCODING, f"{encoding}: byte 0x{data[at]:02X} at offset {at + skipped}, line {line}"
        ) from None
    if found := _CONTROL.search(text):
        line = 1 + text.count("\n", 0, found.start())
        raise UnreadableError(
            Reason.BAD_ENCODING, f"{encoding}: control character U+{ord(found.group()):04X} in line {line}"
        )
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    """Line ends, tabs and digits have a zero byte in UTF-16; on which side it stands tells the byte order."""
    if len(data) % 2 or b"\x00" not in data:
        return None
    head = data[: 1 << 16]
    low, high = head[1::2].count(0), head[0::2].count(0)
    if max(low, high) * 20 < len(head) // 2 or min(low, high) * 10 > max(low, high):
        return None
    return "utf-16-le" if low > high else "utf-16-be"
