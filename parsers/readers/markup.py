"""Whether bytes are a web page: the tags that one begins with, whatever the encoding and the file's name."""

from __future__ import annotations

import codecs

import regex

_HEAD = 4096
_WIDE_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PROLOG = r"(?:\s|<!--.*?-->|<\?xml[^>]*\?>|<!\[if[^>]*>|<!\[endif\]>)*"
_PAGE = regex.compile(
    _PROLOG + r"<(?:!doctype\s+html|html|head|meta|title|body|table|div|center|script|style|link|font|h[1-6]|p)[\s>/]",
    regex.IGNORECASE | regex.DOTALL,
)


def looks_like_html(data: bytes) -> bool:
    """Whether the first thing in the file is a tag of a web page."""
    encoding = next((name for mark, name in _WIDE_MARKS if data.startswith(mark)), "latin-1")
    head = data[:_HEAD].decode(encoding, "replace").lstrip("\ufeff\xef\xbb\xbf")
    return _PAGE.match(head) is not None
