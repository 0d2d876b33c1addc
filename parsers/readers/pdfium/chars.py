"""The characters of a page as columns of numbers, in reading orientation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from parsers.readers.pdfium import library as pdf
from parsers.readers.pdfium.layout import Frame

Array = npt.NDArray[Any]
LEAST_MARK = 18.0
"""Points from which pale text may be a watermark."""
_LUMINANCE = np.array([0.299, 0.587, 0.114])
_ALONE = np.ones(0x10000, bool)
"""Code units that are a code point by themselves; U+FFFE stands in for what has none or is a hyphen at a line end."""
_ALONE[[0, 0xFFFE, *range(0xD800, 0xE000)]] = False
HYPHEN_AT_LINE_END = 2
"""pdfium's stand-in for a hyphen that it takes for a word break."""


@dataclass(slots=True)
class Chars:
    """One row a character. `turn` is its direction against that of the page in quarter turns, -1 if skew."""

    code: Array
    x0: Array
    top: Array
    x1: Array
    bottom: Array
    base: Array
    size: Array
    obj: Array
    turn: Array
    unmapped: Array
    index: Array
    """Index in pdfium's text page."""
    objects: Objects

    def __len__(self) -> int:
        """Number of characters."""
        return len(self.code)

    def take(self, which: Array) -> Chars:
        """The rows of a mask or of an index array."""
        return Chars(
            self.code[which],
            self.x0[which],
            self.top[which],
            self.x1[which],
            self.bottom[which],
            self.base[which],
            self.size[which],
            self.obj[which],
            self.turn[which],
            self.unmapped[which],
            self.index[which],
            self.objects,
        )


@dataclass(slots=True)
class Objects:
    """One row a text object: what all its characters share. `light` (of large text): how near its fill is to white."""

    handle: list[int]
    font: list[int]
    mode: Array
    light: Array
    angle: Array
    vertical: Array


def joined(pages: list[Chars]) -> Chars:
    """The characters of several pages as one table; `index` is still that of each one's page."""
    if len(pages) == 1:
        return pages[0]
    starts = [0, *accumulate(len(page.objects.handle) for page in pages)]
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(page, name) for page in pages])
        for name in ("code", "x0", "top", "x1", "bottom", "base", "size", "turn", "unmapped", "index")
    }
    obj = np.concatenate([page.obj + start for page, start in zip(pages, starts, strict=False)])
    objects = Objects(
        [handle for page in pages for handle in page.objects.handle],
        [font for page in pages for font in page.objects.font],
        *(
            np.concatenate([getattr(page.objects, name) for page in pages])
            for name in ("mode", "light", "angle", "vertical")
        ),
    )
    return Chars(**columns, obj=obj, objects=objects)


def page_chars(text: int, box: tuple[float, float, float, float], shown: int) -> tuple[Chars, Frame]:
    """Fetch all characters that the file holds (not those that pdfium adds), and settle the reading direction."""
    count = max(0, pdf.char_count(text))
    code = _codes(text, count)
    of = pdf.reference(text)
    owner = np.fromiter(pdf.calls(pdf.char_object, repeat(of), range(count)), np.uint64, count)
    keep = owner != 0
    for at in np.flatnonzero((code == 32) & keep).tolist():
        keep[at] = not pdf.char_generated(text, at)
    index = np.flatnonzero(keep)
    code, owner = code[index], owner[index]
    code[code == HYPHEN_AT_LINE_END] = ord("-")
    fresh = np.ones(len(index), bool)
    fresh[1:] = owner[1:] != owner[:-1]
    obj = np.cumsum(fresh) - 1
    picked = index.tolist()
    loose = pdf.numbers(pdf.char_loose_box, picked, 4, apart=False, of=of)
    unmapped = np.zeros(len(picked), bool)
    if any(pdf.calls(pdf.char_unmapped, repeat(of), picked)):
        unmapped[:] = [error == 1 for error in pdf.calls(pdf.char_unmapped, repeat(of), picked)]
    first = index[fresh]
    objects, size = _objects(of, owner[fresh].tolist(), first)
    quarter = np.rint(objects.angle / 90.0)
    frame = _frame(box, shown, quarter.astype(int) % 4, np.bincount(obj, minlength=len(first)))
    left, right = np.minimum(loose[:, 0], loose[:, 2]), np.maximum(loose[:, 0], loose[:, 2])
    bottom, top = np.minimum(loose[:, 1], loose[:, 3]), np.maximum(loose[:, 1], loose[:, 3])
    objects.vertical = _vertical(obj, left, bottom, quarter, len(first))
    turn = ((quarter.astype(np.int32) - frame.reading) % 4).astype(np.int32)
    turn[np.abs(objects.angle - quarter * 90.0) > 4.0] = -1
    # all characters of an upright text object share one baseline
    base = _base(pdf.numbers(pdf.char_origin, first.tolist(), 2, "d", of=of), frame)[obj]
    x0, up, x1, down = rotate(left, bottom, right, top, frame)
    chars = Chars(code, x0, up, x1, down, base, size[obj], obj, turn[obj], unmapped, index, objects)
    _spread_actual_text(chars)
    return chars, frame


def _codes(text: int, count: int) -> Array:
    """Code points of all characters: in one call where that gives one code unit each, else one by one."""
    buffer = np.zeros(count + 1, np.uint16)
    written = pdf.text_buffer(text, 0, count, buffer.ctypes.data) if count else 0
    units = buffer[:count]
    if written == count + 1 and _ALONE[units].all():
        return units.astype(np.uint32)
    return np.fromiter(pdf.calls(pdf.char_unicode, repeat(pdf.reference(text)), range(count)), np.uint32, count)


def _objects(of: Any, handles: list[int], first: Array) -> tuple[Objects, Array]:
    matrix = pdf.numbers(pdf.char_matrix, first.tolist(), 6, apart=False, of=of)
    size = pdf.numbers(pdf.text_size, handles, 1)[:, 0]
    scale = np.hypot(matrix[:, 2], matrix[:, 3])
    angle = np.degrees(np.arctan2(matrix[:, 1], matrix[:, 0]))
    mirrored = (matrix[:, 0] * matrix[:, 3] - matrix[:, 1] * matrix[:, 2]) * np.sign(size) < 0
    angle = np.where((size < 0) & ~mirrored, angle + 180.0, angle) % 360.0
    mode = np.fromiter(map(pdf.text_mode, handles), np.int32, len(handles))
    size = np.abs(size * scale)
    # only large text can be a pale watermark
    large = np.flatnonzero(size >= LEAST_MARK)
    light = np.zeros(len(handles))
    if len(large):
        colour = pdf.numbers(pdf.fill_colour, [handles[at] for at in large.tolist()], 4, "I").astype(np.float64)
        light[large] = 1.0 - (255.0 - colour[:, :3] @ _LUMINANCE) / 255.0 * colour[:, 3] / 255.0
    font = list(map(pdf.text_font, handles))
    objects = Objects(handles, font, mode, light, angle, np.zeros(len(handles), bool))
    return objects, size


def _frame(box: tuple[float, float, float, float], shown: int, quarter: Array, weight: Array) -> Frame:
    """The page is read the way most of its text runs; with no clear majority, the way it is displayed."""
    votes = np.bincount(quarter, weights=weight, minlength=4) if len(weight) else np.zeros(4)
    best = int(np.argmax(votes))
    reading = best if votes.sum() and votes[best] >= 0.7 * votes.sum() else shown
    return Frame(*box, shown=shown, reading=reading)


def rotate(left: Array, bottom: Array, right: Array, top: Array, frame: Frame) -> tuple[Array, Array, Array, Array]:
    """Boxes of user space in reading space: x0, top, x1, bottom from the top left."""
    if frame.reading == 0:
        return left - frame.left, frame.top - top, right - frame.left, frame.top - bottom
    if frame.reading == 1:
        return bottom - frame.bottom, left - frame.left, top - frame.bottom, right - frame.left
    if frame.reading == 2:
        return frame.right - right, bottom - frame.bottom, frame.right - left, top - frame.bottom
    return frame.top - top, frame.right - right, frame.top - bottom, frame.right - left


def _base(spot: Array, frame: Frame) -> Array:
    """Height of the baseline from the top in reading space."""
    turns: list[Callable[[], Array]] = [
        lambda: frame.top - spot[:, 1],
        lambda: spot[:, 0] - frame.left,
        lambda: spot[:, 1] - frame.bottom,
        lambda: frame.right - spot[:, 0],
    ]
    return turns[frame.reading]()


def _vertical(obj: Array, left: Array, bottom: Array, quarter: Array, count: int) -> Array:
    """Text objects whose characters run down while each stands upright: vertical writing mode."""
    out = np.zeros(count, bool)
    same = obj[1:] == obj[:-1]
    dx, dy = np.abs(np.diff(left)), np.abs(np.diff(bottom))
    across = (quarter.astype(int) % 2 == 1)[obj[1:]]
    along, aside = (np.where(across, dy, dx), np.where(across, dx, dy)) if across.any() else (dx, dy)
    out[obj[1:][same & (aside > 4 * along) & (aside > 1.0)]] = True
    return out


def _spread_actual_text(chars: Chars) -> None:
    """Give the characters of an /ActualText their own places: pdfium puts them all where the text object begins."""
    stuck = (chars.obj[1:] == chars.obj[:-1]) & (np.diff(chars.x0) == 0) & (np.diff(chars.top) == 0)
    if not stuck.any():
        return
    bounds = np.flatnonzero(np.r_[True, ~stuck, True])
    for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if end - begin > 1 and not chars.turn[begin]:
            left, right = float(chars.x0[begin]), float(chars.x1[begin:end].max())
            edges = np.linspace(left, right, end - begin + 1)
            chars.x0[begin:end], chars.x1[begin:end] = edges[:-1], edges[1:]
