"""Leaving out, before a part is parsed, the run properties that say only how text looks: half of most Word files.

What is left out must be nothing but elements from a list of known ones, and is parsed once for each way it is written,
so that neither a property that matters nor damage can be lost with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.readers.ooxml.names import W
from parsers.readers.ooxml.symbols import is_symbol_font
from parsers.readers.ooxml.xmlpart import Element, parse_part
from parsers.reasons import UnreadableError

_OPEN, _CLOSE = b"<w:rPr>", b"</w:rPr>"
_PREFIX = b'xmlns:w="' + W[1:-1].encode() + b'"'
_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?(<\?xml[^<>]*\?>)?\s*(<(w:\w+)\s[^<>]*[^<>/]>)")
_PRIVATE_USE = re.compile(rb"\xef[\x80-\x83]")
"""How the characters U+F000 to U+F0FF begin in UTF-8."""
_FONTS = W + "rFonts"
_LOOKS = frozenset(
    W + name
    for name in re.findall(
        r"\w+",
        "rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid webHidden "
        "color spacing w kern position sz szCs highlight u effect bdr shd fitText rtl cs em lang "
        "eastAsianLayout",
    )
)
"""Not among them: w:vanish and w:rStyle can hide text, w:vertAlign can raise a digit, w:ins and w:del speak of a
paragraph mark."""


def slimmed(data: bytes) -> bytes:
    """The part without run properties that only say how text looks; the same object where that is not certain."""
    head = _HEAD.match(data)
    if head is None or _PREFIX not in head[2]:
        return data
    if head[1] and b"encoding" in head[1] and b"utf-8" not in head[1].lower():
        return data
    first, *pieces = data.split(_OPEN)
    parted = [piece.partition(_CLOSE) for piece in pieces]
    silent = _silent({properties for properties, closed, _ in parted if closed}, head[2], head[3])
    if not silent:
        return data
    kept = [
        rest if closed and properties in silent else _OPEN + piece
        for piece, (properties, closed, rest) in zip(pieces, parted, strict=True)
    ]
    slim = b"".join([first, *kept])
    # signs in private-use codes are spelled out by their fonts, and what stands in a CDATA section is text
    may_hold_signs = _PRIVATE_USE.search(slim) or (b"&" in slim and b"&#" in slim)
    return data if may_hold_signs or b"<![CDATA[" in slim else slim


def _silent(ways: Iterable[bytes], start: bytes, name: bytes) -> frozenset[bytes]:
    """Those ways of writing run properties that are well formed and say nothing about the text."""
    ordered = list(ways)
    joined = b"".join(_OPEN + way + _CLOSE for way in ordered)
    if b"<!" in joined or b"<?" in joined:
        return frozenset()
    try:
        root = parse_part(start + joined + b"</" + name + b">", "")
    except UnreadableError:
        return frozenset()
    if len(root) != len(ordered):
        return frozenset()
    return frozenset(
        way
        for way, properties in zip(ordered, root, strict=True)
        if not (properties.text or "").strip() and all(map(_only_looks, properties))
    )


def _only_looks(element: Element) -> bool:
    if element.tag not in _LOOKS or len(element) or (element.tail or "").strip():
        return False
    return element.tag != _FONTS or not any(is_symbol_font(str(font)) for font in element.attrib.values())
