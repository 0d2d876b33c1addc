"""Qualified names of the elements and attributes that the Word reader looks at (ECMA-376 part 1, transitional)."""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"

VAL = W + "val"
TYPE = W + "type"

BODY = W + "body"
PARAGRAPH = W + "p"
PARAGRAPH_PROPERTIES = W + "pPr"
RUN = W + "r"
RUN_PROPERTIES = W + "rPr"
TEXT = W + "t"
DELETED_TEXT = W + "delText"
TABLE = W + "tbl"
ROW = W + "tr"
ROW_PROPERTIES = W + "trPr"
CELL = W + "tc"
CELL_PROPERTIES = W + "tcPr"
FIELD_CHAR = W + "fldChar"
TEXT_BOX = W + "txbxContent"
TEXT_PATH = V + "textpath"
PICTURE = A + "blip"
VML_PICTURE = V + "imagedata"
ALTERNATE = MC + "AlternateContent"
CHOICE = MC + "Choice"
FALLBACK = MC + "Fallback"
MATH = M + "oMath"
MATH_PARAGRAPH = M + "oMathPara"

WRAPPERS = frozenset(
    W + name
    for name in (
        "sdt",
        "sdtContent",
        "customXml",
        "smartTag",
        "ins",
        "moveTo",
        "hyperlink",
        "fldSimple",
        "dir",
        "bdo",
    )
)
"""Elements that say something about their content and stand around it without changing where it is printed."""

DELETED = frozenset({W + "del", W + "moveFrom"})
"""Content that is gone once the tracked changes are accepted."""
