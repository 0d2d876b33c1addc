"""One picture of a page to the lines and grids on it."""

from __future__ import annotations

import math

import numpy as np

from parsers.readers.pdfium.lattice import grids_of
from parsers.readers.pdfium.layout import Frame, Grid, PageLayout
from parsers.readers.pdfium.page import without_frames, without_gaps
from parsers.readers.pdfium.rules import whole_rules
from parsers.readers.scan import page_begins
from parsers.readers.scan.engine import Engine, Picture, Reading, engine
from parsers.readers.scan.misread import corrected
from parsers.readers.scan.pieces import Piece, pieces
from parsers.readers.scan.ruled import rules
from parsers.readers.scan.signs import shown_by_shape
from parsers.readers.scan.straighten import Straight, ink_of, plain, straight
from parsers.readers.scan.witness import doubts
from parsers.readers.scan.wording import Word, lines_of, settle_sizes

FIND_AT = 150 / 72
"""Pixels a point at which text is looked for; more finds no more, and takes time and memory by the square."""
MOST_PIXELS = 4_400_000
"""A page of A3 at that resolution: what fits into the memory that a file may take."""
_ASKED = 8
"""Lines that are read to see whether a page stands on its head."""
_UPRIGHT = 0.9
_LEGIBLE = 0.5
"""A piece that is read with less confidence than this says nothing."""
_SMALLEST_GRID = 30.0


def page_of(picture: Picture, scale: float, number: int) -> PageLayout:
    """Read the picture of page `number`, RGB or grey, with `scale` pixels a point."""
    page_begins()
    reader = engine()
    turn, page, boxes = _upright(reader, plain(picture), scale)
    high, wide = page.grey.shape
    ink = ink_of(page.grey)
    drawn, mask = rules(ink, scale)
    across, down = whole_rules(drawn)
    grids, free = grids_of(across, down, number)
    grids = without_frames([grid for grid in grids if _is_table(grid)])
    found = pieces(boxes, grids, ink & ~mask, scale)
    paper = np.where(mask.astype(bool), np.uint8(248), page.grey)
    readings = reader.read([_cut(paper, piece) for piece in found])
    readings = [shown_by_shape(ink, piece, reading, scale) for piece, reading in zip(found, readings, strict=True)]
    legible = [at for at, reading in enumerate(readings) if _says_something(found[at], reading)]
    found, readings = [found[at] for at in legible], [corrected(_trimmed(readings[at])) for at in legible]
    doubted = doubts(reader, paper, ink & ~mask, found, readings)
    words = [Word(p, r, d, scale) for p, r, d in zip(found, readings, doubted, strict=True)]
    settle_sizes(words)
    for grid in grids:
        for cell in grid.cells:
            cell.lines = lines_of([word for word in words if word.cell is cell], number, in_cell=True)
    # the picture lies as it is shown; turned by quarters it has its other side across
    size = (wide, high) if turn % 2 == 0 else (high, wide)
    frame = Frame(0.0, 0.0, size[0] / scale, size[1] / scale, 0, turn, page.skew)
    body = lines_of([word for word in words if word.cell is None], number, in_cell=False)
    layout = PageLayout(number, frame, body, without_gaps(grids), [], [], [])
    layout.rules = [(rule.at, rule.start, rule.end) for rule in free]
    layout.has_ink = bool(len(drawn) or words)
    return layout


def _is_table(grid: Grid) -> bool:
    x0, top, x1, bottom = grid.box
    return x1 - x0 >= _SMALLEST_GRID and bottom - top >= 8.0 and (grid.n_cols > 1 or grid.n_rows > 1 or grid.frame)


def _upright(reader: Engine, grey: Picture, scale: float) -> tuple[int, Straight, np.ndarray]:
    """Quarter turns by which the page is to be read, the page laid straight, and the boxes of its lines."""
    page = straight(grey)
    boxes = _find(reader, page.grey, scale)
    turn = 0
    size = boxes[:, 2:] - boxes[:, :2]
    if len(boxes) and np.median(np.log(size[:, 0] / np.maximum(size[:, 1], 1))) < -math.log(1.5):
        turn = 1  # lines run down the page
        page = straight(np.ascontiguousarray(np.rot90(grey)))
        boxes = _find(reader, page.grey, scale)
    if not len(boxes):
        return 0, page, boxes
    longest = np.argsort(boxes[:, 0] - boxes[:, 2])[:_ASKED]
    asked = [_box_of(page.grey, boxes[at]) for at in longest]
    sure = _mean(reader.read(asked))
    if sure < _UPRIGHT and _mean(reader.read([np.ascontiguousarray(np.rot90(look, 2)) for look in asked])) > sure:
        turn += 2
        page = straight(np.ascontiguousarray(np.rot90(grey, turn)))
        boxes = _find(reader, page.grey, scale)
    return turn, page, boxes


def _find(reader: Engine, grey: Picture, scale: float) -> np.ndarray:
    import cv2

    share = min(FIND_AT / scale, math.sqrt(MOST_PIXELS / grey.size), 1.0)
    small = grey if share == 1.0 else cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return reader.find(small) / share


def _box_of(grey: Picture, box: np.ndarray) -> Picture:
    x0, top, x1, bottom = (int(edge) for edge in box)
    return grey[max(top, 0) : max(bottom, top + 4), max(x0, 0) : max(x1, x0 + 4)]


def _mean(readings: list[Reading]) -> float:
    return sum(reading.confidence for reading in readings) / max(len(readings), 1)


def _cut(paper: Picture, piece: Piece) -> Picture:
    """The picture of a piece with paper around it, white where its cell ends."""
    x0, top, x1, bottom = piece.box
    edge = piece.margin()
    return np.pad(paper[top:bottom, x0:x1], ((edge, edge), (2 * edge, 2 * edge)), constant_values=248)


def _says_something(piece: Piece, reading: Reading) -> bool:
    return bool(reading.text.strip()) and (reading.confidence >= _LEGIBLE or piece.cell is not None)


def _trimmed(reading: Reading) -> Reading:
    """A reading without white space at its ends."""
    begin = len(reading.text) - len(reading.text.lstrip())
    end = len(reading.text.rstrip())
    return Reading(reading.text[begin:end], reading.sure[begin:end], reading.at[begin:end])
