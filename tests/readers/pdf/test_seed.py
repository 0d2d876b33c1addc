"""The seed report as PDF, printed two ways: cells and paragraphs come back in order, in grids of the right shape."""

from __future__ import annotations

import pytest

from parsers.document import Document, Paragraph, Table
from parsers.readers.pdf import read_pdf
from tests.makers.seed_layout import SEED, SeedTable, seed_blocks


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module", params=["seed-libreoffice.pdf", "seed-wordlike.pdf"])
def document(request: pytest.FixtureRequest) -> Document:
    return read_pdf((SEED.parent / request.param).read_bytes())


def test_blocks_in_order(document: Document) -> None:
    read = [b for b in document.blocks if isinstance(b, Table) or b.kind == "body"]
    expected = seed_blocks()
    assert [bare(b.text) if isinstance(b, Paragraph) else "table" for b in read] == [
        bare(b) if isinstance(b, str) else "table" for b in expected
    ]


def test_grids(document: Document) -> None:
    expected = [block for block in seed_blocks() if isinstance(block, SeedTable)]
    for table, seed in zip(document.tables(), expected, strict=True):
        assert (table.n_rows, table.n_cols) == (seed.n_rows, len(seed.widths))
        read = [(c.row, c.col, c.row_span, c.col_span, bare(c.text)) for c in table.cells]
        assert read == [(c.row, c.col, c.row_span, c.col_span, bare(c.text)) for c in seed.cells]


def test_join_is_recorded(document: Document) -> None:
    first, second = document.tables()
    assert first.joins == ()
    (join,) = second.joins
    assert (join.page, join.dropped_header_rows) == (3, 0)
    assert second.cells[-1].place.page == 3


def test_wording_inside_cells(document: Document) -> None:
    text = {bare(cell.text): cell.text for table in document.tables() for cell in table.cells}
    assert text["≤263.38"] == "≤263.38"
    assert text["绩效指标"] == "绩效指标"
    assert text["楼堂馆所控制情况（2023年完工项目）"] == "楼堂馆所控制情况\n（2023年完工项目）"


def test_page_numbers_are_not_body() -> None:
    document = read_pdf((SEED.parent / "seed-wordlike.pdf").read_bytes())
    numbers = [p.text for p in document.paragraphs() if p.kind == "page_number"]
    assert numbers == [f"- {n} -" for n in range(1, 6)]


def test_places_lie_on_the_page(document: Document) -> None:
    for table in document.tables():
        for cell in table.cells:
            place = cell.place
            assert place.page is not None
            assert place.x0 is not None
            assert place.x1 is not None
            assert place.top is not None
            assert place.bottom is not None
            assert 0 < place.x0 < place.x1 < 596
            assert 0 < place.top < place.bottom < 842
            assert (place.row, place.col) == (cell.row + 1, cell.col + 1)


def test_a_doubtful_row_is_noted() -> None:
    """A row that holds a label only begins the page: it could be the rest of the row before."""
    document = read_pdf((SEED.parent / "seed-wordlike.pdf").read_bytes())
    assert [(note.code, note.place.page, note.place.row) for note in document.notes] == [("row_maybe_cut", 3, 25)]


def test_a_number_over_two_lines_is_noted() -> None:
    document = read_pdf((SEED.parent / "seed-libreoffice.pdf").read_bytes())
    assert [(note.code, note.place.row, note.place.col) for note in document.notes] == [("number_over_lines", 22, 5)]
