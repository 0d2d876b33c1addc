"""Body lines to paragraphs: a sentence has no line break, a heading stands alone, also across pages."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass

from parsers.readers.pdfium.layout import Line, PageLayout
from parsers.readers.pdfium.lines import CLOSING
from parsers.readers.pdfium.wording import ENDS, ITEM, between


@dataclass(slots=True)
class Measure:
    """The column of body text: its left and right edge and the usual distance of baselines in character sizes."""

    left: float
    right: float
    pitch: float


def measures(pages: list[PageLayout]) -> dict[int, Measure]:
    """The text column of every page; pages of one width share what their full lines show."""
    by_width: dict[int, list[PageLayout]] = {}
    for page in pages:
        by_width.setdefault(round(page.frame.size[0]), []).append(page)
    out = {}
    for width, group in by_width.items():
        lines = [line for page in group for line in page.lines if not line.turned]
        wide = [line for line in lines if line.x1 - line.x0 > 0.4 * width]
        short = not wide
        wide = wide or lines
        left = _edge([line.x0 for line in wide], False)
        # closing marks may hang over the right edge of the column
        right = _edge([line.x1 for line in wide if line.text[-1] not in CLOSING] or [line.x1 for line in wide], True)
        if short:
            # short lines alone do not show how wide the column is
            right = max(right, width - left)
        steps: Counter[float] = Counter()
        for page in group:
            for a, b in zip(page.lines[:-1], page.lines[1:], strict=True):
                if b.base > a.base and abs(a.size - b.size) < 0.1 * a.size:
                    steps[round((b.base - a.base) / a.size, 1)] += 1
        pitch = steps.most_common(1)[0][0] if steps else 1.5
        for page in group:
            out[page.number] = Measure(left, right, min(max(pitch, 1.0), 3.0))
    return out


def _edge(values: list[float], outermost_last: bool) -> float:
    """The outermost edge that at least two lines share, or the outermost one."""
    ordered = sorted(values, reverse=outermost_last)
    for a, b in itertools.pairwise(ordered):
        if abs(a - b) <= 3.0:
            return a
    return ordered[0] if ordered else 0.0


def paragraphs(lines: list[Line], columns: dict[int, Measure]) -> list[list[Line]]:
    """Group consecutive body lines into paragraphs."""
    out: list[list[Line]] = []
    for line in lines:
        if out and _goes_on(out[-1], line, columns):
            out[-1].append(line)
        else:
            out.append([line])
    return out


def paragraph_text(lines: list[Line]) -> str:
    """The text of a paragraph without the line breaks of its setting."""
    text = lines[0].text
    for before, after in itertools.pairwise(lines):
        text += between(text, after.text, before.spaced) + after.text
    return text


def _goes_on(paragraph: list[Line], line: Line, columns: dict[int, Measure]) -> bool:
    last = paragraph[-1]
    column = columns[last.page]
    here = columns[line.page]
    if last.turned or line.turned or abs(last.size - line.size) > 0.12 * max(last.size, line.size):
        return False
    if line.page == last.page and line.base - last.base > max(1.45 * column.pitch, 1.6) * last.size:
        return False
    if len(last.parts) > 1 or len(line.parts) > 1:
        return False
    if _centred(last, column):
        free = column.right - column.left - (last.x1 - last.x0)
        return _centred(line, here) and free < line.head + 0.8 * last.size and not ITEM.match(line.text)
    if last.x0 - column.left > 0.4 * (column.right - column.left):
        return False
    if len(paragraph) == 1 and _centred(line, here) and abs(last.x0 - column.left) < 1.5 * last.size:
        # the first line of a centred title may fill the whole width
        return column.right - last.x1 < line.head + 0.5 * last.size and last.text[-1] not in ENDS
    indent = line.x0 - here.left
    hanging = abs(line.x0 - last.x0) < 2.0 and len(paragraph) > 1
    if indent > 1.2 * line.size and not hanging:
        return False
    if column.right - last.x1 > line.head + 0.8 * last.size:
        return False
    return not (last.text[-1] in ENDS and ITEM.match(line.text))


def _centred(line: Line, column: Measure) -> bool:
    left, right = line.x0 - column.left, column.right - line.x1
    if abs(left - 2 * line.size) < 0.15 * line.size:
        return False  # the first line of a paragraph stands in by two characters, and may end as far from the right
    return abs(left - right) < max(4.0, 0.5 * line.size) and left > 1.5 * line.size
