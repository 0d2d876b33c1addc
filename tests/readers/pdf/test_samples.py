"""Every sample against the expected result that stands beside it.

A table is written row by row, cells apart by ` | `; `text{2,1}` is a cell of two rows and one column. A body paragraph
is `{"body": text}`, furniture stands under its kind. A sample without an expected result fails.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from parsers.document import Block, Document, Paragraph, Table
from parsers.readers.pdf import looks_like_pdf, read_pdf
from parsers.reasons import UnreadableError

SAMPLES = Path(__file__).parent / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.pdf"))
SPAN = re.compile(r"(.*)\{(\d+),(\d+)\}", re.S)


def expected_of(name: str) -> dict[str, Any]:
    path = SAMPLES / f"{name}.expected.json"
    assert path.exists(), f"write {path.name} by hand, from what the page shows"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def rows_of(table: Table) -> list[list[tuple[str, int, int]]]:
    return [[(cell.text, cell.row_span, cell.col_span) for cell in row] for row in table.rows()]


def rows_from(lines: list[str]) -> list[list[tuple[str, int, int]]]:
    out = []
    for line in lines:
        row = []
        for text in line.split(" | "):
            match = SPAN.fullmatch(text.strip(" "))
            row.append((match[1], int(match[2]), int(match[3])) if match else (text.strip(" "), 1, 1))
        out.append(row)
    return out


def check_block(block: Block, expected: dict[str, Any]) -> None:
    assert block.place.page == expected["page"]
    if isinstance(block, Paragraph):
        assert expected == {block.kind: block.text, "page": block.place.page}
        return
    assert rows_of(block) == rows_from(expected["table"])
    joins = [[j.row, j.page, j.dropped_header_rows, j.split_row] for j in block.joins]
    assert joins == expected.get("joins", [])
    nested = {f"{c.row},{c.col}": [rows_of(t) for t in c.nested] for c in block.cells if c.nested}
    assert nested == {at: [rows_from(lines)] for at, lines in expected.get("nested", {}).items()}


@pytest.mark.parametrize("name", NAMES)
def test_sample(name: str) -> None:
    expected = expected_of(name)
    data = (SAMPLES / f"{name}.pdf").read_bytes()
    assert looks_like_pdf(data)
    if "reason" in expected:
        with pytest.raises(UnreadableError) as caught:
            read_pdf(data)
        assert caught.value.reason == expected["reason"]
        assert caught.value.place.page == expected.get("page")
        assert all(part in str(caught.value) for part in expected["message"]), str(caught.value)
        assert "\n" not in str(caught.value)
        return
    document = read_pdf(data)
    assert document.format == "pdf"
    assert len(document.blocks) == len(expected["blocks"])
    for block, wanted in zip(document.blocks, expected["blocks"], strict=True):
        check_block(block, wanted)
    assert [f"{note.code} {note.place.page}" for note in document.notes] == expected.get("notes", [])
    check_numbers(document)


def check_numbers(document: Document) -> None:
    """Numbers and places that hold for every document."""
    assert [t.number for t in document.tables()] == list(range(1, len(list(document.tables())) + 1))
    assert [p.place.paragraph for p in document.paragraphs()] == list(range(1, len(list(document.paragraphs())) + 1))
    for table in document.tables():
        taken = set()
        for cell in table.cells:
            assert cell.place.table == table.number
            for row in range(cell.row, cell.row + cell.row_span):
                for col in range(cell.col, cell.col + cell.col_span):
                    assert (row, col) not in taken
                    taken.add((row, col))
        assert max(row for row, _ in taken) == table.n_rows - 1
        assert max(col for _, col in taken) == table.n_cols - 1


def test_every_expected_result_has_its_sample() -> None:
    assert {path.name.removesuffix(".expected.json") for path in SAMPLES.glob("*.json")} == set(NAMES)


def test_places_of_cells_are_the_rules() -> None:
    """The boxes are those that the maker drew, in points from the top left."""
    table = next(read_pdf((SAMPLES / "ruled-strokes.pdf").read_bytes()).tables())
    boxes = {
        (c.place.row, c.place.col): (c.place.page, c.place.x0, c.place.top, c.place.x1, c.place.bottom)
        for c in table.cells
    }
    assert boxes[1, 1] == (1, 72.0, 100.0, 200.0, 140.0)
    assert boxes[1, 2] == (1, 200.0, 100.0, 400.0, 120.0)
    assert boxes[3, 3] == (1, 300.0, 140.0, 520.0, 180.0)
    place = table.place
    assert (place.x0, place.top, place.x1, place.bottom) == (72.0, 100.0, 520.0, 180.0)


@pytest.mark.parametrize(
    ("name", "box"),
    [
        ("rotate-90", (72.0, 100.0, 150.0, 120.0)),
        ("rotate-180", (72.0, 100.0, 150.0, 120.0)),
        ("rotate-270", (72.0, 100.0, 150.0, 120.0)),
        ("sideways-without-rotate", (100.0, 841.92 - 150.0, 120.0, 841.92 - 72.0)),
    ],
)
def test_places_on_turned_pages(name: str, box: tuple[float, float, float, float]) -> None:
    """A box is one of the displayed page, also where the page is printed sideways."""
    table = next(read_pdf((SAMPLES / f"{name}.pdf").read_bytes()).tables())
    place = table.cells[0].place
    assert place.x0 is not None
    assert place.top is not None
    assert place.x1 is not None
    assert place.bottom is not None
    assert (place.x0, place.top, place.x1, place.bottom) == pytest.approx(box, abs=0.02)


def test_places_count_from_the_crop_box() -> None:
    place = next(read_pdf((SAMPLES / "crop-box.pdf").read_bytes()).tables()).place
    assert place.x0 is not None
    assert place.top is not None
    assert (place.x0, place.top) == pytest.approx((72 - 40, 100 - 60), abs=0.02)
