"""pdfplumber reads the same samples another way: the same characters on each page, the same cells of simple tables."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest

from parsers.document import Document, Paragraph, Table
from parsers.readers.pdf import read_pdf

SAMPLES = Path(__file__).parent / "samples"
SEEDS = Path(__file__).resolve().parents[3] / "samples" / "seed"
SAME_CHARACTERS = [
    "ruled-strokes",
    "ruled-word-borders",
    "ruled-open-sides",
    "no-table-prose",
    "two-tables-one-page",
    "nested-table",
    "table-in-form-xobject",
    "pages-header-repeated",
    "pages-row-cut",
    "furniture-number-in-table",
    "paragraphs",
    "cells-wrapped",
    "cid-font-good",
    "rotate-90",
]
SAME_CELLS = ["ruled-strokes", "ruled-thin-rectangles", "ruled-word-borders", "ruled-dashed", "two-tables-one-page"]


def bare(text: str) -> str:
    return "".join(text.split())


def all_text(document: Document) -> str:
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(block.text)
    for table in document.tables():
        parts += [cell.text for cell in table.cells]
    return "".join(parts)


@pytest.mark.parametrize("name", SAME_CHARACTERS)
def test_same_characters(name: str) -> None:
    data = (SAMPLES / f"{name}.pdf").read_bytes()
    document = read_pdf(data)
    dropped = sum(join.dropped_header_rows for table in document.tables() for join in table.joins)
    with pdfplumber.open(BytesIO(data)) as pdf:
        theirs = Counter(bare("".join(char["text"] for page in pdf.pages for char in page.chars)))
    for table in document.tables():
        head = "".join(cell.text for cell in table.cells if cell.row == 0)
        for _ in range(dropped):
            theirs -= Counter(bare(head))
    assert Counter(bare(all_text(document))) == theirs


@pytest.mark.parametrize("name", ["seed-libreoffice.pdf", "seed-wordlike.pdf"])
def test_same_characters_of_the_seed(name: str) -> None:
    data = (SEEDS / name).read_bytes()
    with pdfplumber.open(BytesIO(data)) as pdf:
        theirs = Counter(bare("".join(char["text"] for page in pdf.pages for char in page.chars)))
    assert Counter(bare(all_text(read_pdf(data)))) == theirs


@pytest.mark.parametrize("name", SAME_CELLS)
def test_same_cells(name: str) -> None:
    data = (SAMPLES / f"{name}.pdf").read_bytes()
    with pdfplumber.open(BytesIO(data)) as pdf:
        theirs = [
            [bare(cell or "") for row in table for cell in row if cell is not None]
            for page in pdf.pages
            for table in page.extract_tables()
        ]
    assert [[bare(cell.text) for cell in table.cells] for table in read_pdf(data).tables()] == theirs


def test_boxes_of_cells_are_pdfplumbers() -> None:
    data = (SAMPLES / "ruled-strokes.pdf").read_bytes()
    with pdfplumber.open(BytesIO(data)) as pdf:
        theirs = sorted(tuple(round(x, 1) for x in box) for box in pdf.pages[0].find_tables()[0].cells)
    table: Table = next(read_pdf(data).tables())
    ours = []
    for cell in table.cells:
        place = cell.place
        assert place.x0 is not None
        assert place.top is not None
        assert place.x1 is not None
        assert place.bottom is not None
        ours.append((round(place.x0, 1), round(place.top, 1), round(place.x1, 1), round(place.bottom, 1)))
    assert sorted(ours) == theirs
