"""The workbook reader: the bytes of an .xlsx or .xls file as a `Document`, every sheet a part of it.

Numbers stand as they are shown (95.23%), the stored number beside them in `Cell.stored`. A place counts rows and
columns as the sheet does. docs/readers-legacy.md says how and why.
"""

from __future__ import annotations

from parsers.document import Block, Document, Note
from parsers.readers.ooxml.package import is_workbook_package
from parsers.readers.workbook.layout import Numbers, blocks_of
from parsers.readers.workbook.model import Sheet
from parsers.reasons import Reason, UnreadableError

__all__ = ["looks_like_xlsx", "read_xls", "read_xlsx"]


def looks_like_xlsx(data: bytes) -> bool:
    """Whether the bytes are an Excel package, judged by content alone."""
    return is_workbook_package(data)


def read_xlsx(data: bytes) -> Document:
    """Read an .xlsx or .xlsm file; `UnreadableError` says why one cannot be read with certainty."""
    from parsers.readers.workbook.xlsx import read_sheets

    return _document("xlsx", *read_sheets(data))


def read_xls(data: bytes) -> Document:
    """Read an .xls file (WPS writes the same as .et); `UnreadableError` says why one cannot be read."""
    from parsers.readers.workbook.xls import read_sheets

    return _document("xls", *read_sheets(data))


def _document(kind: str, sheets: list[Sheet], notes: list[Note], pictures: bool) -> Document:
    blocks: list[Block] = []
    numbers = Numbers()
    for sheet in sheets:
        found, more = blocks_of(sheet, numbers)
        blocks += found
        notes += more
    if not blocks and pictures:
        raise UnreadableError(Reason.NEEDS_OCR, "the workbook holds pictures and no text: it is a scan inside Excel")
    if not blocks:
        raise UnreadableError(Reason.EMPTY_FILE, "no visible sheet of the workbook holds any text")
    return Document(kind, tuple(blocks), notes=tuple(notes))
