"""Straight rules and large images of a page, out of its path and image objects, forms included."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise, repeat

import numpy as np

from parsers.readers.pdfium import library as pdf
from parsers.readers.pdfium.chars import Array, rotate
from parsers.readers.pdfium.layout import Frame
from parsers.reasons import Reason, UnreadableError

THIN = 3.5
"""A rectangle up to this thick (points) is a rule; Word's widest common border is 3 pt."""
MOST_OBJECTS = 400_000
"""More objects than this on one page are no report but an attack or a map."""
DEEPEST_FORM = 12
WHITE = 0.985


@dataclass(slots=True)
class Shapes:
    """Rules as boxes in reading space, images as boxes with their place in the drawing order."""

    rules: Array
    images: list[tuple[tuple[float, float, float, float], int, bool]]
    order: dict[int, int]
    """Text and form object handles to their place in the drawing order of the page."""
    paths: int


@dataclass(slots=True)
class _Found:
    boxes: list[Array] = field(default_factory=list)
    images: list[tuple[tuple[float, float, float, float], int, bool]] = field(default_factory=list)
    paths: int = 0
    objects: int = 0


def page_shapes(page: int, frame: Frame, number: int) -> Shapes:
    """All rules and images of a page."""
    found = _Found()
    handles = list(pdf.calls(pdf.page_object, repeat(pdf.reference(page)), range(max(0, pdf.page_object_count(page)))))
    _collect(handles, None, 0, found, number, None)
    boxes = np.concatenate(found.boxes) if found.boxes else np.zeros((0, 4))
    left, bottom, right, top = (boxes[:, n] for n in range(4))
    rules = np.stack(rotate(left, bottom, right, top, frame), axis=1)
    images = []
    for box, at, solid in found.images:
        left, bottom, right, top = (np.array([value]) for value in box)
        x0, y0, x1, y1 = (float(value[0]) for value in rotate(left, bottom, right, top, frame))
        images.append(((x0, y0, x1, y1), at, solid))
    order = {handle: at for at, handle in enumerate(handles)} if images else {}
    return Shapes(rules, images, order, found.paths)


def _collect(handles: list[int], matrix: Array | None, depth: int, found: _Found, number: int, at: int | None) -> None:
    found.objects += len(handles)
    if found.objects > MOST_OBJECTS:
        raise UnreadableError(
            Reason.TOO_LARGE,
            f"Page {number} holds more than {MOST_OBJECTS:,} drawing objects; print the report to a new PDF.",
        )
    kinds = list(map(pdf.object_type, handles))
    paths = [handle for handle, kind in zip(handles, kinds, strict=True) if kind == pdf.PATH]
    found.paths += len(paths)
    if paths:
        boxes = _rules_of(paths)
        if len(boxes):
            found.boxes.append(boxes if matrix is None else _transformed(boxes, matrix))
    if pdf.IMAGE not in kinds and pdf.FORM not in kinds:
        return
    for place, (handle, kind) in enumerate(zip(handles, kinds, strict=True)):
        if kind == pdf.IMAGE:
            bounds = pdf.numbers(pdf.object_bounds, [handle], 4)
            box = (bounds if matrix is None else _transformed(bounds, matrix))[0].tolist()
            solid = not pdf.object_transparent(handle)
            found.images.append(((box[0], box[1], box[2], box[3]), place if at is None else at, solid))
        elif kind == pdf.FORM and depth < DEEPEST_FORM:
            inner = pdf.numbers(pdf.object_matrix, [handle], 6, apart=False)[0]
            inside = list(map(pdf.form_object, repeat(handle), range(max(0, pdf.form_object_count(handle)))))
            whole = inner if matrix is None else _product(inner, matrix)
            _collect([h for h in inside if h], whole, depth + 1, found, number, place if at is None else at)


def _product(first: Array, then: Array) -> Array:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return np.array([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])


def _transformed(boxes: Array, matrix: Array) -> Array:
    a, b, c, d, e, f = matrix
    x = boxes[:, [0, 0, 2, 2]]
    y = boxes[:, [1, 3, 1, 3]]
    u, v = a * x + c * y + e, b * x + d * y + f
    return np.stack([u.min(axis=1), v.min(axis=1), u.max(axis=1), v.max(axis=1)], axis=1)


def _rules_of(paths: list[int]) -> Array:
    """Boxes of the straight, thin, visible strokes and fills among path objects."""
    bounds = pdf.numbers(pdf.object_bounds, paths, 4)
    wide, high = bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]
    thin = np.minimum(wide, high) <= THIN
    long = np.maximum(wide, high) > THIN
    picked = np.flatnonzero(thin & long)
    out = [bounds[picked][_visible([paths[i] for i in picked.tolist()])]]
    for at in np.flatnonzero(~thin).tolist():
        boxes = _rules_within(paths[at])
        if len(boxes):
            out.append(boxes)
    return np.concatenate(out)


def _modes(paths: list[int]) -> tuple[Array, Array]:
    modes = pdf.numbers(pdf.draw_mode, paths, 2, "i")
    return modes[:, 0] != 0, modes[:, 1] != 0


def _visible(paths: list[int]) -> Array:
    """White on the white page is no rule: some programs draw the borders that were switched off in white."""
    filled, stroked = _modes(paths)
    fill = pdf.numbers(pdf.fill_colour, paths, 4, "I")
    seen: Array = filled & ((fill[:, :3].min(axis=1) < WHITE * 255) & (fill[:, 3] > 8))
    if stroked.any():
        stroke = pdf.numbers(pdf.stroke_colour, paths, 4, "I")
        seen |= stroked & ((stroke[:, :3].min(axis=1) < WHITE * 255) & (stroke[:, 3] > 8))
    return seen


def _rules_within(path: int) -> Array:
    """The rules of one path of some extent: its straight strokes, or its thin filled parts."""
    _filled, stroked = (bool(mode[0]) for mode in _modes([path]))
    count = pdf.segment_count(path)
    if (not stroked and count <= 5) or count > MOST_OBJECTS or not _visible([path])[0]:
        return np.zeros((0, 4))
    segments = list(map(pdf.path_segment, repeat(path), range(count)))
    points = pdf.numbers(pdf.segment_point, segments, 2)
    a, b, c, d, e, f = pdf.numbers(pdf.object_matrix, [path], 6, apart=False)[0].tolist()
    xs = a * points[:, 0] + c * points[:, 1] + e
    ys = b * points[:, 0] + d * points[:, 1] + f
    kinds = list(map(pdf.segment_type, segments))
    closes = list(map(pdf.segment_closes, segments))
    starts = [at for at, kind in enumerate(kinds) if kind == pdf.MOVE_TO] + [count]
    boxes: list[tuple[float, float, float, float]] = []
    for begin, end in pairwise(starts):
        px, py = xs[begin:end].tolist(), ys[begin:end].tolist()
        box = (min(px), min(py), max(px), max(py))
        if min(box[2] - box[0], box[3] - box[1]) <= THIN and max(box[2] - box[0], box[3] - box[1]) > THIN:
            boxes.append(box)
        elif stroked:
            boxes += _strokes(px, py, kinds[begin:end], any(closes[begin:end]))
    return np.array(boxes).reshape(-1, 4)


def _strokes(
    px: list[float], py: list[float], kinds: list[int], closed: bool
) -> list[tuple[float, float, float, float]]:
    if closed:
        px, py, kinds = [*px, px[0]], [*py, py[0]], [*kinds, pdf.LINE_TO]
    out = []
    for at in range(1, len(px)):
        if kinds[at] != pdf.LINE_TO:
            continue
        box = (min(px[at - 1 : at + 1]), min(py[at - 1 : at + 1]), max(px[at - 1 : at + 1]), max(py[at - 1 : at + 1]))
        wide, high = box[2] - box[0], box[3] - box[1]
        if min(wide, high) <= 1.0 and max(wide, high) > THIN:
            out.append(box)
    return out
