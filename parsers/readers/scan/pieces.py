"""Where on a straightened page there is text to be read: the boxes of the network cut by the cells of the grids.

A line that crosses cells becomes a piece in each. Ink in a cell that the network overlooked (a lone digit, a dash) is
a piece too, so that no cell is blank only because nothing was found in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from parsers.readers.pdfium.layout import Grid, GridCell
from parsers.readers.scan.engine import Picture

_INSIDE = 1.2
"""Points beside a rule that belong to it."""
_SPECK = 1.1
_SMALLEST = 2.6
"""Points: the height of a character, or the length of a dash, is more than this; dust is less."""
_UPRIGHT = 1.9
"""A box this much higher than wide holds characters one below the other."""
_MARGIN = 0.18


@dataclass(slots=True)
class Piece:
    """A line of text, or the part of one that stands in one cell, by its ink, in pixels."""

    box: tuple[int, int, int, int]
    cell: GridCell | None
    found: bool = True
    """False where the network saw no text, but there is ink."""

    def margin(self) -> int:
        """Paper to be left around the ink, as the network is used to."""
        return max(round(_MARGIN * (self.box[3] - self.box[1])), 2)


def pieces(boxes: Any, grids: list[Grid], ink: Picture, scale: float) -> list[Piece]:
    """All pieces of a page; `ink` is without the rules, `scale` is pixels a point."""
    marks = _Marks(ink, scale)
    out: list[Piece] = []
    inside = np.zeros(len(boxes), bool)
    for grid in grids:
        for cell in grid.cells:
            out += _in_cell(boxes, inside, cell, marks, scale)
    for box in boxes[~inside].tolist():
        tight = marks.around(box, box)
        if tight is not None:
            out += _lines(Piece(tight, None), ink)
    return out


def _in_cell(boxes: Any, inside: Any, cell: GridCell, marks: _Marks, scale: float) -> list[Piece]:
    x0, top, x1, bottom = (edge * scale for edge in cell.box)
    inner = x0 + _INSIDE * scale, top + _INSIDE * scale, x1 - _INSIDE * scale, bottom - _INSIDE * scale
    across = np.minimum(boxes[:, 2], x1) - np.maximum(boxes[:, 0], x0)
    down = np.minimum(boxes[:, 3], bottom) - np.maximum(boxes[:, 1], top)
    high = np.minimum(boxes[:, 3] - boxes[:, 1], bottom - top)
    own = (across > 1.5 * scale) & (down > 0.4 * high)
    inside |= own
    out: list[Piece] = []
    for box in boxes[own].tolist():
        tight = marks.around(box, inner)
        if tight is not None:
            out += _lines(Piece(tight, cell), marks.ink)
    seen = [piece.box for piece in out]
    out += [Piece(box, cell, found=False) for box in marks.left(inner, seen)]
    return out


def _lines(piece: Piece, ink: Picture) -> list[Piece]:
    """The piece, or its characters where they stand one below the other."""
    x0, top, x1, bottom = piece.box
    if bottom - top < _UPRIGHT * (x1 - x0) or bottom - top < 1.5 * (x1 - x0):
        return [piece]
    rows = ink[top:bottom, x0:x1].any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], rows, [False]]).astype(np.int8)))
    runs = edges.reshape(-1, 2).tolist()
    size = 0.75 * (x1 - x0)
    groups: list[list[int]] = []
    for begin, end in runs:
        if groups and (end - groups[-1][0] <= 1.25 * (x1 - x0)) and groups[-1][1] - groups[-1][0] < size:
            groups[-1][1] = end
        else:
            groups.append([begin, end])
    if len(groups) < 2:
        return [piece]
    return [Piece((x0, top + begin, x1, top + end), piece.cell) for begin, end in groups]


class _Marks:
    """The marks of ink on a page (connected pixels), dust left out."""

    def __init__(self, ink: Picture, scale: float) -> None:
        self.ink, self.scale = ink, scale
        _, _, stats, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
        stats, middles = stats[1:], middles[1:]
        longest = np.maximum(stats[:, 2], stats[:, 3])
        kept = longest >= _SPECK * scale
        self.boxes = np.stack([stats[:, 0], stats[:, 1], stats[:, 0] + stats[:, 2], stats[:, 1] + stats[:, 3]], axis=1)[
            kept
        ]
        self.large = longest[kept] >= _SMALLEST * scale
        self.x, self.y = middles[kept, 0], middles[kept, 1]

    def _within(self, box: Any) -> Any:
        x0, top, x1, bottom = box
        return (self.x >= x0) & (self.x <= x1) & (self.y >= top) & (self.y <= bottom)

    def around(self, box: Any, limits: Any) -> tuple[int, int, int, int] | None:
        """The box around the marks within a box and its limits; None where there are none."""
        x0, top = max(box[0], limits[0]), max(box[1], limits[1])
        x1, bottom = min(box[2], limits[2]), min(box[3], limits[3])
        within = self._within((x0, top, x1, bottom))
        # a row of dots (……) has no large mark
        if not (within & self.large).any() and within.sum() < 4:
            return None
        tight = _around(self.boxes[within])
        # a character may reach out of the box that was found, but not out of its cell
        slack = 0.3 * (bottom - top)
        a, b = max(tight[0], limits[0], x0 - slack), max(tight[1], limits[1], top - slack)
        c, d = min(tight[2], limits[2], x1 + slack), min(tight[3], limits[3], bottom + slack)
        return (int(a), int(b), int(np.ceil(c)), int(np.ceil(d))) if c > a and d > b else None

    def left(self, inner: Any, seen: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
        """Boxes of rows of marks in a cell that stand in none of the pieces."""
        within = self._within(inner)
        for x0, top, x1, bottom in seen:
            grow = 0.25 * (bottom - top)
            within &= ~self._within((x0 - grow, top - grow, x1 + grow, bottom + grow))
        if not (within & self.large).any():
            return []
        boxes = self.boxes[within]
        boxes = boxes[np.argsort(boxes[:, 1])]
        rows: list[list[Any]] = []
        for box in boxes.tolist():
            if rows and box[1] < max(b[3] for b in rows[-1]):
                rows[-1].append(box)
            else:
                rows.append([box])
        found = [_around(np.array(row)) for row in rows]
        least = _SMALLEST * self.scale
        return [box for box in found if max(box[2] - box[0], box[3] - box[1]) >= least]


def _around(boxes: Any) -> tuple[int, int, int, int]:
    return int(boxes[:, 0].min()), int(boxes[:, 1].min()), int(boxes[:, 2].max()), int(boxes[:, 3].max())
