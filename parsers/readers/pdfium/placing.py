"""Which cell a character stands in. Text that runs over a rule stays whole, in the cell that holds most of it."""

from __future__ import annotations

import numpy as np

from parsers.document import Note, Place
from parsers.readers.pdfium.chars import Array, Chars
from parsers.readers.pdfium.layout import Grid, GridCell
from parsers.readers.pdfium.lines import BODY


def place(chars: Chars, grids: list[Grid], page: int) -> tuple[Array, list[GridCell], list[Note]]:
    """The group of every character: an index into the returned cells, or `BODY`."""
    group = np.full(len(chars), BODY, np.int64)
    cells: list[GridCell] = []
    if not grids or not len(chars):
        return group, cells, []
    x, y = (chars.x0 + chars.x1) / 2, (chars.top + chars.bottom) / 2
    column = np.full(len(chars), -1, np.int64)
    for grid in sorted(grids, key=_area, reverse=True):
        x0, top, x1, bottom = grid.box
        inside = np.flatnonzero((x >= x0) & (x < x1) & (y >= top) & (y < bottom))
        if not len(inside):
            continue
        numbers = [[BODY] * grid.n_cols for _ in range(grid.n_rows)]
        for number, cell in enumerate(grid.cells, len(cells)):
            if cell.row_span == cell.col_span == 1:
                numbers[cell.row][cell.col] = number
                continue
            for row in numbers[cell.row : cell.row + cell.row_span]:
                row[cell.col : cell.col + cell.col_span] = [number] * cell.col_span
        cells += grid.cells
        rows = np.searchsorted(grid.ys, y[inside], side="right") - 1
        cols = np.searchsorted(grid.xs, x[inside], side="right") - 1
        group[inside] = np.array(numbers)[rows, cols]
        column[inside] = cols
    notes = _keep_runs_whole(chars, group, cells, page)
    return group, cells, notes


def _area(grid: Grid) -> float:
    x0, top, x1, bottom = grid.box
    return (x1 - x0) * (bottom - top)


def _keep_runs_whole(chars: Chars, group: Array, cells: list[GridCell], page: int) -> list[Note]:
    """Give all characters of a run the cell of most of them; a run is one text object without gaps."""
    if len(chars) < 2:
        return []
    gap = chars.x0[1:] - chars.x1[:-1]
    cut = (chars.obj[1:] != chars.obj[:-1]) | (np.abs(gap) > 0.5 * chars.size[1:])
    cut |= np.abs(chars.base[1:] - chars.base[:-1]) > 0.3 * chars.size[1:]
    cut |= chars.turn[1:] != 0
    run = np.concatenate([[0], np.cumsum(cut)])
    torn = np.flatnonzero(~cut & (group[1:] != group[:-1])) + 1
    notes = []
    for number in dict.fromkeys(run[torn].tolist()):
        members = np.flatnonzero(run == number)
        found, counts = np.unique(group[members], return_counts=True)
        # of equal shares the later group wins: a cell, not the text outside
        best = int(found[len(found) - 1 - np.argmax(counts[::-1])])
        group[members] = best
        text = "".join(map(chr, chars.code[members].tolist()))
        if best == BODY:
            continue
        x0, top, x1, bottom = cells[best].box
        notes.append(
            Note(
                "text_over_rule",
                f"Page {page}: {text!r} runs over a cell border; kept whole in the cell that holds most of it.",
                Place(page=page, x0=x0, top=top, x1=x1, bottom=bottom),
            )
        )
    return notes
