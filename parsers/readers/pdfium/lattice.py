"""From rules to a grid with spans: where a separator is missing between two positions, they are one merged cell."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass

from parsers.readers.pdfium.layout import Grid, GridCell
from parsers.readers.pdfium.rules import GAP, SNAP, Rule, components

Matrix = list[list[bool]]
MOST_POSITIONS = 20_000
"""A page can't hold a table of more positions than this that anyone could read: it is graph paper or a plan."""


@dataclass(slots=True)
class _Lines:
    """Grid lines with what is drawn on them: `across[j][i]` is the piece of line j above column i."""

    xs: list[float]
    ys: list[float]
    across: Matrix
    down: Matrix


def grids_of(across: list[Rule], down: list[Rule], page: int) -> tuple[list[Grid], list[Rule]]:
    """All ruled grids of a page, and the horizontal rules that belong to none."""
    grids, used = [], set[int]()
    for h, v in components(across, down):
        grid = _grid(h, v, page)
        if grid is not None:
            grids.append(grid)
            used.update(map(id, h))
    return grids, [rule for rule in across if id(rule) not in used]


def _grid(h: list[Rule], v: list[Rule], page: int) -> Grid | None:
    ys, xs = _cluster([r.at for r in h]), _cluster([r.at for r in v])
    left, right = min(r.start for r in h), max(r.end for r in h)
    top, bottom = min(r.start for r in v), max(r.end for r in v)
    open_top, open_bottom = top < ys[0] - 2 * GAP, bottom > ys[-1] + 2 * GAP
    # an outer side that is not drawn lies where the crossing rules end
    xs = ([left] if left < xs[0] - 2 * GAP else []) + xs + ([right] if right > xs[-1] + 2 * GAP else [])
    ys = ([top] if open_top else []) + ys + ([bottom] if open_bottom else [])
    if len(h) + len(v) < 3 or len(xs) < 2 or len(ys) < 2:
        return None
    if (len(xs) - 1) * (len(ys) - 1) > MOST_POSITIONS:
        return None
    lines = _without_idle(_Lines(xs, ys, [], []), h, v)
    if len(lines.xs) < 2 or len(lines.ys) < 2:
        return None
    # a hundredth of a point is what a place records; rounding here spares it for every cell
    lines.xs, lines.ys = [round(x, 2) for x in lines.xs], [round(y, 2) for y in lines.ys]
    cells = _cells(lines, page)
    grid = Grid(page, lines.xs, lines.ys, cells, open_top, open_bottom)
    grid.frame = len(cells) == 1
    return grid


def _cluster(values: list[float]) -> list[float]:
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][0] <= SNAP:
            out[-1].append(value)
        else:
            out.append([value])
    return [sum(group) / len(group) for group in out]


def _without_idle(lines: _Lines, h: list[Rule], v: list[Rule]) -> _Lines:
    """Drop inner grid lines on which nothing separates two cells (an underline is not a border), until none is left."""
    while True:
        lines.across = _drawn(lines.ys, lines.xs, h)
        lines.down = _drawn(lines.xs, lines.ys, v)
        ys = [y for j, y in enumerate(lines.ys) if j in (0, len(lines.ys) - 1) or any(lines.across[j])]
        xs = [x for i, x in enumerate(lines.xs) if i in (0, len(lines.xs) - 1) or any(lines.down[i])]
        if len(ys) == len(lines.ys) and len(xs) == len(lines.xs):
            return lines
        lines.xs, lines.ys = xs, ys


def _drawn(fixed: list[float], edges: list[float], rules: list[Rule]) -> Matrix:
    """On which pieces of which grid lines a rule is drawn; a piece may lack a little at its ends."""
    out = [[False] * (len(edges) - 1) for _ in fixed]
    for rule in rules:
        line = nearest(fixed, rule.at)
        if abs(fixed[line] - rule.at) > SNAP:
            continue
        row = out[line]
        begin = max(0, bisect(edges, rule.start) - 1)
        end = min(len(row), bisect(edges, rule.end))
        if end - begin > 2:
            # the pieces between the first and the last lie wholly under the rule
            row[begin + 1 : end - 1] = [True] * (end - begin - 2)
        for i in {begin, end - 1} if begin < end else ():
            a, b = edges[i], edges[i + 1]
            if min(rule.end, b) - max(rule.start, a) >= max(0.5 * (b - a), b - a - 2 * GAP + 1.0):
                row[i] = True
    return out


def nearest(edges: list[float], x: float) -> int:
    """Index of the edge nearest to `x`."""
    after = bisect(edges, x)
    if after == 0:
        return 0
    if after == len(edges):
        return after - 1
    return after if edges[after] - x < x - edges[after - 1] else after - 1


def _cells(lines: _Lines, page: int) -> list[GridCell]:
    """Merge positions that no rule separates into the largest rectangles, from the top left."""
    xs, ys, across, down = lines.xs, lines.ys, lines.across, lines.down
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    taken = [[False] * n_cols for _ in range(n_rows)]
    cells = []
    for row in range(n_rows):
        used, over, under, y0 = taken[row], across[row], across[row + 1], ys[row]
        for col in range(n_cols):
            if used[col]:
                continue
            right, below = col + 1, row + 1
            while right < n_cols and not down[right][row] and not used[right]:
                right += 1
            if not under[col]:
                while below < n_rows and _open_below(lines, taken, below, col, right):
                    below += 1
                for r in range(row + 1, below):
                    taken[r][col:right] = [True] * (right - col)
            if right > col + 1:
                used[col:right] = [True] * (right - col)
            cell = GridCell(row, col, below - row, right - col, (xs[col], y0, xs[right], ys[below]), page)
            if not (over[col] and across[below][col]):
                cell.enclosed = _enclosed(lines, row, below, col, right)
            cells.append(cell)
    return cells


def _open_below(lines: _Lines, taken: Matrix, row: int, col: int, right: int) -> bool:
    """Whether nothing is drawn above `row` over these columns, nor within it, and it ends at a rule on either side."""
    if lines.across[row][col] or taken[row][col]:
        return False
    if right > col + 1 and (any(lines.across[row][col:right]) or any(taken[row][col:right])):
        return False
    if any(lines.down[i][row] for i in range(col + 1, right)):
        return False
    n_cols = len(lines.xs) - 1
    return (right == n_cols or lines.down[right][row]) and (col == 0 or lines.down[col][row])


def _enclosed(lines: _Lines, row: int, below: int, col: int, right: int) -> bool:
    if any(lines.across[row][col:right]) and any(lines.across[below][col:right]):
        return True
    return any(lines.down[col][row:below]) and any(lines.down[right][row:below])
