"""Parsing one XML part: no document type, no entities, no network, strict names brought to transitional ones."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from parsers.document import Place
from parsers.readers.ooxml.names import ALTERNATE, CHOICE, FALLBACK, VAL, WRAPPERS
from parsers.reasons import Reason, UnreadableError

Element = etree._Element

_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"drawingml/chart": b"http://schemas.openxmlformats.org/drawingml/2006/chart",
    b"drawingml/diagram": b"http://schemas.openxmlformats.org/drawingml/2006/diagram",
}
_STRICT_DECLARATION = re.compile(rb"""(xmlns(?::[\w.-]+)?\s*=\s*["'])http://purl\.oclc\.org/ooxml/([\w/]+)(?=["'])""")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_XML_DECLARATION = re.compile(r"\A\ufeff?<\?xml[^>]*\?>")

children: Callable[[Element], list[Element]] = operator.itemgetter(slice(None))
"""The children of an element as a list, in half the time that iterating over the element takes."""

_OFF = frozenset({"0", "false", "off", "none"})


def parse_part(data: bytes, name: str) -> Element:
    """The root element of a part; damaged XML and XML that defines entities are refused with the part's name."""
    if _has_doctype(data):
        raise UnreadableError(Reason.DAMAGED, f"part {name} declares a document type, which Word files never do")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _unreadable(name, error) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError(Reason.DAMAGED, f"part {name} declares a document type, which Word files never do")
    return root


def normalised(data: bytes) -> bytes:
    """The bytes of an XML part as UTF-8 with transitional namespace names, so that the rest needs to know only one."""
    if data[:2] in _UTF16_MARKS:
        text = data.decode("utf-16", errors="replace")
        data = _XML_DECLARATION.sub("", text).encode("utf-8", errors="replace")
    if _STRICT in data:
        data = _STRICT_DECLARATION.sub(_transitional, data)
    return data


def _transitional(match: re.Match[bytes]) -> bytes:
    known = _STRICT_NAMES.get(match[2])
    return match[0] if known is None else match[1] + known


def _has_doctype(data: bytes) -> bool:
    """Whether the prolog holds a document type declaration; only comments and instructions may stand before it."""
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while True:
        while data[start : start + 1].isspace():
            start += 1
        if data.startswith(b"<?", start):
            end = data.find(b"?>", start)
        elif data.startswith(b"<!--", start):
            end = data.find(b"-->", start)
        else:
            return data.startswith(b"<!DOCTYPE", start)
        if end < 0:
            return False
        start = end + 2 if data.startswith(b"?>", end) else end + 3


def _unreadable(name: str, error: Exception) -> UnreadableError:
    line, column = getattr(error, "position", (None, None))
    what = " ".join(str(error).split())
    if "Excessive depth" in what or "depth" in what.lower():
        return UnreadableError(Reason.DAMAGED, f"part {name} nests elements too deeply to be a document: {what}")
    where = f" at line {line}, column {column}" if line else ""
    place = Place(part=name, line=line)
    return UnreadableError(Reason.DAMAGED, f"part {name} is not well-formed XML{where}: {what}", place)


def is_on(element: Element | None) -> bool:
    """The value of an on/off property (ST_OnOff): absent is off, present without a value is on."""
    return element is not None and (element.get(VAL) or "1") not in _OFF


def whole(text: str | None) -> int | None:
    """A whole number as XML writes it, or None for anything else and for more than ten digits."""
    if text is not None and re.fullmatch(r"\s*[+-]?[0-9]{1,10}\s*", text):
        return int(text)
    return None


def child(parent: Element, tag: str) -> Element | None:
    """The first child with this tag, looked for at the front, where properties stand; `find` costs ten times that."""
    if not len(parent):
        return None
    first = parent[0]
    if first.tag == tag:
        return first
    return next(parent.iterchildren(tag), None)


def branch(alternate: Element) -> Element | None:
    """The one branch of an mc:AlternateContent that counts: its first choice, else its fallback."""
    fallback: Element | None = None
    for candidate in alternate:
        if candidate.tag == CHOICE:
            return candidate
        if candidate.tag == FALLBACK and fallback is None:
            fallback = candidate
    return fallback


def members(parent: Element, wrappers: frozenset[str] = WRAPPERS, usual: str = "") -> Iterable[Element]:
    """The children of an element as if the wrappers around some of them (content controls, …) were not there.

    The tag that most children have, no wrapper, is the quickest to pass if it is named.
    """
    inside = children(parent)
    for element in inside:
        tag = element.tag
        if tag != usual and (tag in wrappers or tag == ALTERNATE):
            return _looked_through(inside, wrappers)
    return inside


def _looked_through(inside: list[Element], wrappers: frozenset[str]) -> Iterator[Element]:
    """Walks with a list of its own rather than by recursion, so that no file can exhaust the stack."""
    stack = [iter(inside)]
    while stack:
        for element in stack[-1]:
            tag = element.tag
            if tag in wrappers:
                stack.append(iter(list(element)))
                break
            if tag == ALTERNATE:
                chosen = branch(element)
                if chosen is not None:
                    stack.append(iter(list(chosen)))
                    break
                continue
            yield element
        else:
            stack.pop()
