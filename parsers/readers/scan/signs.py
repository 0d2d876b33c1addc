"""Signs without a body that the network does not know: dashes (——) and rows of dots (……), told by their shape."""

from __future__ import annotations

import cv2
import numpy as np
import regex

from parsers.readers.scan.engine import Picture, Reading
from parsers.readers.scan.pieces import Piece

_STROKE = frozenset("1lI|/丨")
_MAY_BE_DOTS = regex.compile(r"[^\d\p{Han}]*")
_DOT = 2.6
"""Points: a dot is no larger."""
_THIN = 2.2
_SLASH = 0.17
_UPRIGHT = 0.09
"""How far the top of a stroke may lie to the right of its foot, in heights, for an upright one."""


def shown_by_shape(ink: Picture, piece: Piece, reading: Reading, scale: float) -> Reading:
    """The reading, or the dash or the dots that its ink shows; 一 stays what it was read as."""
    x0, top, x1, bottom = piece.box
    wide, high = (x1 - x0) / scale, (bottom - top) / scale
    if high <= _THIN and wide >= 3 * high and len(reading.text) <= 3:
        return reading if reading.text in ("一", "二") else _sign("——" if wide > 11 else "—")
    if reading.text in _STROKE:
        return _stroke(ink[top:bottom, x0:x1], reading)
    if reading.text and not _MAY_BE_DOTS.fullmatch(reading.text):
        return reading
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(ink[top:bottom, x0:x1]), connectivity=8)
    marks = stats[1:][stats[1:, 4] >= 3]
    if len(marks) >= 3 and (marks[:, 2:4].max(axis=1) <= _DOT * scale).all() and wide > 2 * high:
        return _sign("……" if len(marks) > 3 else "…")
    return reading


def _stroke(ink: Picture, reading: Reading) -> Reading:
    """A lone stroke: slanting to the right it is a slash, upright a 1; between the two nobody can tell."""
    high = ink.shape[0]
    top, bottom = ink[: max(high // 3, 1)], ink[-max(high // 3, 1) :]
    if not top.any() or not bottom.any():
        return reading
    slant = (np.nonzero(top)[1].mean() - np.nonzero(bottom)[1].mean()) / high
    if slant > _SLASH:
        return _sign("/")
    return Reading(reading.text, (0.0,)) if slant > _UPRIGHT else reading


def _sign(text: str) -> Reading:
    return Reading(text, (1.0,) * len(text), tuple((at + 0.5) / len(text) for at in range(len(text))))
