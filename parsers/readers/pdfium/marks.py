"""Text printed across the page: skew or pale watermarks, and lines far larger than the rest."""

from __future__ import annotations

import numpy as np

from parsers.readers.pdfium.chars import LEAST_MARK, Array, Chars
from parsers.readers.pdfium.layout import Line
from parsers.readers.pdfium.lines import BODY, lines_by_group

PALE = 0.72
"""Lightness from which large text is a watermark; printed grey is seldom lighter than 0.65."""
LARGE = 26.0
"""Points; below this no text is set apart from the page's lines for its size."""


def sort_out(chars: Chars) -> tuple[Array, Array]:
    """Masks of the characters of watermarks, and of those that are large for the page."""
    if not len(chars) or (chars.size.max() <= LEAST_MARK and chars.turn.min() >= 0):
        return np.zeros(len(chars), bool), np.zeros(len(chars), bool)
    light = chars.objects.light[chars.obj]
    usual = float(np.median(chars.size))
    marks = (chars.turn < 0) | ((light > PALE) & (chars.size > max(1.6 * usual, LEAST_MARK)))
    if marks.all():
        marks = chars.turn < 0
    return marks, ~marks & (chars.size > max(2.2 * usual, LARGE))


def mark_lines(chars: Chars, page: int) -> list[Line]:
    """Watermarks as lines; skew text in the order in which the file shows it, each wording once a page."""
    skew = np.flatnonzero(chars.turn < 0)
    out: dict[str, Line] = {}
    if len(skew):
        apart = np.hypot(np.diff(chars.x0[skew]), np.diff(chars.top[skew])) > 2.5 * chars.size[skew][1:]
        for run in np.split(skew, np.flatnonzero(apart) + 1):
            text = "".join(map(chr, chars.code[run].tolist())).strip()
            box = (chars.x0[run].min(), chars.top[run].min(), chars.x1[run].max(), chars.bottom[run].max())
            x0, top, x1, bottom = (float(value) for value in box)
            if text:
                out.setdefault(text, Line(text, x0, top, x1, bottom, bottom, float(chars.size[run].max()), 0.0, page))
    straight = chars.take(np.flatnonzero(chars.turn >= 0))
    if len(straight):
        for line in lines_by_group(straight, np.full(len(straight), BODY), page).get(BODY, []):
            out.setdefault(line.text, line)
    return list(out.values())
