"""Random tables with random spans, written and read back to the same grid; damaged bytes never crash the reader."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.document import Document
from parsers.readers.docx import looks_like_docx, read_docx
from parsers.reasons import UnreadableError
from tests.makers.ooxml import cell, package, paragraph, row, table

SAMPLES = sorted(Path(__file__).with_name("samples").glob("*.docx"))
TEXTS = st.text(st.sampled_from("绩效金额0123456789.,%≥ \n\t　<&\"'"), max_size=8)


@dataclass(frozen=True)
class Box:
    """A cell of a random grid."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str


@st.composite
def grids(draw: st.DrawFn) -> tuple[int, int, list[Box]]:
    """A grid cut into rectangles at random: each takes what is still free to its right and below."""
    n_rows, n_cols = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    taken: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for r in range(n_rows):
        for c in range(n_cols):
            if (r, c) in taken:
                continue
            free = next((k for k in range(c, n_cols) if (r, k) in taken), n_cols) - c
            col_span = draw(st.integers(1, free))
            row_span = draw(st.integers(1, n_rows - r))
            taken |= {(r + i, c + j) for i in range(row_span) for j in range(col_span)}
            boxes.append(Box(r, c, row_span, col_span, draw(TEXTS)))
    return n_rows, n_cols, boxes


def _written(n_rows: int, boxes: list[Box], wrapped: bool) -> str:
    lines: list[str] = []
    for r in range(n_rows):
        cells: list[str] = []
        for box in sorted((b for b in boxes if b.row <= r < b.row + b.row_span), key=lambda b: b.col):
            first = box.row == r
            merge = "" if box.row_span == 1 else "restart" if first else "continue"
            content = "".join(_paragraph(line) for line in box.text.split("\n")) if first else paragraph()
            cells.append(cell("", box.col_span, merge, content))
        line = row(cells)
        lines.append(f"<w:sdt><w:sdtContent>{line}</w:sdtContent></w:sdt>" if wrapped and r % 2 else line)
    return table(lines, [900])


def _paragraph(line: str) -> str:
    pieces = [f'<w:t xml:space="preserve">{_escaped(piece)}</w:t>' for piece in line.split("\t")]
    return paragraph(inner="<w:r>" + "<w:tab/>".join(pieces) + "</w:r>")


def _escaped(piece: str) -> str:
    return piece.replace("&", "&amp;").replace("<", "&lt;")


@settings(max_examples=150, deadline=None)
@given(grids(), st.booleans(), st.booleans())
def test_random_tables_read_back_exactly(grid: tuple[int, int, list[Box]], wrapped: bool, strict: bool) -> None:
    n_rows, n_cols, boxes = grid
    (read,) = read_docx(package(_written(n_rows, boxes, wrapped), strict=strict)).tables()
    assert (read.n_rows, read.n_cols) == (n_rows, n_cols)
    assert [Box(c.row, c.col, c.row_span, c.col_span, c.text) for c in read.cells] == boxes
    assert all(c.place.row == c.row + 1 and c.place.col == c.col + 1 for c in read.cells)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_flipped_bytes_give_a_document_or_a_refusal(path: Path, flips: list[tuple[float, int]]) -> None:
    data = bytearray(path.read_bytes())
    for where, value in flips:
        data[int(where * (len(data) - 1))] = value
    looks_like_docx(bytes(data))
    line = "read"
    try:
        document = read_docx(bytes(data))
        assert isinstance(document, Document)
    except UnreadableError as error:
        line = str(error)
    assert line
    assert "\n" not in line


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_reading_is_repeatable(path: Path) -> None:
    data = path.read_bytes()
    assert read_docx(data) == read_docx(data)
