"""What hangs on a paragraph without being in its line: text boxes, watermarks, pictures, embedded objects."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.readers.ooxml.names import (
    ALTERNATE,
    CHART,
    DIAGRAM,
    PICTURE,
    TEXT_BOX,
    TEXT_PATH,
    VML_PICTURE,
)
from parsers.readers.ooxml.xmlpart import Element, branch

_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_UNREAD = {CHART: "a chart", DIAGRAM: "a diagram", _OLE: "an embedded object"}


@dataclass(slots=True)
class Drawing:
    """The findings in one drawing, picture or object."""

    boxes: list[Element] = field(default_factory=list)
    watermarks: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    pictures: int = 0


def read_drawing(element: Element) -> Drawing:
    """Look through a drawing once, taking one branch of each alternative, not into the text boxes themselves."""
    out = Drawing()
    stack = [element]
    while stack:
        here = stack.pop()
        tag = here.tag
        if tag == TEXT_BOX:
            out.boxes.append(here)
        elif tag == ALTERNATE:
            chosen = branch(here)
            if chosen is not None:
                stack.append(chosen)
        else:
            if tag in (PICTURE, VML_PICTURE):
                out.pictures += 1
            elif tag == TEXT_PATH and here.get("string"):
                out.watermarks.append(here.get("string") or "")
            elif tag in _UNREAD:
                out.unread.append(_UNREAD[tag])
            stack.extend(reversed(here))
    if _UNREAD[_OLE] in out.unread:
        # the picture of an embedded object only shows what the object holds
        out.pictures = 0
    return out
