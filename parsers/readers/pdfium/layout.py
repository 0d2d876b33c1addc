"""What stands on a page, before it becomes blocks: lines of text and grids of cells, in reading orientation."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from parsers.document import Note

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left."""


@dataclass(slots=True)
class Line:
    """One visual line of text.

    `head` is the width of its first unbreakable piece, `parts` are its pieces where wide gaps part it.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    head: float
    page: int
    parts: list[tuple[str, float, float]] = field(default_factory=list)
    turned: bool = False
    spaced: bool = False
    """The file holds a space after the last character."""
    confidence: float | None = None
    """How sure the recognition of a scan is of its characters."""
    doubts: tuple[str, ...] = ()
    """Numbers of a scanned line that were not read with certainty."""

    @property
    def box(self) -> Box:
        """The box around its characters."""
        return (self.x0, self.top, self.x1, self.bottom)


@dataclass(slots=True)
class GridCell:
    """One cell of a grid with the lines that stand in it."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    page: int
    lines: list[Line] = field(default_factory=list)
    nested: list[Grid] = field(default_factory=list)
    text: str = ""
    enclosed: bool = True
    """False where rules stand neither above and below nor left and right: a gap beside a narrower part of a table."""


@dataclass(slots=True)
class Break:
    """Where a later page's part of a grid begins; becomes a `Join`."""

    row: int
    page: int
    dropped_header_rows: int
    split_row: bool
    unsure: bool = False
    """The first row on the later page may be the rest of the row before; it was left a row of its own."""


@dataclass(slots=True)
class Grid:
    """A table on one page, or on several once joined: edges, cells, and whether its outer rules are drawn."""

    page: int
    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    open_top: bool = False
    open_bottom: bool = False
    frame: bool = False
    """A box around something, not a table of its own: a grid of one cell."""
    breaks: list[Break] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """The box around the grid."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def n_rows(self) -> int:
        """Number of grid rows."""
        return len(self.ys) - 1

    @property
    def n_cols(self) -> int:
        """Number of grid columns."""
        return len(self.xs) - 1


@dataclass(slots=True)
class Frame:
    """How user space lies on the page: the visible box, the page's own quarter turn, and that of its text."""

    left: float
    bottom: float
    right: float
    top: float
    shown: int
    """Quarter turns clockwise by which the page is displayed (`/Rotate`)."""
    reading: int
    """Quarter turns by which its text is upright; differs from `shown` where a page is printed sideways."""
    skew: float = 0.0
    """Degrees by which a scanned page was turned to lie straight."""

    @property
    def is_plain(self) -> bool:
        """True where a box of reading space is a box of the displayed page as it stands."""
        return self.shown == self.reading and not self.skew

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in reading orientation."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.reading % 2 else (width, height)

    def shown_box(self, box: Box) -> Box:
        """A box of reading space as a box of the displayed page."""
        turn = (self.shown - self.reading) % 4
        width, height = self.size
        if self.skew:
            box = _turned(box, self.skew, width / 2, height / 2)
        if not turn:
            return box
        x0, top, x1, bottom = box
        if turn == 1:
            return (height - bottom, x0, height - top, x1)
        if turn == 2:
            return (width - x1, height - bottom, width - x0, height - top)
        return (top, width - x1, bottom, width - x0)


def _turned(box: Box, angle: float, x: float, y: float) -> Box:
    """The box turned back about a middle, with its own width and height: for an angle of a few degrees."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    across, down = (box[0] + box[2]) / 2 - x, (box[1] + box[3]) / 2 - y
    middle = x + cos * across - sin * down, y + sin * across + cos * down
    half = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    return (middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1])


@dataclass(slots=True)
class PageLayout:
    """One page: its lines outside grids in reading order, its grids, and what is printed across it."""

    number: int
    frame: Frame
    lines: list[Line]
    grids: list[Grid]
    large: list[Line]
    """Lines far larger than the page's text: headings, or a watermark if they repeat."""
    watermarks: list[Line]
    rules: list[tuple[float, float, float]]
    """Horizontal rules (y, x0, x1) that are part of no grid."""
    notes: list[Note] = field(default_factory=list)
    needs_ocr: str = ""
    """Why the page can't be read without OCR; empty where it can."""
    has_ink: bool = False
