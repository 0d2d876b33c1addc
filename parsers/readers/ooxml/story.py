"""The walk through a story (body, header, footnotes, text box): paragraphs and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.document import Block, Cell, Paragraph, ParagraphKind, Place, Table
from parsers.readers.ooxml.context import Context, shortened
from parsers.readers.ooxml.drawings import Drawing
from parsers.readers.ooxml.fields import Fields
from parsers.readers.ooxml.formulas import linear
from parsers.readers.ooxml.names import (
    CELL,
    CELL_PROPERTIES,
    DELETED,
    DELETED_TEXT,
    MATH_PARAGRAPH,
    PARAGRAPH,
    ROW,
    ROW_PROPERTIES,
    TABLE,
    TEXT,
    WRAPPERS,
    W,
)
from parsers.readers.ooxml.runs import Line, LineReader
from parsers.readers.ooxml.tables import CellShape, Draft, Grid, RowShape, cell_shape, row_shape
from parsers.readers.ooxml.xmlpart import Element, child, children, members
from parsers.reasons import Reason, UnreadableError

MAX_DEPTH = 50
"""Tables in cells and text boxes in text boxes: nobody prints more, and each level costs stack."""

_ALT_CHUNK = frozenset({W + "altChunk", W + "subDoc"})
_GRID_COLUMN = W + "gridCol"
_INTO_TABLES = WRAPPERS | {TABLE, ROW, CELL}


class StoryReader:
    """Appends the blocks of one story after another to a list."""

    def __init__(self, context: Context) -> None:
        """Read in this context."""
        self.context = context
        self.blocks: list[Block] = []
        self._lines = LineReader(context)
        self._waiting: list[Drawing] = []
        self._fields = Fields()
        self._depth = 0

    def read(self, container: Element, kind: ParagraphKind) -> None:
        """Read a whole story into blocks."""
        outer, self._fields = self._fields, Fields()
        pending = ""
        for element in members(container, usual=PARAGRAPH):
            tag = element.tag
            if tag == PARAGRAPH:
                line = self._lines.read(element, self._fields)
                if line.joins_next:
                    pending += line.text
                else:
                    self._emit(line, kind, pending)
                    pending = ""
                for drawing in line.drawings:
                    self._hang(drawing, kind)
            elif tag == TABLE:
                if pending:
                    self._emit(Line(""), kind, pending)
                    pending = ""
                self._top_table(element, kind)
            else:
                self._other(element, kind)
        if pending:
            self._emit(Line(""), kind, pending)
        self._fields = outer

    def _other(self, element: Element, kind: ParagraphKind) -> None:
        tag = element.tag
        if tag in _ALT_CHUNK:
            self.context.note("alt_chunk", "another document is embedded here; its content is not read")
        elif tag == MATH_PARAGRAPH:
            self._emit(Line(linear(element)), kind, "")
        elif tag in DELETED:
            self._note_deleted(element)

    def _emit(self, line: Line, kind: ParagraphKind, before: str) -> None:
        context = self.context
        context.paragraphs += 1
        text = before + line.text
        place = Place(paragraph=context.paragraphs, part=context.part)
        self.blocks.append(Paragraph(text, place, kind, line.outline, line.number))

    def _hang(self, drawing: Drawing, kind: ParagraphKind) -> None:
        """Emit what hangs on a paragraph: after it, in a story of its own."""
        for text in drawing.watermarks:
            self._emit(Line(text), "watermark", "")
        self._deeper("text boxes")
        part = self.context.part
        box_kind: ParagraphKind = "text_box" if kind == "body" else kind
        self.context.part = part or "text_box"
        for box in drawing.boxes:
            self.read(box, box_kind)
        self.context.part = part
        self._depth -= 1

    def _top_table(self, element: Element, kind: ParagraphKind) -> None:
        table = self._table(element)
        if table is not None:
            self.blocks.append(table)
        waiting, self._waiting = self._waiting, []
        for drawing in waiting:
            self._hang(drawing, kind)

    def _deeper(self, what: str) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            place = self.context.place()
            raise UnreadableError(Reason.DAMAGED, f"{what} stand inside one another more than {MAX_DEPTH} deep", place)

    def _table(self, element: Element) -> Table | None:
        """One table with what is nested in it; None where every row is deleted."""
        context = self.context
        self._deeper("tables")
        outer = (context.table, context.row, context.col)
        rows = _Rows(element)
        grid: Grid | None = None
        number = 0
        for row, shape in rows:
            if shape.deleted:
                context.col = None
                self._note_deleted(row)
                continue
            if grid is None:
                context.tables += 1
                context.table = number = context.tables
                grid = Grid(rows.declared_columns, self._note_in_row)
            context.row, context.col = grid.n_rows + 1, None
            if shape.hidden:
                self._note_hidden(row)
                continue
            self._row(row, shape, grid)
        table = None if grid is None else _finished(grid, number, context.part)
        context.table, context.row, context.col = outer
        self._depth -= 1
        return table

    def _row(self, row: Element, shape: RowShape, grid: Grid) -> None:
        kept: list[tuple[Element, list[Element]]] = []
        shapes: list[CellShape] = []
        for cell in members(row, usual=CELL):
            if cell.tag != CELL:
                continue
            inside = children(cell)
            first = inside[0] if inside else None
            if first is not None and first.tag != CELL_PROPERTIES:
                first = child(cell, CELL_PROPERTIES)
            cell_is = cell_shape(first)
            if cell_is.deleted:
                self._note_deleted(cell)
                continue
            kept.append((cell, inside))
            shapes.append(cell_is)
        context, lines = self.context, self._lines
        for (cell, inside), (draft, covered) in zip(kept, grid.row(shape.before, shapes), strict=True):
            context.col = draft.col + 1
            if covered:
                self._covered(cell, draft)
            elif len(inside) == 2 and inside[1].tag == PARAGRAPH and inside[0].tag == CELL_PROPERTIES:
                # nearly every cell of a report is one paragraph after its properties
                draft.text = lines.text_of(inside[1], self._fields)
                if lines.drawings:
                    self._waiting.extend(lines.drawings)
            else:
                self._cell(cell, draft)

    def _cell(self, cell: Element, draft: Draft) -> None:
        pending = ""
        lines: list[str] = []
        for element in members(cell):
            tag = element.tag
            if tag == PARAGRAPH:
                line = self._lines.read(element, self._fields)
                if line.drawings:
                    self._waiting.extend(line.drawings)
                if line.joins_next:
                    pending += line.text
                else:
                    lines.append(pending + line.text)
                    pending = ""
            elif tag == TABLE:
                nested = self._table(element)
                if nested is not None:
                    draft.nested = draft.nested or []
                    draft.nested.append(nested)
            elif tag in _ALT_CHUNK or tag in DELETED:
                self._other(element, "body")
            elif tag == MATH_PARAGRAPH:
                lines.append(linear(element))
        if pending:
            lines.append(pending)
        draft.text = lines[0] if len(lines) == 1 else "\n".join(lines)

    def _covered(self, holder: Element, draft: Draft) -> None:
        """Text of a position under a merge: not printed, but kept for the audit; it moves no list counter."""
        for element in members(holder, _INTO_TABLES):
            if element.tag == PARAGRAPH:
                text = self._lines.text_of(element, self._fields, counted=False)
                if text.strip():
                    draft.covered = draft.covered or []
                    draft.covered.append(text)
                for drawing in self._lines.drawings:
                    self._deeper("text boxes")
                    for box in drawing.boxes:
                        self._covered(box, draft)
                    self._depth -= 1

    def _note_in_row(self, code: str, message: str, col: int) -> None:
        self.context.col = col + 1
        self.context.note(code, message)
        self.context.col = None

    def _note_deleted(self, element: Element) -> None:
        text = "".join(part.text or "" for part in element.iter(TEXT, DELETED_TEXT))
        if text.strip():
            self.context.note("deleted_text", shortened(text))

    def _note_hidden(self, row: Element) -> None:
        text = " ".join(part.text or "" for part in row.iter(TEXT))
        if text.strip():
            self.context.note("hidden_text", shortened(text))


class _Rows:
    """The rows of a table, content controls around them looked through."""

    def __init__(self, table: Element) -> None:
        grid = table.find(W + "tblGrid")
        self.declared_columns = 0 if grid is None else sum(1 for _ in grid.iterchildren(_GRID_COLUMN))
        self._table = table

    def __iter__(self) -> Iterator[tuple[Element, RowShape]]:
        for row in members(self._table, usual=ROW):
            if row.tag == ROW:
                yield row, row_shape(child(row, ROW_PROPERTIES))


def _finished(grid: Grid, number: int, part: str | None) -> Table:
    cells = tuple(
        Cell(
            draft.row,
            draft.col,
            draft.text,
            Place(None, number, draft.row + 1, draft.col + 1, None, None, part),
            draft.row_span,
            draft.col_span,
            "\n".join(draft.covered) if draft.covered else "",
            None,
            tuple(draft.nested) if draft.nested else (),
        )
        for draft in grid.cells
    )
    return Table(number, cells, grid.n_rows, grid.n_cols, Place(table=number, part=part))
