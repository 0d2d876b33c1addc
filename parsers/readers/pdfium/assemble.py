"""Pages to blocks in reading order, with numbers and places."""

from __future__ import annotations

import itertools
import re

from parsers.document import Block, Cell, Join, Note, Paragraph, ParagraphKind, Place, Table
from parsers.readers.pdfium.aligned import aligned_grids
from parsers.readers.pdfium.furniture import take_furniture
from parsers.readers.pdfium.joins import continues, join
from parsers.readers.pdfium.layout import Box, Frame, Grid, GridCell, Line, PageLayout
from parsers.readers.pdfium.paragraphs import Measure, measures, paragraph_text, paragraphs
from parsers.readers.pdfium.watermarks import settle_large
from parsers.readers.pdfium.wording import cell_text, number_broken

Item = Line | Grid
_TAIL, _HEAD = re.compile(r"[\d.,]+$"), re.compile(r"[\d.,]+")


def blocks_of(pages: list[PageLayout]) -> tuple[list[Block], list[Note]]:
    """All blocks of a document."""
    notes = [note for page in pages for note in page.notes]
    marks = settle_large(pages)
    furniture = take_furniture(pages)
    for page in pages:
        page.lines, found = aligned_grids(page)
        page.grids += found
    items = _joined([(page, _in_order(page)) for page in pages])
    columns = measures(pages)
    writer = _Writer({page.number: page.frame for page in pages}, columns, notes)
    for page in pages:
        edge = furniture.get(page.number, [])
        writer.furniture([(line, kind) for line, kind in edge if kind == "header"], page)
        writer.furniture([(line, "watermark") for line in marks.get(page.number, [])], page)
        writer.body(items[page.number])
        writer.furniture([(line, kind) for line, kind in edge if kind != "header"], page)
    writer.flush()
    return writer.blocks, notes


def _in_order(page: PageLayout) -> list[Item]:
    """Lines and grids from top to bottom; a box around nothing but text is no table unless a table runs into it."""
    placed: list[tuple[float, float, Item]] = [(line.top, line.x0, line) for line in page.lines]
    placed += [(grid.box[1], grid.box[0], grid) for grid in page.grids]
    return [item for _, _, item in sorted(placed, key=lambda entry: entry[:2])]


def _joined(pages: list[tuple[PageLayout, list[Item]]]) -> dict[int, list[Item]]:
    """Join tables across page breaks; the joined table stands where it begins."""
    lowest = _lowest(pages)
    out: dict[int, list[Item]] = {}
    last: Grid | None = None
    before: PageLayout | None = None
    bottom = 0.0
    for page, items in pages:
        head = items[0] if items else None
        follows = before is not None and before.number == page.number - 1
        if before is not None and follows and last is not None and isinstance(head, Grid):
            room = lowest[before.number] - bottom
            if continues(last, head, room):
                bottom = head.box[3]
                join(last, head)
                items = items[1:]
        if last is not None and not items and isinstance(head, Grid):
            # the whole page is a part of the table, which may go on
            out[page.number], before = items, page
            continue
        out[page.number], before = items, page
        last, bottom = _tail(items)
    return {number: _without_boxes(items) for number, items in out.items()}


def _tail(items: list[Item]) -> tuple[Grid | None, float]:
    end = items[-1] if items else None
    return (end, end.box[3]) if isinstance(end, Grid) else (None, 0.0)


def _lowest(pages: list[tuple[PageLayout, list[Item]]]) -> dict[int, float]:
    """How far down the text of the pages reaches, by page size."""
    reach: dict[tuple[int, int], float] = {}
    for page, items in pages:
        key = (round(page.frame.size[0]), round(page.frame.size[1]))
        ends = [item.bottom if isinstance(item, Line) else item.box[3] for item in items]
        reach[key] = max([reach.get(key, 0.0), *ends])
    return {page.number: reach[(round(page.frame.size[0]), round(page.frame.size[1]))] for page, _ in pages}


def _without_boxes(items: list[Item]) -> list[Item]:
    out: list[Item] = []
    for item in items:
        if isinstance(item, Grid) and item.frame and not item.breaks:
            out += item.cells[0].lines
            out += item.cells[0].nested
        elif isinstance(item, Grid) and not any(cell.lines or cell.nested for cell in item.cells):
            # a drawing: the grid of a chart, an empty box
            continue
        else:
            out.append(item)
    return out


class _Writer:
    """Turns lines and grids into blocks; a paragraph stays open until something else follows."""

    def __init__(self, frames: dict[int, Frame], columns: dict[int, Measure], notes: list[Note]) -> None:
        self.blocks: list[Block] = []
        self.frames, self.columns, self.notes = frames, columns, notes
        self.open: list[Line] = []
        self.waiting: list[Paragraph] = []
        self.n_paragraphs = 0
        self.n_tables = 0

    def body(self, items: list[Item]) -> None:
        for item in items:
            if isinstance(item, Line):
                self.open.append(item)
            else:
                self.flush()
                self.blocks.append(self._table(item))

    def furniture(self, lines: list[tuple[Line, ParagraphKind]], page: PageLayout) -> None:
        """Furniture may stand in the middle of a sentence that the page break cuts: it waits for the end of it."""
        for line, kind in lines:
            place = self._place(line.box, page.number)
            found = Paragraph(line.text.strip(), place, kind, confidence=line.confidence, doubts=line.doubts)
            self.waiting.append(found)

    def flush(self) -> None:
        groups = paragraphs(self.open, self.columns)
        ready: list[Paragraph] = []
        for group in groups:
            first = group[0]
            same = [line for line in group if line.page == first.page]
            box = _around([line.box for line in same])
            paragraph = Paragraph(paragraph_text(group), self._place(box, first.page))
            if any(line.confidence is not None for line in group):
                paragraph = paragraph._replace(confidence=sureness(group), doubts=doubts(group))
            ready.append(paragraph)
        self.open = []
        for paragraph in _merged_by_page(ready, self.waiting):
            self.n_paragraphs += 1
            self.blocks.append(paragraph._replace(place=paragraph.place._replace(paragraph=self.n_paragraphs)))
        self.waiting = []

    def _place(
        self, box: Box, page: int, table: int | None = None, row: int | None = None, col: int | None = None
    ) -> Place:
        frame = self.frames[page]
        x0, top, x1, bottom = box if frame.is_plain else frame.shown_box(box)
        return Place(
            page, table, row, col, None, None, None, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)
        )

    def _table(self, grid: Grid) -> Table:
        self.n_tables += 1
        number = self.n_tables
        cells = tuple([self._cell(cell, number) for cell in grid.cells])
        own = [cell.box for cell in grid.cells if cell.page == grid.page]
        place = self._place(_around(own), grid.page, number)
        for part in grid.breaks:
            if part.unsure:
                message = (
                    f"Page {part.page}: the first row of the table may be the rest of the row before; compare the page."
                )
                self.notes.append(Note("row_maybe_cut", message, Place(part.page, number, part.row + 1)))
        joins = tuple(Join(b.row, b.page, b.dropped_header_rows, b.split_row) for b in grid.breaks)
        return Table(number, cells, grid.n_rows, grid.n_cols, place, joins=joins)

    def _cell(self, cell: GridCell, number: int) -> Cell:
        frame = self.frames[cell.page]
        if frame.is_plain:
            place = Place(cell.page, number, cell.row + 1, cell.col + 1, None, None, None, *cell.box)
        else:
            place = self._place(cell.box, cell.page, number, cell.row + 1, cell.col + 1)
        lines = cell.lines
        text = lines[0].text if lines else ""
        if len(lines) > 1:
            text = cell_text(lines, cell.box)
            for before, after in itertools.pairwise(lines):
                if number_broken(before.text, after.text) and before.text + after.text in text:
                    number_text = before.text + after.text
                    message = f"Page {cell.page}: the number {number_text!r} is printed over two lines of its cell."
                    self.notes.append(Note("number_over_lines", message, place))
        if any(line.confidence is not None for line in lines):
            return Cell(
                cell.row, cell.col, text, place, cell.row_span, cell.col_span, "", sureness(lines),
                tuple([self._table(inner) for inner in cell.nested]), doubts=doubts(lines),
            )  # fmt: skip
        if not cell.nested:
            return Cell(cell.row, cell.col, text, place, cell.row_span, cell.col_span)
        nested = tuple([self._table(inner) for inner in cell.nested])
        return Cell(cell.row, cell.col, text, place, cell.row_span, cell.col_span, nested=nested)


def _merged_by_page(body: list[Paragraph], furniture: list[Paragraph]) -> list[Paragraph]:
    """Furniture goes in page order between the paragraphs: headers before, footers after what begins on their page."""
    out: list[Paragraph] = []
    rest = list(body)
    for piece in furniture:
        page = piece.place.page or 0
        limit = page if piece.kind in ("header", "watermark") else page + 1
        while rest and (rest[0].place.page or 0) < limit:
            out.append(rest.pop(0))
        out.append(piece)
    return out + rest


def sureness(lines: list[Line]) -> float | None:
    """The confidence of the least sure line; None where none was recognised from a picture."""
    return min((line.confidence for line in lines if line.confidence is not None), default=None)


def doubts(lines: list[Line]) -> tuple[str, ...]:
    """The numbers of all lines that are not certain; one broken between two digits may lack the point at the break."""
    found = [number for line in lines for number in line.doubts]
    for before, after in itertools.pairwise(lines):
        if number_broken(before.text, after.text):
            tail, head = _TAIL.search(before.text), _HEAD.match(after.text)
            whole = (tail[0] if tail else "") + (head[0] if head else "")
            found += [] if "." in whole else [whole]
    return tuple(dict.fromkeys(found))


def _around(boxes: list[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
