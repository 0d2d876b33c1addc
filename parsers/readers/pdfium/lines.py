"""Characters to visual lines: what shares a baseline is a line, what is drawn twice is read once."""

from __future__ import annotations

import itertools
import re

import numpy as np

from parsers.readers.pdfium.chars import Array, Chars, joined
from parsers.readers.pdfium.layout import Line

BODY = -1
"""Group of the characters outside every grid."""
_SPACES = np.zeros(0x10000, bool)
_SPACES[[0x09, 0x20, 0xA0, 0x3000, *range(0x2000, 0x200C), 0x202F, 0x205F, 0xFEFF]] = True
CLOSING = "，。；：、）」』】〉》”’！？…%％)]},.;:!?℃"

OPENING = "（「『【〈《“‘([{"
QUOTES = "“”‘’\"'"
_CLINGS = np.zeros(0x10000, bool)
_CLINGS[list(map(ord, CLOSING + OPENING + QUOTES))] = True
_GLYPH = re.compile(" ?.", re.S)

WIDE = 1.2
"""A gap of so many times the character size parts a line into pieces, as between the columns of a table."""


def is_space(code: Array) -> Array:
    """White space of any width, and characters without one."""
    found: Array = _SPACES[np.minimum(code, 0xFFFF)]
    return found


def is_cjk(code: Array) -> Array:
    """Characters that stand in a square of their own, with the marks that go with them."""
    return (code >= 0x2E80) | ((code >= 0x2010) & (code <= 0x2027)) | ((code >= 0x2460) & (code <= 0x27BF))


def lines_by_group(chars: Chars, group: Array, page: int) -> dict[int, list[Line]]:
    """Lines of every group in reading order, turned text after the upright text of its group."""
    return lines_of_pages([(chars, group, page)])[0]


def lines_of_pages(pages: list[tuple[Chars, Array, int]]) -> list[dict[int, list[Line]]]:
    """The same for several pages at once: what numpy costs is mostly the number of calls."""
    out: list[dict[int, list[Line]]] = [{} for _ in pages]
    chars = joined([page[0] for page in pages])
    if not len(chars):
        return out
    # a number for each group of each page, the body of every page being a multiple of `step`
    step = max(int(group.max(initial=BODY)) for _, group, _ in pages) + 2
    group = np.concatenate([group - BODY + at * step for at, (_, group, _) in enumerate(pages)])
    turn = chars.turn
    if chars.objects.vertical.any():
        turn = np.where(chars.objects.vertical[chars.obj] & (turn == 0), 3, turn)
    upright = not turn.any()
    for quarter in (0,) if upright else (0, 1, 2, 3):
        which = np.flatnonzero(turn == quarter)
        if not len(which):
            continue
        some, groups = (chars, group) if upright else (chars.take(which), group[which])
        for number, line in _lines(some, groups, groups % step == 0, quarter):
            at, own = divmod(number, step)
            line.page = pages[at][2]
            out[at].setdefault(own + BODY, []).append(line)
    return out


def _facing(chars: Chars, quarter: int) -> tuple[Array, Array, Array]:
    """Start, end and baseline of every character along the direction in which it is read."""
    middle = (chars.x0 + chars.x1) / 2
    if quarter == 0:
        return chars.x0, chars.x1, chars.base
    if quarter == 1:
        return -chars.bottom, -chars.top, middle
    if quarter == 2:
        return -chars.x1, -chars.x0, -chars.base
    return chars.top, chars.bottom, -middle


def _lines(chars: Chars, group: Array, body: Array, quarter: int) -> list[tuple[int, Line]]:
    """Lines with the number of their group; the page is left for the caller to set."""
    start, end, base = _facing(chars, quarter)
    order = np.lexsort((base, group))
    g, b, s = group[order], base[order], chars.size[order]
    fresh = np.ones(len(order), bool)
    fresh[1:] = (g[1:] != g[:-1]) | (b[1:] - b[:-1] > 0.45 * np.maximum(s[1:], s[:-1]))
    row = np.empty(len(order), np.int64)
    row[order] = np.cumsum(fresh)
    order = np.lexsort((start, row))
    space = is_space(chars.code[order])
    row_of = row[order]
    ends_row = np.ones(len(order), bool)
    ends_row[:-1] = row_of[1:] != row_of[:-1]
    spaced = set(row_of[space & ends_row].tolist())
    ink = ~space
    literal = _after(False, space[:-1])[ink]
    order = order[ink]
    if not len(order):
        return []
    once = _drawn_once(chars, row, start, base, order)
    if once is not None:
        order, literal = order[once], literal[once]
    row, start, end, base, size = row[order], start[order], end[order], base[order], chars.size[order]
    group, body, code = group[order], body[order], chars.code[order]
    first = _after(True, row[1:] != row[:-1])
    gap = _after(0.0, start[1:] - end[:-1])
    em = _after(1.0, np.maximum(size[1:], size[:-1]))
    cjk = is_cjk(code)
    before = _after(False, cjk[:-1])
    plain = ~cjk & ~before
    mixed = cjk != before
    apart = (literal & (gap > 0.1 * em)) | (plain & (gap > 0.3 * em))
    apart |= body & ((mixed & (gap > 0.6 * em)) | (gap > 2.0 * em))
    wide = body & (gap > WIDE * em) & ~first
    apart &= ~first
    begins = np.flatnonzero(first)
    lasts = np.append(begins[1:], len(order)) - 1
    text, shift = _spelt(code, apart)
    # a line of one word can't be broken, one that begins with a plain Chinese character can be after that
    whole = np.logical_and.reduceat(~cjk & ~apart, begins)
    clings = _CLINGS[np.minimum(code, 0xFFFF)]
    easy = whole | (cjk & ~clings)[begins] & ~(clings & ~first)[np.minimum(begins + 1, len(order) - 1)]
    columns = [
        np.minimum.reduceat(chars.x0[order], begins).tolist(),
        np.minimum.reduceat(chars.top[order], begins).tolist(),
        np.maximum.reduceat(chars.x1[order], begins).tolist(),
        np.maximum.reduceat(chars.bottom[order], begins).tolist(),
        np.maximum.reduceat(base, begins).tolist(),
        np.maximum.reduceat(size, begins).tolist(),
        (np.where(whole, end[lasts], end[begins]) - start[begins]).tolist(),
        (begins + shift[begins]).tolist(),
        (lasts + shift[lasts] + 1).tolist(),
        row[begins].tolist(),
    ]
    turned = quarter != 0
    out = [
        Line(text[a:z], x0, top, x1, bottom, bottom if turned else low, em, head, 0, [], turned, number in spaced)
        for x0, top, x1, bottom, low, em, head, a, z, number in zip(*columns, strict=True)
    ]
    for n in np.flatnonzero(~easy).tolist():
        a, z = int(begins[n]), int(lasts[n]) + 1
        held = _held(_GLYPH.findall(out[n].text), cjk[a:z].tolist())
        out[n].head = float(end[a + held - 1] - start[a])
    cuts = np.flatnonzero(wide)
    for n in dict.fromkeys((np.searchsorted(begins, cuts, "right") - 1).tolist()):
        inner = cuts[(cuts > begins[n]) & (cuts <= lasts[n])]
        edges = [int(begins[n]), *inner.tolist(), int(lasts[n]) + 1]
        out[n].parts = [
            (text[i + shift[i] : j + shift[j - 1]].strip(), float(start[i]), float(end[j - 1]))
            for i, j in itertools.pairwise(edges)
        ]
    return list(zip(group[begins].tolist(), out, strict=True))


def _spelt(code: Array, apart: Array) -> tuple[str, Array]:
    """All characters, with a space before those set apart; and how many spaces stand before each."""
    spaces = np.flatnonzero(apart)
    whole = np.insert(code, spaces, ord(" ")) if len(spaces) else code
    return whole.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass"), np.cumsum(apart)


def _after(first: float, rest: Array) -> Array:
    """The values with one before them."""
    out = np.empty(len(rest) + 1, rest.dtype)
    out[0] = first
    out[1:] = rest
    return out


def _drawn_once(chars: Chars, row: Array, start: Array, base: Array, order: Array) -> Array | None:
    """False for the second of two equal characters on almost the same spot: bold made by printing twice.

    None where there is no such character.
    """
    keep = np.ones(len(order), bool)
    code = chars.code[order]
    for back in (1, 2):
        alike = np.flatnonzero(code[back:] == code[:-back])
        later, earlier = order[alike + back], order[alike]
        twin = (row[later] == row[earlier]) & (chars.obj[later] != chars.obj[earlier])
        if twin.any():
            twin &= np.abs(start[later] - start[earlier]) < 0.12 * chars.size[later]
            twin &= np.abs(base[later] - base[earlier]) < 0.15 * chars.size[later]
            keep[alike[twin] + back] = False
    return None if keep.all() else keep


def _held(glyphs: list[str], cjk: list[bool]) -> int:
    """How many glyphs can't be broken off the line's beginning: a word or one character, with brackets that cling."""
    at, z = 0, len(glyphs)
    while at < z - 1 and glyphs[at] in OPENING:
        at += 1
    at += 1
    if not cjk[at - 1]:
        while at < z and not cjk[at] and glyphs[at][0] != " ":
            at += 1
    while at < z and glyphs[at] in CLOSING:
        at += 1
    if glyphs[at - 1] in QUOTES:  # a quotation mark clings to a word or number on either side (UAX 14, class QU)
        while at < z and not cjk[at] and glyphs[at][0] != " ":
            at += 1
    return at
