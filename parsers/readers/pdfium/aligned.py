"""Tables without vertical rules: text aligned in columns. Prose must never become one, so the tests are strict."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from parsers.readers.pdfium.layout import Grid, GridCell, Line, PageLayout

NUMBER = re.compile(r"[-+≥≤<>]?[\d,，.．]+\s*[%％万元亿个]*|[—\-/]+|")
LEADER = re.compile(r"…{2,}|\.{4,}|·{4,}|_{4,}")
LONGEST = 24
"""Longer pieces than this (characters) make a line prose, unless rules stand above and below."""
FEWEST_ROWS = 3


@dataclass(slots=True)
class _Run:
    lines: list[Line]
    rules: list[float]


def aligned_grids(page: PageLayout) -> tuple[list[Line], list[Grid]]:
    """The lines that remain text, and the grids found among the others."""
    grids: list[Grid] = []
    taken: set[int] = set()
    for run in _runs(page):
        bands = _bands(run.lines)
        if bands is None or not _is_table(run, bands):
            continue
        grids.append(_grid(run, bands, page.number))
        taken.update(id(line) for line in run.lines)
    return [line for line in page.lines if id(line) not in taken], grids


def _runs(page: PageLayout) -> list[_Run]:
    """Stretches of lines between horizontal rules of one width, or of consecutive lines in pieces."""
    out = []
    ruled: set[int] = set()
    for rules in _rule_groups(page.rules):
        top, bottom = rules[0][0], rules[-1][0]
        x0, x1 = min(r[1] for r in rules), max(r[2] for r in rules)
        lines = [
            line
            for line in page.lines
            if top < (line.top + line.bottom) / 2 < bottom and line.x0 > x0 - 6 and line.x1 < x1 + 6
        ]
        if len(lines) >= 2:
            out.append(_Run(lines, [r[0] for r in rules]))
            ruled.update(id(line) for line in lines)
    run: list[Line] = []
    for line in page.lines:
        apart = bool(run) and line.base - run[-1].base > 3.2 * line.size
        if len(line.parts) < 2 or id(line) in ruled or line.turned or LEADER.search(line.text) or apart:
            if len(run) >= FEWEST_ROWS:
                out.append(_Run(run, []))
            run = []
        if len(line.parts) >= 2 and id(line) not in ruled and not line.turned and not LEADER.search(line.text):
            run.append(line)
    if len(run) >= FEWEST_ROWS:
        out.append(_Run(run, []))
    return out


def _rule_groups(rules: list[tuple[float, float, float]]) -> list[list[tuple[float, float, float]]]:
    """Rules of about one extent below each other: at least the head, its foot and the end of a table, or two."""
    groups: list[list[tuple[float, float, float]]] = []
    for rule in sorted(rules):
        for group in groups:
            if abs(group[0][1] - rule[1]) < 4 and abs(group[0][2] - rule[2]) < 4:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= 3]


def _bands(lines: list[Line]) -> list[tuple[float, float]] | None:
    """Column extents: overlapping pieces are one column; None where columns touch or a line has two pieces in one."""
    pieces = sorted((x0, x1) for line in lines for _, x0, x1 in _pieces(line))
    bands: list[list[float]] = []
    for x0, x1 in pieces:
        if bands and x0 < bands[-1][1] + 2.0:
            bands[-1][1] = max(bands[-1][1], x1)
        else:
            bands.append([x0, x1])
    found = [(a, b) for a, b in bands]
    if len(found) < 2:
        return None
    for line in lines:
        columns = [_band(found, x0, x1) for _, x0, x1 in _pieces(line)]
        if len(columns) != len(set(columns)):
            return None
    return found


def _pieces(line: Line) -> list[tuple[str, float, float]]:
    return line.parts or [(line.text, line.x0, line.x1)]


def _band(bands: list[tuple[float, float]], x0: float, x1: float) -> int:
    middle = (x0 + x1) / 2
    return next(n for n, (a, b) in enumerate(bands) if a - 0.1 <= middle <= b + 0.1)


def _is_table(run: _Run, bands: list[tuple[float, float]]) -> bool:
    rows = [{_band(bands, x0, x1): text for text, x0, x1 in _pieces(line)} for line in run.lines]
    full = sum(1 for row in rows if len(row) >= max(2, 0.6 * len(bands)))
    if run.rules:
        return full >= 2 and full >= 0.5 * len(rows)
    # two columns without a rule are as likely a contents page or a list of names
    if len(bands) < 3 or full < 0.75 * len(rows) or any(len(text) > LONGEST for row in rows for text in row.values()):
        return False
    numeric = [band for band in range(1, len(bands)) if _numeric(rows, band)]
    return bool(numeric) and len(numeric) >= 0.5 * (len(bands) - 1)


def _numeric(rows: list[dict[int, str]], band: int) -> bool:
    """Whether a column holds numbers, its heading aside."""
    values = [row[band] for row in rows[1:] if band in row]
    return len(values) >= 2 and sum(1 for v in values if NUMBER.fullmatch(v.strip())) >= 0.7 * len(values)


def _grid(run: _Run, bands: list[tuple[float, float]], page: int) -> Grid:
    xs = [bands[0][0], *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(bands)), bands[-1][1]]
    rows = _rows(run)
    tops = [min(line.top for line in row) for row in rows]
    ends = [max(line.bottom for line in row) for row in rows]
    ys = [tops[0], *((a + b) / 2 for a, b in zip(ends[:-1], tops[1:], strict=True)), ends[-1]]
    xs, ys = [round(x, 2) for x in xs], [round(y, 2) for y in ys]
    cells = []
    for number, row in enumerate(rows):
        for col in range(len(bands)):
            box = (xs[col], ys[number], xs[col + 1], ys[number + 1])
            cell = GridCell(number, col, 1, 1, box, page)
            for line in row:
                for text, x0, x1 in _pieces(line):
                    if _band(bands, x0, x1) == col:
                        piece = Line(text, x0, line.top, x1, line.bottom, line.base, line.size, line.size, page)
                        piece.confidence, piece.doubts = line.confidence, line.doubts
                        cell.lines.append(piece)
            cells.append(cell)
    return Grid(page, xs, ys, cells)


def _rows(run: _Run) -> list[list[Line]]:
    """Rows of lines: between rules where every row is ruled, else a line each."""
    rules = run.rules
    if len(rules) >= 4:
        groups = [
            [line for line in run.lines if a < (line.top + line.bottom) / 2 <= b] for a, b in itertools.pairwise(rules)
        ]
        groups = [group for group in groups if group]
        if all(len(group) <= 3 for group in groups):
            return groups
    return [[line] for line in run.lines]
