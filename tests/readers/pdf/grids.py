"""Random grids with spans: drawn with reportlab, known in every cell."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
HEIGHT = 842.0
LETTERS = "绩效指标预算执行数0123456789.%≥"


@dataclass(frozen=True)
class Spanned:
    """A cell to draw and to find again."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str


@dataclass(frozen=True)
class RandomGrid:
    """Edges in points from the top left, and cells that cover the grid."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Spanned, ...]


@st.composite
def grids(draw: st.DrawFn) -> RandomGrid:
    """A grid whose every inner grid line separates at least two cells."""
    n_rows, n_cols = draw(st.integers(1, 7)), draw(st.integers(2, 6))
    xs = [50.0]
    for _ in range(n_cols):
        xs.append(xs[-1] + draw(st.floats(44, 90)))
    ys = [60.0]
    for _ in range(n_rows):
        ys.append(ys[-1] + draw(st.floats(14, 60)))
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(n_rows):
        for col in range(n_cols):
            if (row, col) in taken:
                continue
            wide = 1
            most = draw(st.sampled_from([1, 1, 1, 2, 3]))
            while wide < most and col + wide < n_cols and (row, col + wide) not in taken:
                wide += 1
            high = min(draw(st.sampled_from([1, 1, 1, 2, 3])), n_rows - row)
            taken |= {(row + r, col + c) for r in range(high) for c in range(wide)}
            text = draw(st.text(LETTERS, min_size=0, max_size=3))
            cells.append(Spanned(row, col, high, wide, text))
    return _without_idle_lines(RandomGrid(tuple(xs), tuple(ys), tuple(cells)))


def _without_idle_lines(grid: RandomGrid) -> RandomGrid:
    """Drop grid lines that no border lies on: nobody can see them."""
    rows = sorted({c.row for c in grid.cells} | {c.row + c.row_span for c in grid.cells})
    cols = sorted({c.col for c in grid.cells} | {c.col + c.col_span for c in grid.cells})
    row_at, col_at = {r: n for n, r in enumerate(rows)}, {c: n for n, c in enumerate(cols)}
    cells = []
    for c in grid.cells:
        row, col = row_at[c.row], col_at[c.col]
        cells.append(Spanned(row, col, row_at[c.row + c.row_span] - row, col_at[c.col + c.col_span] - col, c.text))
    cells.sort(key=lambda c: (c.row, c.col))
    return RandomGrid(tuple(grid.xs[c] for c in cols), tuple(grid.ys[r] for r in rows), tuple(cells))


def drawn(grid: RandomGrid, style: str) -> bytes:
    """The grid on a page. Styles: stroked `boxes`, filled `bars`, `lines` as long as they go, six `parts` a cell."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, HEIGHT), invariant=1)
    canvas.setLineWidth(0.5)
    for c in grid.cells:
        x0, x1 = grid.xs[c.col], grid.xs[c.col + c.col_span]
        top, bottom = HEIGHT - grid.ys[c.row], HEIGHT - grid.ys[c.row + c.row_span]
        if style == "boxes":
            canvas.rect(x0, bottom, x1 - x0, top - bottom)
        elif style == "bars":
            for y in (top, bottom):
                canvas.rect(x0 - 0.3, y - 0.3, x1 - x0 + 0.6, 0.6, stroke=0, fill=1)
            for x in (x0, x1):
                canvas.rect(x - 0.3, bottom - 0.3, 0.6, top - bottom + 0.6, stroke=0, fill=1)
        elif style == "lines":
            canvas.line(x0, top, x1, top)
            canvas.line(x0, bottom, x1, bottom)
            canvas.line(x0, bottom, x0, top)
            canvas.line(x1, bottom, x1, top)
        else:
            for x in (x0, x1):
                canvas.rect(x, bottom + 0.5, 0.5, top - bottom - 0.5, stroke=0, fill=1)
                for y in (top, bottom):
                    canvas.rect(x, y, 0.5, 0.5, stroke=0, fill=1)
            for y in (top, bottom):
                canvas.rect(x0 + 0.5, y, x1 - x0 - 0.5, 0.5, stroke=0, fill=1)
    canvas.setFont(FONT, 10)
    for c in grid.cells:
        if c.text:
            canvas.drawString(grid.xs[c.col] + 4, HEIGHT - grid.ys[c.row] - 11, c.text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
