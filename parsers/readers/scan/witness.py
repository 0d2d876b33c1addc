"""No digit on one look alone: every number is read a second time, by itself, at another size.

A number is doubted where one of its characters is not sure, or where the second reading says anything else.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import regex

from parsers.characters import fold
from parsers.readers.scan.engine import Engine, Picture, Reading
from parsers.readers.scan.pieces import Piece

SURE = 0.80
"""Least confidence of each character of a number."""
_NUMBER = regex.compile(r"[≥≤<>=±+\-]?\d[\d.,]*[%‰]?|^[≥≤<>=]+$")
_SPACE = regex.compile(r"\s+(?=[%‰])")
_CHINESE = regex.compile(r"[〇零一二三四五六七八九十百千万亿两]+")
_AROUND = 1.6
"""How many heights of the line are looked at beside a number in running text."""
_FIGURE = regex.compile(r"[≥≤<>=±+\-]?\d[\d.,，．]*")
_LARGEST_DOT, _SMALLEST_DOT, _FOOT = 0.34, 0.09, 0.72
"""Sides of a decimal point or comma, and how far down it stands, in heights of the line."""
_POINTS = ".,。，．"
_SHORT = 14
"""A text of so few characters is read again whole."""


def numbers_in(text: str) -> list[tuple[int, int, str]]:
    """Begin, end and folded text of the numbers of a line, with a sign or operator in front and % behind."""
    plain = fold(text).replace("，", ",").replace("．", ".").replace("。", ".")
    return [(m.start(), m.end(), m.group().rstrip(".,")) for m in _NUMBER.finditer(plain)]


def doubts(
    engine: Engine, grey: Picture, ink: Picture, pieces: list[Piece], readings: list[Reading]
) -> list[tuple[str, ...]]:
    """For each piece the numbers of its reading that are not certain."""
    out: list[list[str]] = [[] for _ in pieces]
    asked: list[tuple[int, list[str]]] = []
    looks: list[Picture] = []
    for at, (piece, reading) in enumerate(zip(pieces, readings, strict=True)):
        found = numbers_in(reading.text)
        spelt = [(m.start(), m.end(), m.group()) for m in _CHINESE.finditer(reading.text)]
        for begin, end, number in [*found, *spelt]:
            if min(reading.sure[begin:end]) < SURE:
                out[at].append(number)
        if not found:
            continue
        if _FIGURE.match(reading.text) and _unread_points(ink, piece, reading, found[0]):
            out[at].append(found[0][2])
        if len(reading.text) <= _SHORT:
            looks.append(second_look(grey, piece.box))
            asked.append((at, [number for _, _, number in found]))
            continue
        for begin, end, number in found:
            looks.append(second_look(grey, _around(piece, reading, begin, end)))
            asked.append((at, [number]))
    for (at, numbers), again in zip(asked, engine.read(looks), strict=True):
        seen = [number for _, _, number in numbers_in(_SPACE.sub("", again.text))]
        for number in numbers:
            if number in seen:
                seen.remove(number)
            else:
                out[at].append(number)
    return [tuple(dict.fromkeys(numbers)) for numbers in out]


def _unread_points(ink: Picture, piece: Piece, reading: Reading, number: tuple[int, int, str]) -> bool:
    """Whether more dots stand at the foot of a number than were read: both looks may overlook a decimal point."""
    begin, end, _ = number
    x0, top, x1, bottom = piece.box
    wide, high = x1 - x0, bottom - top
    _, _, stats, middles = cv2.connectedComponentsWithStats(np.ascontiguousarray(ink[top:bottom, x0:x1]))
    sizes, middles = stats[1:, 2:4], middles[1:]
    small = (sizes.max(axis=1) <= _LARGEST_DOT * high) & (sizes.min(axis=1) >= _SMALLEST_DOT * high)
    low = middles[:, 1] > _FOOT * high
    inside = (middles[:, 0] > wide * reading.at[begin]) & (middles[:, 0] < wide * reading.at[end - 1])
    return int((small & low & inside).sum()) > sum(char in _POINTS for char in reading.text[begin:end])


def _around(piece: Piece, reading: Reading, begin: int, end: int) -> tuple[int, int, int, int]:
    """The part of a long line around one of its numbers."""
    x0, top, x1, bottom = piece.box
    wide, high = x1 - x0, bottom - top
    left = x0 + reading.at[begin] * wide - _AROUND * high
    right = x0 + reading.at[end - 1] * wide + _AROUND * high
    return max(int(left), x0), top, min(int(right), x1), bottom


def second_look(grey: Picture, box: tuple[int, int, int, int]) -> Picture:
    """The picture of a number at a size and contrast of its own, on a broad margin."""
    x0, top, x1, bottom = box
    part: Any = grey[max(top - 2, 0) : bottom + 2, max(x0 - 2, 0) : x1 + 2]
    high, wide = part.shape
    scale = 64 / max(high, 1)
    part = cv2.resize(part, (max(round(wide * scale * 1.08), 1), 64), interpolation=cv2.INTER_CUBIC)
    part = cv2.addWeighted(part, 1.6, cv2.GaussianBlur(part, (0, 0), 2.2), -0.6, 0)
    return np.pad(part, ((22, 22), (40, 40)), constant_values=250)
