"""One table again out of its parts on consecutive pages: headings repeated at the top dropped, cut rows joined."""

from __future__ import annotations

import itertools

from parsers.readers.pdfium.lattice import nearest
from parsers.readers.pdfium.layout import Break, Grid, GridCell, Line
from parsers.readers.pdfium.lines import CLOSING
from parsers.readers.pdfium.wording import ENDS, ITEM

EDGE = 3.5
"""Edges of two parts that differ by less (points) are the same edge."""
LONG = 30
"""Characters from which a cell's text is prose that a page break may cut."""
WIDE_LINE = 8
WIDE_TEXT = 12
"""Characters of a line and of a text from which a line that is full was broken by its width, not by chance."""


def continues(first: Grid, second: Grid, room: float) -> bool:
    """Whether `second`, the first thing on its page, is the rest of `first`, the last thing on the page before.

    `room` is what the earlier page had left below `first`: a part that ends high up was not cut by the page.
    """
    shift = second.xs[0] - first.xs[0]
    if abs(shift) > 40 or abs((first.xs[-1] - first.xs[0]) - (second.xs[-1] - second.xs[0])) > 2 * EDGE:
        return False
    if first.frame and second.frame and not (first.open_bottom or second.open_top):
        return False
    if room > max(1.25 * (second.ys[1] - second.ys[0]), 60.0):
        return False
    inner = [x - shift for x in second.xs[1:-1]]
    shared = sum(1 for x in inner if any(abs(x - y) <= EDGE for y in first.xs[1:-1]))
    fewer = min(len(inner), len(first.xs) - 2)
    if first.frame or second.frame:
        return first.open_bottom or second.open_top or _repeated_rows(first, second) > 0 or fewer == 0
    return shared >= max(1, 0.5 * fewer)


def join(first: Grid, second: Grid) -> None:
    """Append the rows of `second` to `first`."""
    dropped = _repeated_rows(first, second)
    shift = second.xs[0] - first.xs[0]
    old, new = first.xs, [x - shift for x in second.xs]
    first.xs = _union(old, new)
    if len(first.xs) != len(old):
        _move(first.cells, old, first.xs, 0)
    later = [cell for cell in second.cells if cell.row >= dropped]
    _move(later, new, first.xs, first.n_rows - dropped)
    is_open = first.open_bottom or second.open_top
    found = _row_cut(first.cells, later, first.n_rows, is_open, first.n_cols) if later else False
    cut = found is True
    if cut:
        for cell in later:
            cell.row -= 1
    start = first.n_rows - (1 if cut else 0)
    _merge(first, later, start, cut)
    steps = [b - a for a, b in zip(second.ys[dropped:-1], second.ys[dropped + 1 :], strict=True)]
    for step in steps[1 if cut else 0 :]:
        first.ys.append(first.ys[-1] + step)
    first.open_bottom = second.open_bottom
    first.breaks.append(Break(start, second.page, dropped, cut, found is None))


def _union(first: list[float], second: list[float]) -> list[float]:
    out = list(first)
    out += [x for x in second if all(abs(x - y) > EDGE for y in first)]
    return sorted(out)


def _move(cells: list[GridCell], old: list[float], new: list[float], down: int) -> None:
    """Count the cells' columns on the new edges, and their rows `down` further."""
    at = [nearest(new, x) for x in old]
    for cell in cells:
        right = at[cell.col + cell.col_span]
        cell.col = at[cell.col]
        cell.col_span = right - cell.col
        cell.row += down


def _repeated_rows(first: Grid, second: Grid) -> int:
    """How many of the first rows of `second` repeat the first rows of the table, cell by cell."""
    best = 0
    for rows in range(1, min(first.n_rows, second.n_rows, 8)):
        a, b = _heading(first, rows), _heading(second, rows)
        if a is None or b is None:
            continue
        if a != b:
            break
        if any(text for *_, text in a):
            best = rows
    return best


def _heading(grid: Grid, rows: int) -> list[tuple[int, int, int, int, str]] | None:
    """The cells of the first rows; None where a merged cell crosses the row below."""
    cells = list(itertools.takewhile(lambda cell: cell.row < rows, grid.cells))
    if any(cell.row + cell.row_span > rows for cell in cells):
        return None
    return [
        (cell.row, cell.col, cell.row_span, cell.col_span, "".join("".join(line.text.split()) for line in cell.lines))
        for cell in cells
    ]


def _row_cut(cells: list[GridCell], later: list[GridCell], n_rows: int, is_open: bool, n_cols: int) -> bool | None:
    """Whether the first row on the later page is the rest of the last row on the page before; None if it may be.

    A wrong yes makes one row out of two, so it takes evidence: a missing rule, a text that visibly goes on, or a long
    text that goes on while the row's label and numbers are not printed again.
    """
    top = min(cell.row for cell in later)
    head = [cell for cell in later if cell.row == top]
    tail = {cell.col: cell for cell in cells if cell.row + cell.row_span == n_rows}
    own = [cell for cell in tail.values() if cell.row_span == 1]
    if any(cell.col not in tail or tail[cell.col].col_span != cell.col_span for cell in head):
        return False
    if sum(cell.col_span for cell in head) != n_cols or not own:
        return False
    pairs = [(tail[cell.col], cell) for cell in head if cell.lines]
    if not pairs:
        return is_open
    if any(not below.lines[0].text.strip("…. ") for _, below in pairs):
        return False  # …… begins a row of its own, to be filled in
    if any(not above.lines for above, _ in pairs):
        return is_open and any(above.lines for above, _ in pairs)
    if is_open:
        return True
    if any(_bracketed(a, b) for a, b in pairs) and len(pairs) < len(head) // 2:
        return all(_may_go_on(a, b) for a, b in pairs)
    first = min(own, key=lambda cell: cell.col)
    unlabelled = bool(first.lines) and all(below.col != first.col for _, below in pairs)
    alone = len(pairs) < sum(1 for cell in own if cell.lines) or len(head) == 1
    if all(_text_goes_on(a, b, alone, unlabelled) for a, b in pairs):
        return True
    nearly_blank = alone and 3 * len(pairs) <= len(head)
    return None if nearly_blank and all(_may_go_on(a, b) for a, b in pairs) else False


def _text_goes_on(before: GridCell, after: GridCell, alone: bool, unlabelled: bool) -> bool:
    """Whether the later cell's text is surely the rest of the earlier one's.

    In a narrow column every label looks as if it filled its line; there it takes a row that is otherwise blank, or
    without its label. Labels that end alike are two: 社会效益指标, 生态效益指标.
    """
    last, first = before.lines[-1], after.lines[0]
    if first.text[0] in CLOSING:
        return True
    wide = len(last.text) >= WIDE_LINE or _length(before.lines) >= WIDE_TEXT
    if (wide or unlabelled or alone) and _may_go_on(before, after) and _full(before, first):
        return not _siblings(before, after)
    return alone and _length(before.lines) >= LONG and _length(after.lines) >= LONG // 2


def _may_go_on(before: GridCell, after: GridCell) -> bool:
    """Whether nothing speaks against it: a bracketed rest, or a label that ends without a stop."""
    return before.lines[-1].text[-1] not in ENDS and not ITEM.match(after.lines[0].text)


def _siblings(before: GridCell, after: GridCell) -> bool:
    one, other = ("".join(line.text for line in cell.lines) for cell in (before, after))
    return len(other) >= 4 and one[-2:] == other[-2:]


def _bracketed(before: GridCell, after: GridCell) -> bool:
    """A remark in brackets below a label without one: `效益指标` and `（30分）`."""
    text = "".join(line.text for line in after.lines)
    return text[0] in "（(" and text[-1] in "）)" and not any("（" in line.text for line in before.lines)


def _full(cell: GridCell, following: Line) -> bool:
    """Whether the last line leaves no room for what follows, its cell's own padding taken into account."""
    last = cell.lines[-1]
    padding = min(max(min(line.x0 for line in cell.lines) - cell.box[0], 0.0), 8.0)
    return cell.box[2] - padding - last.x1 < following.head - 0.3


def _length(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _merge(grid: Grid, later: list[GridCell], start: int, cut: bool) -> None:
    """Put the parts of cells that the page break cut together: of a cut row all, else merged cells that run on."""
    n_rows = start + (1 if cut else 0)
    tail = {cell.col: cell for cell in grid.cells if cell.row + cell.row_span == n_rows}
    rest = []
    for cell in sorted(later, key=lambda cell: (cell.row, cell.col)):
        above = tail.get(cell.col) if cell.row == start else None
        if above is None or above.col_span != cell.col_span:
            rest.append(cell)
        elif cut or _runs_on(above, cell) or _in_merged_column(above, cell, grid.cells, later):
            above.row_span += cell.row_span - (1 if cut else 0)
            above.lines = [*above.lines, *cell.lines]
            above.nested = [*above.nested, *cell.nested]
        else:
            rest.append(cell)
    grid.cells += rest


def _runs_on(above: GridCell, below: GridCell) -> bool:
    """Whether a merged cell was cut: its text stands in one part, and at least one part spans several rows."""
    if above.lines and below.lines:
        merged = above.row_span > 1 or below.row_span > 1
        return merged and _length(above.lines) >= WIDE_TEXT and _text_goes_on(above, below, False, False)
    if above.lines:
        return above.row_span > 1 or below.row_span > 1
    return above.row_span > 1 and (below.row_span > 1 or bool(below.lines))


def _in_merged_column(above: GridCell, below: GridCell, cells: list[GridCell], later: list[GridCell]) -> bool:
    """Whether a blank cell of one row belongs to the label above: its column is merged elsewhere and never blank."""
    if not above.lines or below.lines:
        return False
    column = [cell for cell in (*cells, *later) if cell.col == below.col and cell is not below]
    return sum(cell.row_span > 1 for cell in column) >= 2 and all(cell.lines for cell in column)
