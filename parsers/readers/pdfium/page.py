"""One page of a PDF: opened, fetched, judged, and closed again. What is kept is lines and grids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parsers.document import Note, Place
from parsers.readers.pdfium import library as pdf
from parsers.readers.pdfium.chars import Array, Chars, page_chars
from parsers.readers.pdfium.lattice import grids_of
from parsers.readers.pdfium.layout import Frame, Grid, GridCell, Line, PageLayout
from parsers.readers.pdfium.lines import BODY, is_space, lines_by_group, lines_of_pages
from parsers.readers.pdfium.marks import mark_lines, sort_out
from parsers.readers.pdfium.placing import place
from parsers.readers.pdfium.rules import whole_rules
from parsers.readers.pdfium.shapes import Shapes, page_shapes
from parsers.readers.pdfium.trust import Trust
from parsers.reasons import Reason, UnreadableError

SHOWN_ANNOTATIONS = {3, 13, 20}
"""FreeText, Stamp, Widget: annotations that print text of their own onto the page."""
MOST_CHARS = 200_000
AT_ONCE = 20_000
"""Characters that are enough for a round of making lines."""
SCANNED = 0.5
"""An image over this share of a page makes it a scan, if hardly any text is printed beside it."""
FEW_CHARS = 40


@dataclass(slots=True)
class Draft:
    """A page whose characters are not lines yet: the usual ones by cell (`group`, see `place`), and the large ones."""

    page: PageLayout
    usual: Chars
    group: Array
    cells: list[GridCell]
    big: Chars


def read_pages(document: int, count: int) -> list[PageLayout]:
    """Read all pages; what becomes of their characters is settled for several pages at once."""
    trust = Trust()
    pages: list[PageLayout] = []
    drafts: list[Draft] = []
    waiting = 0
    for number in range(1, count + 1):
        drafts.append(_read_page(document, number, trust))
        waiting += len(drafts[-1].usual) + len(drafts[-1].big)
        if waiting >= AT_ONCE or number == count:
            pages += _settled(drafts)
            drafts, waiting = [], 0
    return pages


def _settled(drafts: list[Draft]) -> list[PageLayout]:
    """Give the pages their lines, within cells and without."""
    by_page = lines_of_pages([(draft.usual, draft.group, draft.page.number) for draft in drafts])
    for draft, by_group in zip(drafts, by_page, strict=True):
        page = draft.page
        page.lines = by_group.pop(BODY, [])
        for index, lines in by_group.items():
            draft.cells[index].lines = lines
        page.grids = _nest(without_gaps(page.grids))
        if len(draft.big):
            everywhere = np.full(len(draft.big), BODY)
            page.large = lines_by_group(draft.big, everywhere, page.number).get(BODY, [])
    return [draft.page for draft in drafts]


def _read_page(document: int, number: int, trust: Trust) -> Draft:
    """Read page `number` (from 1)."""
    page = pdf.load_page(document, number - 1)
    if not page:
        raise UnreadableError(
            Reason.DAMAGED, f"Page {number} of the PDF is damaged; fetch the file again.", Place(page=number)
        )
    try:
        if _flattened(page):
            pdf.close_page(page)
            page = pdf.load_page(document, number - 1)
        text = pdf.load_text(page)
        try:
            return _layout(page, text, number, trust)
        finally:
            pdf.close_text(text)
    finally:
        pdf.close_page(page)


def _flattened(page: int) -> bool:
    """Print form fields and text annotations onto the page, so that what they show is read like the rest."""
    count = pdf.annotation_count(page)
    for index in range(min(max(0, count), 1000)):
        handle = pdf.annotation(page, index)
        kind = pdf.annotation_subtype(handle) if handle else 0
        if handle:
            pdf.close_annotation(handle)
        if kind in SHOWN_ANNOTATIONS:
            pdf.flatten(page, 0)
            return True
    return False


def _layout(page: int, text: int, number: int, trust: Trust) -> Draft:
    box = np.zeros(4, np.float32)
    pdf.page_box(page, box.ctypes.data)
    left, top, right, bottom = box.tolist()
    if pdf.char_count(text) > MOST_CHARS:
        raise UnreadableError(
            Reason.TOO_LARGE,
            f"Page {number} holds more than {MOST_CHARS:,} characters; split the report or print it to a new PDF.",
            Place(page=number),
        )
    chars, frame = page_chars(text, (left, bottom, right, top), pdf.page_rotation(page) % 4)
    shapes = page_shapes(page, frame, number)
    chars, why, notes = _visible(chars, shapes, frame, number)
    marks, large = sort_out(chars)
    pale = chars.take(np.flatnonzero(marks))
    kept = trust.check(chars.take(np.flatnonzero(~marks)) if len(pale) else chars, text, number)
    if len(kept) != len(chars):
        large = sort_out(kept)[1]
    across, down = whole_rules(_on_page(shapes.rules, frame))
    grids, free = grids_of(across, down, number)
    grids = without_frames(grids)
    usual = kept.take(np.flatnonzero(~large)) if large.any() else kept
    group, cells, more = place(usual, grids, number)
    big = kept.take(np.flatnonzero(large))
    layout = PageLayout(
        number,
        frame,
        [],
        grids,
        [],
        mark_lines(pale, number) if len(pale) else [],
        [(rule.at, rule.start, rule.end) for rule in free],
        notes + more,
        why,
        bool(shapes.paths or shapes.images or len(chars)),
    )
    return Draft(layout, usual, group, cells, big)


def _on_page(rules: Array, frame: Frame) -> Array:
    """Rules that lie on the visible page."""
    width, height = frame.size
    seen = (rules[:, 2] > 0) & (rules[:, 0] < width) & (rules[:, 3] > 0) & (rules[:, 1] < height)
    kept: Array = rules[seen]
    return kept


def _visible(chars: Chars, shapes: Shapes, frame: Frame, number: int) -> tuple[Chars, str, list[Note]]:
    """Leave out what is not printed: invisible text, text under an image, text off the page. Say if a scan remains."""
    width, height = frame.size
    x, y = (chars.x0 + chars.x1) / 2, (chars.top + chars.bottom) / 2
    on_page = (x > -1) & (x < width + 1) & (y > -1) & (y < height + 1)
    modes = chars.objects.mode
    unseen = (modes == pdf.INVISIBLE) | (modes == pdf.CLIP_ONLY)
    blank = is_space(chars.code)
    if not shapes.images and not unseen.any() and on_page.all() and not blank.all():
        return chars, "", []
    hidden = unseen[chars.obj]
    scan = None
    for (x0, top, x1, bottom), at, solid in shapes.images:
        if (x1 - x0) * (bottom - top) < SCANNED * width * height:
            continue
        scan = (x0, top, x1, bottom)
        if solid:
            below = np.array([shapes.order.get(h, at + 1) < at for h in chars.objects.handle] + [False])
            hidden = hidden | (below[chars.obj] & (x > x0) & (x < x1) & (y > top) & (y < bottom))
    ink = ~blank
    lost = int((hidden & ink & on_page).sum())
    seen = int((~hidden & ink & on_page).sum())
    notes = []
    if lost and scan is None:
        notes.append(
            Note(
                "invisible_text",
                f"Page {number}: {lost} characters are set to be invisible; left out.",
                Place(page=number),
            )
        )
    off = int((~hidden & ink & ~on_page).sum())
    if off:
        message = f"Page {number}: {off} characters lie beyond the edge of the page, where nobody sees them; left out."
        notes.append(Note("text_off_page", message, Place(page=number)))
    why = ""
    if scan is not None and seen < FEW_CHARS:
        why = "a scan with an invisible text layer of unknown quality" if lost else "a scan without text"
    elif not seen and (shapes.images or shapes.paths > 200):
        why = "pictures without text" if shapes.images else "text drawn as outlines"
    kept = ~hidden & on_page
    return chars if kept.all() else chars.take(np.flatnonzero(kept)), why, notes


def without_frames(grids: list[Grid]) -> list[Grid]:
    """A box around other grids is a page border or a frame, not a table."""
    return [g for g in grids if not (g.frame and any(_inside(other, g.box) for other in grids if other is not g))]


def _inside(grid: Grid, box: tuple[float, float, float, float]) -> bool:
    x0, top, x1, bottom = grid.box
    return x0 >= box[0] and top >= box[1] and x1 <= box[2] and bottom <= box[3]


def without_gaps(grids: list[Grid]) -> list[Grid]:
    """Leave out positions beside a narrower part of a table: no rules around them and nothing in them."""
    for grid in grids:
        grid.cells = [cell for cell in grid.cells if cell.enclosed or cell.lines]
        _trim_stub(grid)
    return [grid for grid in grids if grid.cells]


def _trim_stub(grid: Grid) -> None:
    """Take off a last row that is only the foot of the rules at a page end: a few blank cells, the rest not drawn."""
    last = grid.n_rows - 1
    touching = [cell for cell in grid.cells if cell.row + cell.row_span > last]
    drawn = sum(cell.col_span for cell in touching)
    if last < 1 or drawn >= grid.n_cols or any(cell.lines or cell.row < last for cell in touching):
        return
    grid.cells = [cell for cell in grid.cells if cell.row < last]
    grid.ys = grid.ys[:-1]
    grid.open_bottom = False  # the row above it is closed by a rule


def _nest(grids: list[Grid]) -> list[Grid]:
    """Put a grid that lies within a cell of another one into that cell; the smallest such cell is its place."""
    outer = []
    for grid in grids:
        holders = [c for g in grids if g is not grid for c in g.cells if _inside(grid, c.box)]
        if not holders:
            outer.append(grid)
        elif not grid.frame:
            best = min(holders, key=lambda c: (c.box[2] - c.box[0]) * (c.box[3] - c.box[1]))
            best.nested.append(grid)
        else:
            best = min(holders, key=lambda c: (c.box[2] - c.box[0]) * (c.box[3] - c.box[1]))
            best.lines = sorted([*best.lines, *grid.cells[0].lines], key=_line_order)
    return outer


def _line_order(line: Line) -> tuple[float, float]:
    return (line.base, line.x0)
