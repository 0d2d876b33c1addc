"""Lines put together again: what was broken by width is joined, what the writer broke stays apart."""

from __future__ import annotations

import itertools
import re

from parsers.readers.pdfium.layout import Box, Line

ITEM = re.compile(
    r"(?:第?[一二三四五六七八九十百]+[、章节条．.]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、．]|\d{1,2}\.(?!\d)"
    r"|[①-⑳]|附[件表]\s*\d*[:：]?|目标\s*\d|[●■◆▪•➢✓□])"
)
"""How a heading or an item of a list begins."""
ENDS = "。！？；;：:!?"
PADDING = 2.0
"""The least that a cell leaves free on each side; Word leaves 5.4 points, many programs less."""
SLACK = 7.0


def between(before: str, after: str, spaced: bool) -> str:
    """What stands between two joined lines: a space between words, nothing at a Chinese character or in a number."""
    if not before or not after:
        return ""
    a, b = before[-1], after[0]
    if not (_plain(a) and _plain(b)):
        return ""
    if (a in ".," and b.isdigit()) or b in ".,%":
        return ""
    if a.isdigit() and b.isdigit():
        return " " if spaced else ""
    if a in "-/" or b in "-/" or a in "≥≤<>=≦≧":
        return ""
    return " "


def _plain(char: str) -> bool:
    return char < "\u2e80" and not "\u2010" <= char <= "\u2027"


def number_broken(before: str, after: str) -> bool:
    """Whether joining the two lines makes one number out of two runs of digits."""
    return bool(before) and bool(after) and before[-1].isdigit() and after[0].isdigit()


def cell_text(lines: list[Line], box: Box) -> str:
    """The text of a cell: a line feed only where the writer broke the line."""
    if not lines:
        return ""
    if len(lines) > 1 and all(len(line.text) == 1 and not _plain(line.text) for line in lines):
        return "".join(line.text for line in lines)
    steps = [b.base - a.base for a, b in itertools.pairwise(lines) if a.page == b.page]
    pitch = min((step for step in steps if step > 0), default=0.0)
    out = lines[0].text
    for before, after in itertools.pairwise(lines):
        if before.turned != after.turned or _written_break(before, after, box, pitch):
            out += "\n" + after.text
        else:
            out += between(before.text, after.text, before.spaced) + after.text
    return out


def _written_break(before: Line, after: Line, box: Box, pitch: float) -> bool:
    if before.turned:
        return False
    if before.text[-1] in ENDS and ITEM.match(after.text):
        return True
    if before.page == after.page and after.base - before.base > max(1.7 * pitch, 1.5 * before.size):
        return True
    free = _free(before, box)
    if number_broken(before.text, after.text):
        # a number is broken where not even its next digit fits
        return free > 0.55 * after.size + SLACK
    return free > after.head + max(before.size, SLACK)


def _free(line: Line, box: Box) -> float:
    """The room left on a line, by the way it is aligned in its cell."""
    x0, _, x1, _ = box
    left, right = line.x0 - x0, x1 - line.x1
    centred = abs(left - right) < 3.0
    flush_right = right < 8.0 and left > 2 * line.size
    if centred or flush_right:
        return left + right - 2 * PADDING
    return right - PADDING
