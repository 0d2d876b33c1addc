"""The sheets of an .xls file of any version, through xlrd: the one reader that also tells number formats and lines."""

from __future__ import annotations

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.formatting import XF
from xlrd.sheet import Cell as OldCell
from xlrd.sheet import Sheet as OldSheet

from parsers.document import Note, Place
from parsers.readers.workbook.formats import BUILT_IN, GENERAL
from parsers.readers.workbook.model import Merge, Sheet, SheetCell
from parsers.readers.workbook.styles import table_lines
from parsers.readers.workbook.xlsx import MAX_CELLS, MAX_MERGES, MAX_SHEETS, shown_number
from parsers.reasons import Reason, UnreadableError

_RAISED = {1: "^", 2: "_"}
_OF_THE_PLACE = frozenset({14, 22, *range(27, 34), 36, *range(50, 55), 57, 58})
"""Dates that every country's Excel shows in its own way; xlrd knows the American one."""


class _Silence:
    """Where xlrd says what it thinks of a file."""

    def write(self, words: str) -> int:
        """Keep nothing."""
        return len(words)


def read_sheets(data: bytes) -> tuple[list[Sheet], list[Note], bool]:
    """The sheets in their order, what was left aside, and whether the workbook holds pictures (not known here)."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=_Silence())
        return _sheets(book)
    except (UnreadableError, MemoryError, RecursionError):
        raise
    except Exception as error:  # xlrd trusts the file: whatever it stumbles over is damage
        if isinstance(error, xlrd.XLRDError) and "encrypted" in str(error).lower():
            raise UnreadableError(
                Reason.ENCRYPTED, "the workbook is protected by a password: ask for an open copy"
            ) from error
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise UnreadableError(Reason.DAMAGED, f"the workbook cannot be read: {what}") from error


def _sheets(book: xlrd.Book) -> tuple[list[Sheet], list[Note], bool]:
    if book.nsheets > MAX_SHEETS:
        raise UnreadableError(Reason.TOO_LARGE, f"the workbook has {book.nsheets} sheets, more than {MAX_SHEETS}")
    sheets, cells = [], 0
    for old in book.sheets():
        sheet = Sheet(old.name, hidden=bool(old.visibility))
        if not sheet.hidden:
            _fill(sheet, book, old)
        cells += len(sheet.cells)
        if cells > MAX_CELLS:
            raise UnreadableError(Reason.TOO_LARGE, f"the workbook has more than {MAX_CELLS:,} cells")
        sheets.append(sheet)
    notes = [Note("sheet", f"not read: {name}", Place(part=name)) for name in _charts(book, sheets)]
    return sheets, notes, False


def _charts(book: xlrd.Book, sheets: list[Sheet]) -> list[str]:
    named = {sheet.name for sheet in sheets}
    return [name for name in book.sheet_names() if name not in named]


def _fill(sheet: Sheet, book: xlrd.Book, old: OldSheet) -> None:
    zeros = bool(getattr(old, "show_zero_values", 1))
    sheet.hidden_rows |= {row for row, info in old.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns |= {col for col, info in old.colinfo_map.items() if info.hidden}
    if len(old.merged_cells) > MAX_MERGES:
        raise UnreadableError(Reason.TOO_LARGE, f"sheet {sheet.name} has more than {MAX_MERGES} merged cells")
    sheet.merges += [Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in old.merged_cells]
    for row in range(old.nrows):
        for col in range(old.row_len(row)):
            cell = old.cell(row, col)
            if cell.ctype == xlrd.XL_CELL_EMPTY:
                continue
            style = book.xf_list[cell.xf_index]
            text, stored = _text(book, old, cell, row, col, style, zeros)
            bordered = _bordered(style)
            if text or bordered:
                sheet.cells[row, col] = SheetCell(text, stored, bordered)


def _text(book: xlrd.Book, old: OldSheet, cell: OldCell, row: int, col: int, style: XF, zeros: bool) -> tuple[str, str]:
    if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        form = book.format_map.get(style.format_key)
        code = form.format_str if form is not None else GENERAL
        if style.format_key in _OF_THE_PLACE:
            code = BUILT_IN[style.format_key]
        return shown_number(repr(cell.value), code, bool(book.datemode), zeros)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return ("TRUE" if cell.value else "FALSE"), ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return error_text_from_code.get(cell.value, "#ERROR"), ""
    runs = old.rich_text_runlist_map.get((row, col), [])
    return _with_heights(book, str(cell.value), runs).replace("\r\n", "\n").replace("\r", "\n"), ""


def _with_heights(book: xlrd.Book, text: str, runs: list[tuple[int, int]]) -> str:
    """A raised digit behind a digit is no part of the number: 10 and a raised 4 are 10^4."""
    for start, font in reversed(runs):
        if not 0 <= font < len(book.font_list) or not 0 < start < len(text):
            continue
        mark = _RAISED.get(book.font_list[font].escapement)
        if mark and text[start].isdigit() and text[start - 1].isdigit():
            text = text[:start] + mark + text[start:]
    return text


def _bordered(style: XF) -> bool:
    lines = style.border
    return table_lines(
        bool(lines.left_line_style), bool(lines.right_line_style), bool(lines.top_line_style),
        bool(lines.bottom_line_style),
    )  # fmt: skip
