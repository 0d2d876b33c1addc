"""The seed report as it is printed: its paragraphs without blank lines, its tables with column widths.

What was merged is told by `seed_docx`, from which the tables come.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.makers.seed_docx import SEED, SeedCell
from tests.makers.seed_docx import SeedTable as Grid
from tests.makers.seed_docx import seed_blocks as grids_and_lines

__all__ = ["SEED", "SeedBlock", "SeedCell", "SeedTable", "seed_blocks"]

_WIDTHS = {
    7: (7, 2.2, 2.2, 2.2, 2.2, 2.2, 2.2),
    9: (1.3, 2, 2.2, 4.2, 2, 2, 1.4, 1.4, 2.4),
}
"""Relative widths of the columns of a table by their number."""


@dataclass(frozen=True)
class SeedTable:
    """One table of the seed: relative column widths and cells in row-major order."""

    n_rows: int
    widths: tuple[float, ...]
    cells: tuple[SeedCell, ...]


SeedBlock = str | SeedTable


def seed_blocks() -> list[SeedBlock]:
    """The seed as paragraphs and tables in reading order; blank lines below its first table are left out."""
    out: list[SeedBlock] = []
    for block in grids_and_lines(SEED.read_text(encoding="utf-8").replace("\r\n", "\n")):
        if isinstance(block, Grid):
            cells = tuple(replace(cell, text=cell.text.strip("\n")) for cell in block.printed())
            out.append(SeedTable(len(block.rows), _WIDTHS[sum(block.layout.rows[0])], cells))
        elif block.strip() or not any(isinstance(before, SeedTable) for before in out):
            out.append(block)
    return out
