"""Makes the two PDF versions of the seed report: through Word and LibreOffice, and as Word itself would print it.

python -m tests.makers.seed_pdfs
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from docx import Document as new_docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.run import Run

from tests.makers.seed_layout import SEED, SeedTable, seed_blocks
from tests.makers.wordlike import FlowCell, Wordlike

OUT = SEED.parent
TITLES = ("基础数据表", "自评表", "自评报告")


def _is_title(text: str) -> bool:
    return text.endswith(TITLES) and len(text) < 50


def _is_heading(text: str) -> bool:
    return len(text) < 40 and text[1:2] in "、一二三四五六七八九十" and not text.endswith("。")


def wordlike() -> bytes:
    """The seed as Word prints it: one CID font, rectangles for borders."""
    blocks = seed_blocks()
    everything = "".join(b if isinstance(b, str) else "".join(c.text for c in b.cells) for b in blocks)
    flow = Wordlike(everything)
    for block in blocks:
        if isinstance(block, SeedTable):
            cells = [FlowCell(c.row, c.col, c.row_span, c.col_span, c.text) for c in block.cells]
            flow.table(block.widths, block.n_rows, cells, 9)
        elif _is_title(block):
            flow.paragraph(block, 16, align="center", gap=6)
        elif block.startswith("附件"):
            if block != "附件1":
                flow.break_page()
            flow.paragraph(block, 12)
        elif block.startswith(("说明", "填表")):
            flow.paragraph(block, 9, gap=4)
        else:
            flow.paragraph(block, 12, indent=24)
    return flow.bytes()


def _font(run: Run, size: float, bold: bool = False) -> None:
    run.font.size = Pt(size)
    run.font.bold = bold
    run.font.name = "Noto Serif CJK SC"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Serif CJK SC")


def word_file(path: Path) -> None:
    """The seed as a Word file with real merges."""
    docx = new_docx()
    section = docx.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    for block in seed_blocks():
        if isinstance(block, SeedTable):
            _word_table(docx, block)
            continue
        paragraph = docx.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        size = 16 if _is_title(block) else 9 if block.startswith(("说明", "填表")) else 12
        _font(paragraph.add_run(block), size, _is_title(block))
        if _is_title(block):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif block.startswith("附件2"):
            paragraph.paragraph_format.page_break_before = True
        elif size == 12 and not block.startswith("附件"):
            paragraph.paragraph_format.first_line_indent = Pt(24)
    docx.save(str(path))


def _word_table(docx: WordDocument, block: SeedTable) -> None:
    table = docx.add_table(block.n_rows, len(block.widths))
    table.style = "Table Grid"
    table.autofit = False
    for col, share in zip(table.columns, block.widths, strict=True):
        col.width = Cm(15.8 * share / sum(block.widths))
    for row in table.rows:
        for cell, col in zip(row.cells, table.columns, strict=True):
            cell.width = col.width
    for cell in block.cells:
        target = table.cell(cell.row, cell.col)
        if cell.row_span > 1 or cell.col_span > 1:
            target = target.merge(table.cell(cell.row + cell.row_span - 1, cell.col + cell.col_span - 1))
        for number, part in enumerate(cell.text.split("\n")):
            paragraph = target.paragraphs[0] if number == 0 else target.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            _font(paragraph.add_run(part), 9)


def through_libreoffice(docx: Path) -> bytes:
    """Convert a Word file with a private LibreOffice profile."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice",
                "--headless",
                f"-env:UserInstallation=file://{profile}",
                "--convert-to",
                "pdf",
                "--outdir",
                str(docx.parent),
                str(docx),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
    return docx.with_suffix(".pdf").read_bytes()


if __name__ == "__main__":
    (OUT / "seed-wordlike.pdf").write_bytes(wordlike())
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "seed.docx"
        word_file(word)
        (OUT / "seed-libreoffice.pdf").write_bytes(through_libreoffice(word))
