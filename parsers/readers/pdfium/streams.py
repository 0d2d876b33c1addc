"""Looks at compressed streams before pdfium does: a few kilobytes can unpack to gigabytes."""

from __future__ import annotations

import re
import zlib

from parsers.reasons import Reason, UnreadableError

LARGEST = 192 * 1024 * 1024
"""Bytes that the streams of one file, its images apart, may unpack to; a 500-page report has some 30 MB."""
SUSPECT = 16 * 1024
"""Deflate packs at most about 1000 to 1, so shorter streams are harmless one by one."""
CHUNK = 1 << 20
_STREAM = re.compile(rb"stream\r?\n")
_IMAGE = re.compile(rb"/Subtype\s*/(?:Image|CIDFontType0C|OpenType|Type1C)\b|/Length1\b")


def refuse_bombs(data: bytes) -> None:
    """Raise `TOO_LARGE` if the file's content streams unpack to more than is sane."""
    total = 0
    for match in _STREAM.finditer(data):
        if data[match.start() - 3 : match.start()] == b"end":
            continue
        start = match.end()
        end = data.find(b"endstream", start)
        if end < 0:
            end = len(data)
        if end - start < SUSPECT:
            continue
        head = data[max(0, data.rfind(b" obj", 0, match.start())) : match.start()]
        if b"Fl" not in head or _IMAGE.search(head):
            continue
        passes = max(1, head.count(b"/FlateDecode"))
        total += _unpacked(data[start:end], passes, LARGEST - total)
        if total >= LARGEST:
            raise UnreadableError(
                Reason.TOO_LARGE,
                f"The PDF unpacks to more than {LARGEST // 2**20} MB, more than any report; print it to a new PDF.",
            )


def _unpacked(packed: bytes, passes: int, limit: int) -> int:
    """How many bytes the stream unpacks to, counted up to `limit`."""
    inflate = zlib.decompressobj()
    size = 0
    source = packed
    kept = bytearray()
    try:
        while source and size < limit and not inflate.eof:
            part = inflate.decompress(source, CHUNK)
            size += len(part)
            if passes > 1:
                kept += part
            source = inflate.unconsumed_tail
            if not part and not source:
                break
    except zlib.error:
        return size
    if passes > 1 and size < limit:
        return size + _unpacked(bytes(kept), passes - 1, limit - size)
    return size
