"""What the style sheet of an .xlsx says of a cell: its number format, and whether it has the lines of a table."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.readers.ooxml.xmlpart import Element, whole
from parsers.readers.workbook.formats import BUILT_IN, GENERAL

_MOST_STYLES = 65_536


@dataclass(frozen=True, slots=True)
class CellStyle:
    """Format code and lines of the cells that have one style."""

    code: str = GENERAL
    bordered: bool = False


PLAIN = CellStyle()


def local(element: Element) -> str:
    """The name of an element without its namespace: strict files have other namespaces and the same names."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def inside(parent: Element, *path: str) -> list[Element]:
    """The elements at the end of a path of names."""
    found = [parent]
    for name in path:
        found = [child for element in found for child in element if local(child) == name]
    return found


def read_styles(root: Element) -> list[CellStyle]:
    """The styles in the order in which cells refer to them."""
    codes = dict(BUILT_IN)
    for element in inside(root, "numFmts", "numFmt"):
        number = whole(element.get("numFmtId"))
        if number is not None:
            codes[number] = element.get("formatCode") or GENERAL
    lines = [_has_lines(border) for border in inside(root, "borders", "border")]
    out = []
    for element in inside(root, "cellXfs", "xf")[:_MOST_STYLES]:
        border = whole(element.get("borderId")) or 0
        code = codes.get(whole(element.get("numFmtId")) or 0, GENERAL)
        out.append(CellStyle(code, 0 <= border < len(lines) and lines[border]))
    return out


def table_lines(left: bool, right: bool, top: bool, bottom: bool) -> bool:
    """A cell of a table has a line at its side, or above and below; a line below alone underlines a title."""
    return left or right or (top and bottom)


def _has_lines(border: Element) -> bool:
    drawn = {local(side) for side in border if (side.get("style") or "none") != "none"}
    left, right = bool(drawn & {"left", "start"}), bool(drawn & {"right", "end"})
    return table_lines(left, right, "top" in drawn, "bottom" in drawn)
