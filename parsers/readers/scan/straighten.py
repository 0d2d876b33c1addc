"""A picture of a page made plain: stamps and shadows taken off, laid straight, turned upright."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np

from parsers.readers.scan.engine import Picture

_MOST_SKEW = 3.0
_SEARCH = 900
"""Longest side of the small picture in which the angle is searched."""
_RED = 40
"""How much redder than green and blue a pixel of a stamp is."""
_PALE = 14
_ZONE = 61
"""Pixels around the bold strokes of a stamp within which its fine ones are looked for."""


class Straight(NamedTuple):
    """A straightened page and the map from its pixels back to those of the picture as it came."""

    grey: Picture
    back: Any
    """Affine 2×3 matrix."""
    skew: float


def plain(picture: Picture) -> Picture:
    """Grey levels of a picture on even white paper: coloured stamps, shadows and folds taken off."""
    if picture.ndim == 3:
        red = picture[:, :, 0].astype(np.int16)
        other = np.maximum(picture[:, :, 1], picture[:, :, 2]).astype(np.int16)
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
        stamp = (red - other > _RED).astype(np.uint8)
        if stamp.mean() > 0.0003:
            # JPEG keeps colour at half the resolution: fine strokes of a stamp are pale, but near its bold ones
            zone = cv2.dilate(stamp, np.ones((_ZONE, _ZONE), np.uint8))
            pale = ((red - other > _PALE) & zone.astype(bool)).astype(np.uint8)
            near = cv2.dilate(pale, np.ones((5, 5), np.uint8)).astype(bool)
            # a stamp is bright in the red channel, the black ink below it is not
            shades = picture[:, :, 0][pale.astype(bool)]
            white = float(np.percentile(shades[shades > 110], 20)) * 0.95 if (shades > 110).any() else 250.0
            # squared, so that thin black rules below the stamp, which are grey in it, stay dark
            lifted = np.minimum((picture[:, :, 0] / white) ** 2 * 250, 250).astype(np.uint8)
            grey = np.where(near, np.maximum(grey, lifted), grey)
    else:
        grey = picture
    high, wide = grey.shape
    small = cv2.resize(grey, (max(wide // 4, 1), max(high // 4, 1)), interpolation=cv2.INTER_AREA)
    size = max(min(small.shape) // 40 * 2 + 1, 9)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size // 2 | 1, size // 2 | 1), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), size / 3)
    paper = cv2.resize(paper, (wide, high), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, np.maximum(paper, 60), scale=248)


def ink_of(grey: Picture) -> Picture:
    """1 where there is ink, 0 on paper."""
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return (grey < min(max(level, 110), 190)).astype(np.uint8)


def straight(grey: Picture) -> Straight:
    """Lay the page straight by the angle at which its rows of ink are sharpest."""
    high, wide = grey.shape
    scale = min(_SEARCH / max(high, wide), 1.0)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (255 - small.astype(np.float32)) / 255
    ink[ink < 0.15] = 0
    coarse = _sharpest(ink, np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.25))
    angle = _sharpest(ink, coarse + np.arange(-0.25, 0.251, 0.05))
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    back = cv2.invertAffineTransform(turn)
    if abs(angle) < 0.04:
        return Straight(grey, np.array([[1.0, 0, 0], [0, 1.0, 0]]), 0.0)
    return Straight(cv2.warpAffine(grey, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=255), back, angle)


def _sharpest(ink: Any, angles: Any) -> float:
    """The angle of turning at which ink gathers in the fewest rows and columns."""
    high, wide = ink.shape
    best, best_score = 0.0, -1.0
    for angle in angles.tolist():
        turned = cv2.warpAffine(ink, cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0), (wide, high))
        rows, columns = turned.sum(axis=1), turned.sum(axis=0)
        score = float((np.diff(rows) ** 2).sum() + (np.diff(columns) ** 2).sum())
        if score > best_score + 1e-6:
            best, best_score = angle, score
    return best
