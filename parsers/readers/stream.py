"""Tables pasted into a text file a cell a line, with nothing that ends a row: rows rebuilt by words and structure.

A run of column names tells how long the rows below it are; labels of forms stand before their answers. A stream is
read as a whole or not at all: it must hold a table of indicators that `parsers.readers.stream_rows` reads in one way
only, and everything around that must have its place. What cannot be read so stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.readers.dump import CellLines, Line, Region
from parsers.readers.said import Said
from parsers.readers.stream_forms import ANSWERED, Stream, begins_indicators
from parsers.readers.stream_rows import Cells
from parsers.titles import title_kind

_FEWEST_CELLS = 20
"""A run of so many cells is no row: no form has so many columns."""


def stream_of_region(region: Region) -> list[list[Cells] | Line] | None:
    """The rows of a tabbed region in which no line ends a row; None where rows end.

    Where it does not read as one stream its cells are lines of text: which number belongs to which label, and in
    which unit, is not known.
    """
    cells = region.runs[0]
    own_lines = len({cell.lines[0][0] for cell in cells}) == len(cells)
    if len(region.runs) != 1 or len(cells) < _FEWEST_CELLS or not own_lines:
        return None
    said = [Said(cell) for cell in cells]
    stream = _read(said, tabbed=True)
    if stream is None and any(cell.is_blank for cell in said):  # some of the blank cells may be left out
        stream = _read([cell for cell in said if not cell.is_blank], tabbed=True)
    rest = stream.rest if stream is not None else said
    lines = [line for cell in rest for line in cell.cell.lines if line[1].strip()]
    return [stream.rows, *lines] if stream is not None else list(lines)


def streams_in_lines(lines: Sequence[Line]) -> Iterator[list[Cells] | Line]:
    """The lines of a text without tabs, those that make tables as rows of cells."""
    rest = list(lines)
    if not any(begins_indicators(Said(CellLines([line]))) for line in rest):
        yield from rest
        return
    while rest:
        end = next((at for at in range(1, len(rest)) if title_kind(rest[at][1])), len(rest))
        yield from _streams_in_part(rest[:end])
        rest = rest[end:]


def _streams_in_part(lines: list[Line]) -> Iterator[list[Cells] | Line]:
    """The lines below one title. Blanks count for nothing here: an empty line need not be a cell."""
    cells = [cell for line in lines if not (cell := Said(CellLines([line]))).is_blank]
    start = next((at for at, cell in enumerate(cells) if cell.label in ANSWERED), len(cells))
    stream = _read(cells[start:], tabbed=False)
    if stream is None:
        yield from lines
        return
    first, last = cells[start].cell.line, cells[-len(stream.rest) - 1].cell.line
    yield from (line for line in lines if line[0] < first)
    yield stream.rows
    yield from (line for line in lines if line[0] > last)


def _read(cells: list[Said], *, tabbed: bool) -> Stream | None:
    """The stream that the cells make; None where they do not read as one."""
    if not any(map(begins_indicators, cells)):
        return None
    stream = Stream(cells, tabbed=tabbed)
    return stream if stream.read() else None
