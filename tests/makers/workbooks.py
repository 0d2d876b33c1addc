"""Writes a document as a workbook, as an office would have filled it: numbers as numbers under formats, lines and merges.

`python -m tests.makers.workbooks` writes the seed as tests/data/formats/seed.xlsx and seed.xls.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from parsers.document import Document, Paragraph, Table

SEED = Path(__file__).parents[2] / "samples" / "seed"
TARGET = Path(__file__).parents[1] / "data" / "formats"

_NUMBER = re.compile(r"(-?\d{1,12}(?:\.(\d{1,6}))?)(%?)")


@dataclass(frozen=True)
class Written:
    """A cell to be written: a text, or a number with its format code."""

    value: str | float
    code: str = "General"


def written(text: str) -> Written:
    """What a person would have typed to have this text shown."""
    found = _NUMBER.fullmatch(text.strip().strip("\u3000"))
    if found is None or (
        found[1].lstrip("-").startswith("0") and not found[1].lstrip("-").startswith("0.") and found[1] != "0"
    ):
        return Written(text)
    code = "0" + ("." + "0" * len(found[2]) if found[2] else "") + found[3]
    value = float(found[1])
    return Written(value / 100 if found[3] else value, code)


def sheets_of(document: Document) -> list[tuple[str, list[Paragraph | Table]]]:
    """The blocks of a document on sheets: one for each table with the lines above it, one for the prose behind."""
    sheets: list[tuple[str, list[Paragraph | Table]]] = []
    waiting: list[Paragraph | Table] = []
    for block in document.blocks:
        waiting.append(block)
        if isinstance(block, Table):
            sheets.append((f"附件{len(sheets) + 1}", waiting))
            waiting = []
    return [*sheets, ("自评报告", waiting)] if waiting else sheets


def xlsx_file(document: Document) -> bytes:
    """The bytes of an .xlsx file with the paragraphs and tables of a document."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    formats: dict[tuple[str, bool], Any] = {}

    def style(code: str, lined: bool) -> Any:
        if (code, lined) not in formats:
            formats[code, lined] = book.add_format({"num_format": code, "border": int(lined), "text_wrap": True})
        return formats[code, lined]

    for name, blocks in sheets_of(document):
        sheet = book.add_worksheet(name)
        row = 0
        for block in blocks:
            if isinstance(block, Paragraph):
                sheet.write_string(row, 0, block.text, style("General", False))
                row += 1
                continue
            for cell in block.cells:
                what = written(cell.text)
                at = (row + cell.row, cell.col)
                if cell.row_span * cell.col_span > 1:
                    end = (at[0] + cell.row_span - 1, at[1] + cell.col_span - 1)
                    sheet.merge_range(*at, *end, "", style(what.code, True))
                if isinstance(what.value, str):
                    sheet.write_string(*at, what.value, style(what.code, True)) if what.value else sheet.write_blank(
                        *at, None, style(what.code, True)
                    )
                else:
                    sheet.write_number(*at, what.value, style(what.code, True))
            row += block.n_rows
    book.close()
    return out.getvalue()


def xls_file(document: Document) -> bytes:
    """The bytes of an .xls file with the paragraphs and tables of a document."""
    book = xlwt.Workbook(encoding="utf-8")
    styles: dict[tuple[str, bool], Any] = {}

    def style(code: str, lined: bool) -> Any:
        if (code, lined) not in styles:
            made = xlwt.XFStyle()
            made.num_format_str = code
            if lined:
                sides = made.borders
                sides.left = sides.right = sides.top = sides.bottom = xlwt.Borders.THIN
            styles[code, lined] = made
        return styles[code, lined]

    for name, blocks in sheets_of(document):
        sheet = book.add_sheet(name)
        row = 0
        for block in blocks:
            if isinstance(block, Paragraph):
                sheet.write(row, 0, block.text, style("General", False))
                row += 1
                continue
            for cell in block.cells:
                what = written(cell.text)
                top, left = row + cell.row, cell.col
                if cell.row_span * cell.col_span > 1:
                    bottom, right = top + cell.row_span - 1, left + cell.col_span - 1
                    sheet.write_merge(top, bottom, left, right, what.value, style(what.code, True))
                else:
                    sheet.write(top, left, what.value, style(what.code, True))
            row += block.n_rows
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main() -> None:
    """Write the seed."""
    from parsers.readers.docx import read_docx

    document = read_docx((SEED / "seed.docx").read_bytes())
    (TARGET / "seed.xlsx").write_bytes(xlsx_file(document))
    (TARGET / "seed.xls").write_bytes(xls_file(document))


if __name__ == "__main__":
    main()
