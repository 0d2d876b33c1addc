"""A sheet as paragraphs and tables, as it would be printed: hidden rows and columns are left out, merges kept.

Lines around cells say what a table is; rows without them (titles, captions, signatures) become paragraphs, one a
filled cell. In a sheet that draws no lines a table reaches from the first row with several filled cells to the last,
empty rows part tables, and titles stand between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.document import Block, Cell, Note, Paragraph, Place, Table
from parsers.readers.workbook.model import Merge, Position, Sheet, SheetCell
from parsers.reasons import Reason, UnreadableError
from parsers.titles import caption_kind, title_kind

MAX_POSITIONS = 1_000_000
"""Grid positions of one table."""
_LONGEST_MERGE = 200_000
_NOTHING = SheetCell("")
_LONG = 60


@dataclass(slots=True)
class Numbers:
    """Numbers of paragraphs and tables so far, through all sheets of a workbook."""

    paragraphs: int = 0
    tables: int = 0


@dataclass(slots=True)
class _View:
    """What is visible of a sheet."""

    sheet: Sheet
    rows: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    """Visible cells by row and column; the text of a merge at the first visible position of it."""
    spans: dict[Position, Merge] = field(default_factory=dict)
    """The merge that begins at a visible position."""
    covered: dict[Position, str] = field(default_factory=dict)
    """Positions under a merge, with the text that the file holds there."""
    hidden: list[str] = field(default_factory=list)
    lines: bool = False


def blocks_of(sheet: Sheet, numbers: Numbers) -> tuple[list[Block], list[Note]]:
    """The blocks of a sheet in reading order, and what was left aside."""
    here = Place(part=sheet.name)
    if sheet.hidden:
        return [], [Note("hidden_text", f"hidden sheet {sheet.name}: left out", here)]
    view = _visible(sheet)
    notes = []
    if view.hidden:
        notes.append(Note("hidden_text", "hidden rows or columns, left out: " + " ".join(view.hidden)[:500], here))
    if sheet.uncounted:
        row, col = sheet.uncounted[0]
        what = f"{len(sheet.uncounted)} formula(s) without a result, kept as formula"
        notes.append(Note("formula", what, Place(part=sheet.name, row=row + 1, col=col + 1)))
    blocks: list[Block] = []
    for rows, is_table in _parts(view):
        if is_table:
            numbers.tables += 1
            blocks.append(_table(view, rows, numbers.tables))
            continue
        for row in rows:
            for col, cell in sorted(view.rows[row].items()):
                if cell.text.strip():
                    numbers.paragraphs += 1
                    place = Place(row=row + 1, col=col + 1, paragraph=numbers.paragraphs, part=sheet.name)
                    blocks.append(Paragraph(cell.text, place))
    return blocks, notes


def _visible(sheet: Sheet) -> _View:
    view = _View(sheet)
    origins: dict[Position, Position] = {}
    for merge in sheet.merges:
        _place_merge(view, merge, origins)
    rows: dict[int, dict[int, SheetCell]] = defaultdict(dict)
    moved = {start for origin, start in origins.items() if start != origin}
    for (row, col), cell in sheet.cells.items():
        at = origins.get((row, col), (row, col))
        if (row, col) in view.covered or (row, col) in moved:
            view.covered[row, col] = cell.text
            continue
        if at[0] in sheet.hidden_rows or at[1] in sheet.hidden_columns:
            if cell.text.strip():
                view.hidden.append(cell.text.strip())
            continue
        rows[at[0]][at[1]] = cell
    last = max((row for row, cells in rows.items() if any(c.text.strip() for c in cells.values())), default=-1)
    view.rows = {row: rows[row] for row in sorted(rows) if row <= last}
    view.lines = any(_is_ruled(view, row) for row in view.rows)
    return view


def _place_merge(view: _View, merge: Merge, origins: dict[Position, Position]) -> None:
    """A merge begins where the first of its positions is visible; all others are covered."""
    if (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) > _LONGEST_MERGE:
        return  # a column merged from top to bottom is no cell of a table
    sheet = view.sheet
    rows = [row for row in range(merge.top, merge.bottom + 1) if row not in sheet.hidden_rows]
    columns = [col for col in range(merge.left, merge.right + 1) if col not in sheet.hidden_columns]
    start = (rows[0], columns[0]) if rows and columns else (merge.top, merge.left)
    if any((row, col) in view.covered or (row, col) in view.spans for row in rows for col in columns):
        return  # merges that overlap: the first holds
    origins[merge.top, merge.left] = start
    if not rows or not columns:
        return
    for row in range(merge.top, merge.bottom + 1):
        for col in range(merge.left, merge.right + 1):
            if (row, col) not in {start, (merge.top, merge.left)}:
                view.covered[row, col] = ""
    view.spans[start] = Merge(rows[0], columns[0], rows[-1], columns[-1])


def _is_ruled(view: _View, row: int) -> bool:
    """Whether a row has at least two cells with the lines of a table, or one that is merged over columns."""
    ruled = [col for col, cell in view.rows[row].items() if cell.bordered]
    merged = any((row, col) in view.spans and view.spans[row, col].right > col for col in ruled)
    return len(ruled) > 1 or merged


def _parts(view: _View) -> Iterator[tuple[list[int], bool]]:
    """Runs of rows, each with whether it is a table."""
    is_table = _ruled_rows(view) if view.lines else _full_rows(view)
    run: list[int] = []
    for row in view.rows:
        empty_between = run and row - run[-1] > 1 and not _reaches(view, run, row)
        if run and (is_table[row] != is_table[run[-1]] or (empty_between and is_table[row])):
            yield run, is_table[run[-1]]
            run = []
        run.append(row)
    if run:
        yield run, is_table[run[-1]]


def _reaches(view: _View, run: list[int], row: int) -> bool:
    """Whether nothing but hidden rows lies between a run and a row, or a merge of the run reaches into the row."""
    between = range(run[-1] + 1, row)
    if all(at in view.sheet.hidden_rows for at in between):
        return True
    return any(merge.top <= run[-1] and merge.bottom >= row for merge in view.spans.values())


def _ruled_rows(view: _View) -> dict[int, bool]:
    under: set[int] = set()
    for (row, col), merge in view.spans.items():
        if view.rows.get(row, {}).get(col, _NOTHING).bordered and _is_ruled(view, row):
            under.update(range(row, merge.bottom + 1))
    return {row: row in under or _is_ruled(view, row) for row in view.rows}


def _full_rows(view: _View) -> dict[int, bool]:
    """Without lines: rows between the first and the last with several filled cells, but for titles and sentences."""
    filled = {row: [c.text for c in cells.values() if c.text.strip()] for row, cells in view.rows.items()}
    several = [row for row, texts in filled.items() if len(texts) > 1]
    first, last = (several[0], several[-1]) if several else (0, -1)
    return {row: first <= row <= last and (len(texts) != 1 or _fits(texts[0])) for row, texts in filled.items()}


def _fits(text: str) -> bool:
    """Whether the one filled cell of a row can be a label of the table around it."""
    return len(text.strip()) <= _LONG and title_kind(text) is None and caption_kind(text) is None


def _table(view: _View, rows: list[int], number: int) -> Table:
    """The grid of some rows, from the first column in use to the last; blank positions are cells too."""
    part = view.sheet.name
    used = {col for row in rows for col in view.rows[row]}
    inside = [merge for (row, _), merge in view.spans.items() if rows[0] <= row <= rows[-1]]
    used |= {col for merge in inside for col in (merge.left, merge.right)}
    first, last = min(used), max(used)
    columns = [col for col in range(first, last + 1) if col not in view.sheet.hidden_columns]
    if len(rows) * len(columns) > MAX_POSITIONS:
        message = f"sheet {part}: a table of {len(rows):,} rows and {len(columns):,} columns"
        raise UnreadableError(Reason.TOO_LARGE, message, Place(part=part, row=rows[0] + 1))
    row_at, col_at = {row: at for at, row in enumerate(rows)}, {col: at for at, col in enumerate(columns)}
    cells = []
    for row in rows:
        held = view.rows[row]
        for col in columns:
            if (row, col) in view.covered and (row, col) not in view.spans:
                continue
            cell = held.get(col, _NOTHING)
            place = Place(table=number, row=row + 1, col=col + 1, part=part)
            merge = view.spans.get((row, col))
            if merge is None:
                cells.append(Cell(row_at[row], col_at[col], cell.text, place, stored=cell.stored))
                continue
            high = sum(merge.top <= other <= merge.bottom for other in rows)
            wide = sum(merge.left <= other <= merge.right for other in columns)
            hidden = "\n".join(text for (r, c), text in _under(view, merge) if text.strip() and (r, c) != (row, col))
            cells.append(Cell(row_at[row], col_at[col], cell.text, place, high, wide, hidden, stored=cell.stored))
    where = Place(table=number, row=rows[0] + 1, col=columns[0] + 1, part=part)
    return Table(number, tuple(cells), len(rows), len(columns), where)


def _under(view: _View, merge: Merge) -> Iterator[tuple[Position, str]]:
    for row in range(merge.top, merge.bottom + 1):
        for col in range(merge.left, merge.right + 1):
            if (row, col) in view.covered:
                yield (row, col), view.covered[row, col]
