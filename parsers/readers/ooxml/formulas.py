"""Office formulas (m:oMath) in one line: 10² must not become 102, nor one half 12."""

from __future__ import annotations

import re

from parsers.readers.ooxml.names import TEXT, M
from parsers.readers.ooxml.xmlpart import Element

_ONE_TERM = re.compile(r"\W|[\w.%]+")
_VALUE = M + "val"
_BEFORE = {M + "den": "/", M + "sup": "^", M + "sub": "_"}
_SCRIPTS = frozenset(M + name for name in ("den", "num", "sup", "sub"))
_PROPERTIES = frozenset(
    M + name
    for name in (
        "fPr",
        "dPr",
        "naryPr",
        "radPr",
        "sSupPr",
        "sSubPr",
        "sSubSupPr",
        "rPr",
        "ctrlPr",
        "mPr",
        "oMathParaPr",
    )
)


def linear(formula: Element) -> str:
    """The text of a formula as UnicodeMath writes it: a/b, x^2, √(x+1); a single term has no brackets."""
    # each entry is an element still to be opened, or text still to be written
    stack: list[Element | str] = [formula]
    out: list[str] = []
    marks: list[tuple[int, str]] = []
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            if item == "\0":
                start, before = marks.pop()
                inner = "".join(out[start:])
                del out[start:]
                if inner:
                    out.append(before + (inner if _ONE_TERM.fullmatch(inner) else f"({inner})"))
            else:
                out.append(item)
            continue
        tag = item.tag
        if tag in (M + "t", TEXT):
            out.append(item.text or "")
        elif tag not in _PROPERTIES:
            _open(item, stack, marks, len(out))
    return "".join(out)


def _open(element: Element, stack: list[Element | str], marks: list[tuple[int, str]], start: int) -> None:
    tag = element.tag
    children: list[Element | str] = list(element)
    if tag == M + "d":
        properties = element.find(M + "dPr")
        opening, closing = _character(properties, "begChr", "("), _character(properties, "endChr", ")")
        between = _character(properties, "sepChr", "|")
        children = [opening]
        for index, inner in enumerate(element.iterchildren(M + "e")):
            children += [between, inner] if index else [inner]
        children.append(closing)
    elif tag == M + "nary":
        children.insert(0, _character(element.find(M + "naryPr"), "chr", "∫"))
    elif tag in _SCRIPTS or tag == M + "deg":
        marks.append((start, _BEFORE.get(tag, "")))
        children.append("\0")
    elif tag == M + "rad":
        children.insert(0, "√")
    stack.extend(reversed(children))


def _character(properties: Element | None, name: str, default: str) -> str:
    element = None if properties is None else properties.find(M + name)
    return default if element is None else element.get(_VALUE) or ""
