"""Findings as files of an office suite: letters in Word, a list in Excel. Needs the extra `office`."""

from __future__ import annotations

import io
from typing import Any

from pipeline.letters.letter import Letter, letters
from pipeline.letters.text import COLUMNS, rows
from warehouse.findings import Finding
from warehouse.workbook import MissingLibrary

_HINT = "{} is missing; install it with: pip install 'jixiao[office]'"
_NUMBERS = {"expected", "actual", "difference", "tolerance", "fiscal_year"}
_WIDE = {"message": 60, "rule": 40, "title": 30, "dept_name": 24}


def as_docx(found: list[Finding]) -> bytes:
    """Letters as one Word file, each on pages of its own: title in the middle, body indented by two characters."""
    try:
        from docx import Document
        from docx.enum.text import WD_BREAK
        from docx.oxml.ns import qn
        from docx.shared import Pt
    except ImportError:
        raise MissingLibrary(_HINT.format("python-docx")) from None
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "FangSong", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    for at, letter in enumerate(letters(found)):
        if at:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _write(document, letter)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(document: Any, letter: Letter) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    def paragraph(
        text: str, *, indent: bool = True, bold: bool = False, size: int | None = None, font: str = ""
    ) -> Any:
        made = document.add_paragraph()
        run = made.add_run(text)
        run.bold = bold
        if size:
            run.font.size = Pt(size)
        if font:
            run.font.name = font
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        made.paragraph_format.space_after = Pt(0)
        made.paragraph_format.line_spacing = 1.3
        if indent:
            made.paragraph_format.first_line_indent = Pt(2 * (size or 14))
        return made

    title = paragraph(letter.title, indent=False, bold=True, size=20, font="宋体")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph("", indent=False)
    paragraph(letter.addressee, indent=False)
    paragraph(letter.opening)
    for heading, items in letter.parts:
        paragraph(heading, bold=True, font="黑体")
        for at, item in enumerate(items, start=1):
            paragraph(f"{at}.{item.title}。{item.message}")
            if item.numbers:
                paragraph(f"数字：{item.numbers}。", size=12)
            paragraph(f"核对方法：{item.rule}", size=12)
            for quote in item.quotes:
                paragraph(f"出处：{quote}", size=12)
            if item.mark:
                paragraph(f"标注：{item.mark}", size=12)
    paragraph(letter.closing)
    paragraph("", indent=False)
    for text in ("（印章）", "　　　　年　　月　　日"):
        paragraph(text, indent=False).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def as_xlsx(found: list[Finding]) -> bytes:
    """One row a finding, typed, with filters and a header that stays in sight."""
    try:
        import xlsxwriter
    except ImportError:
        raise MissingLibrary(_HINT.format("xlsxwriter")) from None
    out = io.BytesIO()
    # texts are written as texts: one that begins with = is no formula
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("审计发现")
    head, wrap = (
        book.add_format({"bold": True, "bg_color": "#E8EEF4"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    columns = [*COLUMNS, "evidence"]
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDE.get(column, 60 if column == "evidence" else 14), wrap)
        sheet.write_string(0, at, column, head)
    for line, (row, evidence) in enumerate(rows(found), start=1):
        for at, (column, value) in enumerate(zip(COLUMNS, row, strict=True)):
            if column in _NUMBERS and value != "":
                sheet.write_number(line, at, float(str(value)))
            else:
                sheet.write_string(line, at, str(value))
        sheet.write_string(line, len(COLUMNS), evidence)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(found), len(columns) - 1)
    book.close()
    return out.getvalue()
