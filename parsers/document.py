"""The one format-neutral model that every reader writes and every form recogniser reads.

A `Document` is a sequence of blocks in reading order: paragraphs and tables. A table is a grid of cells with row
and column spans, in the sense of the HTML and OOXML table models: a merged cell stands once, at its top left
position, and covers `row_span` × `col_span` positions. Every cell and paragraph carries its raw text and a `Place`.

What a format cannot know stays None: a Word file has no pages, a text file no boxes, a scan no lines. A text dump
does not say which cells were merged; its tables are `ragged`: `col` counts the cells of the row, all spans are 1,
and `parsers.grid` settles the columns later.

`Place`, `Cell` and `Paragraph`, of which a file has thousands, are named tuples: making one costs a third of what a
frozen dataclass costs. They have different lengths, so none equals one of another kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

__all__ = ["Block", "Cell", "Document", "Join", "Note", "Paragraph", "ParagraphKind", "Place", "Table"]


class Place(NamedTuple):
    """Where something is printed. All counts start at 1; a box is in points from the top left of its page."""

    page: int | None = None
    table: int | None = None
    row: int | None = None
    col: int | None = None
    line: int | None = None
    """Line of a text file (lines end with LF, CR or CRLF); the first line that holds visible text."""
    paragraph: int | None = None
    """Number among the paragraphs of the document, tables not counted."""
    part: str | None = None
    """Sheet of a workbook, or the story of a Word file that is not its body (footnote, text box)."""
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None


class Cell(NamedTuple):
    """One cell of a grid. `row` and `col` start at 0; the position is the top left of what the cell covers."""

    row: int
    col: int
    text: str
    """Raw text: paragraphs and line breaks of the cell are separated by a line feed, nothing is trimmed."""
    place: Place
    row_span: int = 1
    col_span: int = 1
    covered_text: str = ""
    """Text that the file holds in positions which a merge covers: not shown on the page, kept for the audit."""
    confidence: float | None = None
    """Recognition confidence from 0 to 1; only scans have one."""
    nested: tuple[Table, ...] = ()
    """Tables that stand inside the cell; their text is not repeated in `text`."""
    stored: str = ""
    """The number that the file keeps where it shows another (0.9523 behind 95.23%); only workbooks have one."""
    doubts: tuple[str, ...] = ()
    """Numbers in `text` that a scan does not show with certainty: nothing may be made of them."""


@dataclass(frozen=True, slots=True)
class Join:
    """Records that a table was put together again across a page break."""

    row: int
    """First grid row (from 0) that stands on the later page."""
    page: int
    dropped_header_rows: int = 0
    """Repeated header rows left out at this break."""
    split_row: bool = False
    """True where the row itself was cut by the break and joined."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as one grid of `n_rows` × `n_cols` positions, its cells in row-major order of their top left."""

    number: int
    """From 1, in reading order, nested tables counted after the table that holds them."""
    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    place: Place
    ragged: bool = False
    """True where the format does not tell spans (text dumps); `n_cols` is then the longest row."""
    joins: tuple[Join, ...] = ()

    def rows(self) -> list[list[Cell]]:
        """The cells that begin in each row, left to right; a position covered from above has no entry."""
        out: list[list[Cell]] = [[] for _ in range(self.n_rows)]
        for cell in self.cells:
            out[cell.row].append(cell)
        return out


ParagraphKind = Literal["body", "header", "footer", "page_number", "footnote", "text_box", "watermark"]


class Paragraph(NamedTuple):
    """A paragraph outside tables."""

    text: str
    """Raw text, with an automatic number (一、, 1.) in front where the format keeps it apart."""
    place: Place
    kind: ParagraphKind = "body"
    outline_level: int | None = None
    """Heading level that the format itself declares, from 1."""
    automatic_number: str = ""
    """The part of `text` that came from automatic numbering."""
    confidence: float | None = None
    doubts: tuple[str, ...] = ()
    """Numbers in `text` that a scan does not show with certainty: nothing may be made of them."""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader saw and repaired or left aside; kept beside the document, never silent."""

    code: str
    message: str
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file as blocks in reading order."""

    format: str
    """`txt`, `docx`, `pdf`, …: what the bytes are, not what the file is called."""
    blocks: tuple[Block, ...]
    pages: int | None = None
    encoding: str | None = None
    notes: tuple[Note, ...] = ()

    def tables(self) -> Iterator[Table]:
        """All tables in reading order, nested ones directly after the table that holds them."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from _with_nested(block)

    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs in reading order, page furniture included."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block


def _with_nested(table: Table) -> Iterator[Table]:
    yield table
    for cell in table.cells:
        for inner in cell.nested:
            yield from _with_nested(inner)
