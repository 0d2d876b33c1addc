"""Prints a laid-out report as a PDF the way Word does: one CID font, borders as thin rectangles, rows cut by pages."""

from __future__ import annotations

from dataclasses import replace

from parsers.titles import title_kind
from tests.makers.layouts import LaidTable
from tests.makers.wordlike import FlowCell, Wordlike


def pdf_file(blocks: list[str | LaidTable], repeat_heading: bool = False) -> bytes:
    """The bytes of a PDF with the paragraphs and tables of a layout.

    ⩾, which the free font lacks, is printed as ≥.
    """
    blocks = [_printable(block) for block in blocks]
    flow = Wordlike("".join(b if isinstance(b, str) else "".join(c.text for c in b.printed()) for b in blocks))
    for block in blocks:
        if isinstance(block, LaidTable):
            cells = [FlowCell(c.row, c.col, c.row_span, c.col_span, _trimmed(c.text)) for c in block.printed()]
            flow.table((1.0,) * block.n_cols, len(block.rows), cells, 9, repeat=1 if repeat_heading else 0)
        elif title_kind(block):
            flow.paragraph(block.strip(), 16, align="center", gap=6)
        else:
            flow.paragraph(block.strip(), 12, indent=24 if len(block) > 30 else 0)
    return flow.bytes()


def _trimmed(text: str) -> str:
    """A cell without the empty lines and padding around its text, which would only make the row high."""
    return "\n".join(line.strip() for line in text.strip().split("\n") if line.strip())


def _printable(block: str | LaidTable) -> str | LaidTable:
    if isinstance(block, str):
        return block.replace("⩾", "≥")
    rows = tuple(tuple(replace(cell, text=cell.text.replace("⩾", "≥")) for cell in row) for row in block.rows)
    return LaidTable(block.n_cols, rows)
