"""Read pieces to lines of text with their size, baseline and pieces, as the PDF reader makes them from characters."""

from __future__ import annotations

from statistics import median

import regex

from parsers.readers.pdfium.layout import Line
from parsers.readers.pdfium.lines import CLOSING, WIDE
from parsers.readers.scan.engine import Reading
from parsers.readers.scan.pieces import Piece

_LATIN = regex.compile(r"[!-~]")
_HALF = 0.55
"""Width of a Latin letter or digit in sizes of the text."""
_ALIKE = 0.18
"""Sizes that differ by less than this share are the same."""
_BASE = 0.1


class Word:
    """One piece as it was read, its box in points."""

    __slots__ = ("box", "cell", "doubts", "reading", "size")

    def __init__(self, piece: Piece, reading: Reading, doubts: tuple[str, ...], scale: float) -> None:
        """Keep the box in points and work out the size of the text."""
        self.box = tuple(edge / scale for edge in piece.box)
        self.cell, self.reading, self.doubts = piece.cell, reading, doubts
        self.size = self._size()

    def _size(self) -> float:
        """The height of a Chinese character of this text: from its width, within what its height allows."""
        x0, top, x1, bottom = self.box
        text = self.reading.text
        ems = sum(_HALF if _LATIN.match(char) else 1.0 for char in text)
        high = bottom - top
        has_full = any(not _LATIN.match(char) for char in text)
        by_height = high / (0.95 if has_full else 0.74)
        return min(max((x1 - x0) / max(ems, 0.5), 0.85 * by_height), 1.2 * by_height)


def settle_sizes(words: list[Word]) -> None:
    """Give words of nearly one size the same size: what is measured on a scan is never twice the same."""
    for word in sorted(words, key=lambda word: -len(word.reading.text)):
        near = [other.size for other in words if abs(other.size - word.size) <= _ALIKE * word.size]
        word.size = median(near)


def lines_of(words: list[Word], page: int, in_cell: bool) -> list[Line]:
    """The lines that the words of a cell, or those outside all grids, make, top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.box[1] + word.box[3]) / 2):
        if rows and _on_one_line(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(sorted(row, key=lambda word: word.box[0]), page, in_cell) for row in rows]


def _on_one_line(row: list[Word], word: Word) -> bool:
    """Whether the word stands beside those of the row: most of the lower one's height is shared, its width is not."""
    top, bottom = min(other.box[1] for other in row), max(other.box[3] for other in row)
    shared = min(bottom, word.box[3]) - max(top, word.box[1])
    if shared < 0.5 * min(bottom - top, word.box[3] - word.box[1]):
        return False
    return all(min(o.box[2], word.box[2]) - max(o.box[0], word.box[0]) < 0.5 * word.size for o in row)


def _line(row: list[Word], page: int, in_cell: bool) -> Line:
    size = median(word.size for word in row)
    text = ""
    parts: list[list[tuple[str, float, float]]] = []
    for at, word in enumerate(row):
        gap = word.box[0] - row[at - 1].box[2] if at else 0.0
        own = word.reading.text
        latin = bool(text) and bool(_LATIN.match(text[-1])) and bool(_LATIN.match(own[0]))
        text += (" " if at and (gap > 2 * size or (latin and gap > 0.3 * size)) else "") + own
        if at and gap <= WIDE * size:
            parts[-1].append((own, word.box[0], word.box[2]))
        else:
            parts.append([(own, word.box[0], word.box[2])])
    x0, top = min(word.box[0] for word in row), min(word.box[1] for word in row)
    x1, bottom = max(word.box[2] for word in row), max(word.box[3] for word in row)
    line = Line(text, x0, top, x1, bottom, bottom - _BASE * size, size, _head(text, size), page)
    if len(parts) > 1 and not in_cell:
        line.parts = [("".join(own for own, _, _ in part), part[0][1], part[-1][2]) for part in parts]
    line.confidence = round(min(word.reading.confidence for word in row), 4)
    line.doubts = tuple(dict.fromkeys(number for word in row for number in word.doubts))
    return line


def _head(text: str, size: float) -> float:
    """The width of what can't be broken off the beginning of a line."""
    at = 1
    if _LATIN.match(text[0]):
        while at < len(text) and _LATIN.match(text[at]):
            at += 1
    while at < len(text) and text[at] in CLOSING:
        at += 1
    return size * sum(_HALF if _LATIN.match(char) else 1.0 for char in text[:at])
