"""Writes a laid-out report as a Word file."""

from __future__ import annotations

from tests.makers.layouts import LaidTable
from tests.makers.ooxml import cell, package, paragraph, row, table

_SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1474" w:bottom="1440" w:left="1474" w:header="851" w:footer="992"/></w:sectPr>'
)
_WIDTH = 8958
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in _SIDES)
_BORDERS = f"<w:tblBorders>{_LINES}</w:tblBorders>"


def word_file(blocks: list[str | LaidTable]) -> bytes:
    """The bytes of a Word file with the paragraphs and tables of a layout."""
    body = [paragraph(block) if isinstance(block, str) else _table(block) for block in blocks]
    return package("".join(body), final=_SECTION)


def _table(block: LaidTable) -> str:
    width = _WIDTH // block.n_cols
    rows = [
        row(
            cell(
                item.text,
                item.col_span,
                "restart" if item.row_span > 1 else "" if item.row_span else "continue",
                width=width * item.col_span,
            )
            for item in line
        )
        for line in block.rows
    ]
    return table(rows, [width] * block.n_cols, _BORDERS)
