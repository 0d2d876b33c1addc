"""Settling the grid of a table: where each cell stands, what it spans, what a merge covers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from parsers.document import Table
from parsers.readers.ooxml.names import VAL, W
from parsers.readers.ooxml.xmlpart import Element, children, is_on, whole
from parsers.reasons import Reason, UnreadableError
from parsers.record import record

MAX_WORD_COLUMNS = 63
"""The most columns that Word itself writes in one table."""
_USUAL_SPANS = {str(span): span for span in range(1, MAX_WORD_COLUMNS + 1)}
MAX_COLUMNS = 4096
MAX_POSITIONS = 20_000_000

_WIDTH = W + "tcW"
_SPAN = W + "gridSpan"
_VERTICAL = W + "vMerge"
_HORIZONTAL = W + "hMerge"
_CELL_DELETED = W + "cellDel"
_CELL_MERGED = W + "cellMerge"


@record(frozen=True, slots=True)
class CellShape:
    """What w:tcPr says about the extent of a cell; merges are `restart`, `continue` or None."""

    span: str | None = None
    vertical: str | None = None
    horizontal: str | None = None
    deleted: bool = False


@dataclass(slots=True)
class Draft:
    """A cell that is still growing."""

    row: int
    col: int
    col_span: int
    row_span: int = 1
    text: str = ""
    covered: list[str] | None = None
    nested: list[Table] | None = None


PLAIN = CellShape()
_ONLY_VERTICAL = {None: PLAIN} | {merge: CellShape(vertical=merge) for merge in ("restart", "continue")}


def cell_shape(properties: Element | None) -> CellShape:
    """The shape that a w:tcPr states."""
    if properties is None or (len(properties) == 1 and properties[0].tag == _WIDTH):
        return PLAIN
    span: str | None = None
    vertical: str | None = None
    horizontal: str | None = None
    deleted = False
    for child in children(properties):
        tag = child.tag
        if tag == _WIDTH:
            continue
        if tag == _SPAN:
            span = child.get(VAL) or ""
        elif tag == _VERTICAL:
            vertical = "restart" if child.get(VAL) == "restart" else "continue"
        elif tag == _HORIZONTAL:
            horizontal = "restart" if child.get(VAL) == "restart" else "continue"
        elif tag == _CELL_DELETED:
            deleted = True
        elif tag == _CELL_MERGED:
            # a tracked merge counts as accepted, like every other tracked change
            vertical = {"rest": "restart", "cont": "continue"}.get(child.get(W + "vMerge") or "", vertical)
    if span is None and horizontal is None and not deleted:
        return _ONLY_VERTICAL[vertical]
    return CellShape(span, vertical, horizontal, deleted)


@record(frozen=True, slots=True)
class RowShape:
    """What w:trPr says about a row."""

    before: str | None = None
    deleted: bool = False
    hidden: bool = False


PLAIN_ROW = RowShape()


def row_shape(properties: Element | None) -> RowShape:
    """The shape that a w:trPr states; w:gridAfter leaves positions empty at the end and moves nothing."""
    if properties is None:
        return PLAIN_ROW
    before: str | None = None
    deleted = hidden = False
    for child in children(properties):
        tag = child.tag
        if tag == W + "gridBefore":
            before = child.get(VAL) or ""
        elif tag == W + "del":
            deleted = True
        elif tag == W + "hidden":
            hidden = is_on(child)
    return RowShape(before, deleted, hidden)


class Grid:
    """Takes the rows of a table one by one and settles each before its content is read."""

    def __init__(self, declared_columns: int, note: Callable[[str, str, int], None]) -> None:
        """Start an empty grid; `declared_columns` is the length of w:tblGrid, 0 where it is missing."""
        self.cells: list[Draft] = []
        self.n_rows = 0
        self.n_cols = 0
        self._declared = declared_columns
        self._note = note
        self._open: dict[int, Draft] = {}

    def row(self, before: str | None, shapes: list[CellShape]) -> list[tuple[Draft, bool]]:
        """Settle one row: for each cell the draft that its position belongs to, and whether a merge covers it."""
        col = self._skipped(before)
        settled: list[tuple[Draft, bool]] = []
        still_open: dict[int, Draft] = {}
        index = 0
        while index < len(shapes):
            first = shapes[index]
            if first is PLAIN:
                draft = Draft(self.n_rows, col, 1)
                self.cells.append(draft)
                settled.append((draft, False))
                col += 1
                index += 1
                continue
            span = 1 if first.span is None else self._span(first.span, col)
            parts = 1
            if first.horizontal == "continue":
                self._note("h_merge", "a cell continues a horizontal merge that nothing began; it stands alone", col)
            while (
                first.horizontal is not None
                and index + parts < len(shapes)
                and shapes[index + parts].horizontal == "continue"
            ):
                span += self._span(shapes[index + parts].span, col + span)
                parts += 1
            if first.vertical is None:
                draft, covered = Draft(self.n_rows, col, span), False
            else:
                draft, covered = self._vertical(first.vertical, col, span)
                still_open[col] = draft
            if not covered:
                self.cells.append(draft)
            settled.append((draft, covered))
            if parts > 1:
                settled += [(draft, True)] * (parts - 1)
            col += span
            index += parts
        if col > MAX_COLUMNS:
            raise UnreadableError(Reason.TOO_LARGE, f"a table row has more than {MAX_COLUMNS} columns")
        self._open = still_open
        self.n_rows += 1
        if settled:
            self.n_cols = max(self.n_cols, col)
        if self.n_rows * self.n_cols > MAX_POSITIONS:
            raise UnreadableError(Reason.TOO_LARGE, f"a table has more than {MAX_POSITIONS} grid positions")
        return settled

    def _vertical(self, merge: str | None, col: int, span: int) -> tuple[Draft, bool]:
        if merge == "continue":
            above = self._open.get(col)
            if above is not None and above.col_span == span:
                above.row_span += 1
                return above, True
            why = "nothing above began" if above is None else "has another width above"
            self._note("v_merge", f"a cell continues a vertical merge that {why}; it stands alone", col)
        return Draft(self.n_rows, col, span), False

    def _span(self, stated: str | None, col: int) -> int:
        if stated is None:
            return 1
        usual = _USUAL_SPANS.get(stated)
        if usual is not None:
            return usual
        span = whole(stated)
        if span is not None and 1 <= span <= max(MAX_WORD_COLUMNS, self._declared):
            return span
        if span is None or span < 1:
            self._note("grid_span", f"gridSpan {stated[:20]!r} is no number of columns, read as 1", col)
            return 1
        clamped = min(max(1, self._declared - col), MAX_COLUMNS)
        self._note("grid_span", f"gridSpan {stated[:20]} is more than a table holds, read as {clamped}", col)
        return clamped

    def _skipped(self, stated: str | None) -> int:
        if stated is None:
            return 0
        skipped = whole(stated)
        if skipped is not None and 0 <= skipped <= max(MAX_WORD_COLUMNS, self._declared):
            return skipped
        self._note("grid_span", f"gridBefore {stated[:20]!r} is no number of columns, read as 0", 0)
        return 0
