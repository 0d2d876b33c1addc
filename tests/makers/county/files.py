"""A report as the bytes of a file: a text dump, a Word file, a PDF that needs no font of the machine."""

from __future__ import annotations

from tests.makers.county.layout import blocks_of
from tests.makers.county.model import DepartmentYear
from tests.makers.layouts import LaidTable
from tests.makers.pdf_file import CidFont, PageOps, PdfFile
from tests.makers.pdf_sheet import codes, song, width
from tests.makers.word import word_file
from tests.makers.wordlike import FlowCell, Wordlike

FORMATS = ("docx", "pdf", "txt")
WIDTHS = {7: (7, 2.2, 2.2, 2.2, 2.2, 2.2, 2.2), 9: (1.5, 2, 2.2, 3.8, 2.3, 2.3, 1.5, 1.5, 2.4)}


def as_bytes(report: DepartmentYear, form: str) -> bytes:
    """The report in one of `FORMATS`."""
    blocks = blocks_of(report)
    if form == "docx":
        return word_file(blocks)
    return as_pdf(blocks) if form == "pdf" else as_dump(blocks).encode("utf-8")


def as_dump(blocks: list[str | LaidTable]) -> str:
    """The text that a converter makes of the Word file: a cell begins with a tab, a row ends with an empty line."""
    lines = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
            continue
        for row in block.rows:
            lines += ["\t" + cell.text for cell in row] + [""]
    return "\n".join(lines) + "\n"


class Song(CidFont):
    """STSong-Light, which is not embedded: every reader of PDF knows it, and its codes are the characters."""

    def __init__(self) -> None:
        """No program, no glyphs."""
        super().__init__("STSong-Light", b"", {}, {})

    def width(self, text: str, size: float) -> float:
        """Advance width of `text` in points."""
        return width(text, size)

    def codes(self, text: str) -> str:
        """The hexadecimal operand that shows `text`."""
        return codes(text)


class SongFlow(Wordlike):
    """A page flow as Word prints it, in STSong-Light."""

    def __init__(self, margin: float = 60.0) -> None:
        """An empty first page."""
        self.pdf = PdfFile()
        song(self.pdf, "F1")
        self.face = Song()
        self.margin = margin
        self.page = PageOps()
        self.y = self.page.height - margin
        self.number = 1


def as_pdf(blocks: list[str | LaidTable]) -> bytes:
    """Titles centred, each form on a page of its own, prose with indented paragraphs."""
    flow = SongFlow()
    for at, block in enumerate(blocks):
        if isinstance(block, LaidTable):
            cells = [FlowCell(c.row, c.col, c.row_span, c.col_span, c.text) for c in block.printed()]
            flow.table(WIDTHS[block.n_cols], len(block.rows), cells, 9)
        elif block.endswith(("数据表", "自评表")) or ("自评报告" in block[-12:] and block[:2] == "20"):
            flow.paragraph(block, 16, align="center", gap=6)
        else:
            if block.startswith("附件") and at:
                flow.break_page()
            flow.paragraph(block, 9 if block.startswith("说明") else 12, indent=24 if len(block) > 30 else 0)
    return flow.bytes()
