"""Worn scans of reports through the networks: what stands beside each sample, and what the text of a report gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from parsers.document import Document
from parsers.readers import read
from parsers.readers.scan.engine import missing
from pipeline.ingest import ingest
from pipeline.parse import parse
from tests import golden
from tests.conftest import SAMPLES
from tests.pipeline.test_lifecycle import query

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"the extra [ocr] is not installed: {missing()}")

SCANS = SAMPLES / "scans"


@pytest.fixture(scope="module")
def photo() -> Document:
    return read((SCANS / "d1-lintao-rural-2022.jpg").read_bytes())


def test_a_jpeg_gives_what_stands_beside_it(photo: Document) -> None:
    sample = SCANS / "d1-lintao-rural-2022.jpg"
    parsed = parse(sample.read_bytes(), document=photo)
    assert (parsed.status, parsed.format, parsed.pages) == ("loaded", "jpeg", 1)
    assert golden.differences_without_places(parsed, golden.expected(sample)) == []


def test_every_cell_of_a_scan_has_its_box_and_confidence(photo: Document) -> None:
    cells = [cell for table in photo.tables() for cell in table.cells]
    assert all(0.0 < (cell.confidence or 0) <= 1.0 for cell in cells if cell.text)
    for cell in cells:
        x0, top, x1, bottom = cell.place[7:]
        assert cell.place.page == 1
        assert 0 < x0 < x1 < 596  # type: ignore[operator]
        assert 0 < top < bottom < 843  # type: ignore[operator]


def test_a_pdf_of_a_scanned_page_and_one_of_text() -> None:
    sample = SCANS / "e2-luding-forest-2022.pdf"
    document = read(sample.read_bytes())
    parsed = parse(sample.read_bytes(), document=document)
    assert (parsed.status, parsed.pages) == ("loaded", 2)
    assert [note.place.page for note in document.notes if note.code == "scanned_page"] == [1]
    assert [note.place.page for note in document.notes if note.code == "low_confidence"] == [1]
    assert golden.differences_without_places(parsed, golden.expected(sample)) == []
    assert {row["reason"] for row in parsed.rows["core.unmapped"]} == {"low_confidence"}
    recognised = {p.confidence is not None for p in document.paragraphs() if p.place.page == 1}
    printed = {p.confidence is None for p in document.paragraphs() if p.place.page == 2}
    assert (recognised, printed) == ({True}, {True})


@pytest.mark.slow
def test_scans_are_read_by_workers_within_their_limits(tmp_path: Path) -> None:
    db = tmp_path / "w.duckdb"
    ingest([SCANS], db, workers=1)
    assert query(db, "SELECT source_file, format, status FROM document ORDER BY 1") == [
        ("d1-lintao-rural-2022.jpg", "jpeg", "loaded"),
        ("e2-luding-forest-2022.pdf", "pdf", "loaded"),
        ("n-pingtang-culture-2022.tif", "tiff", "loaded"),
    ]


@pytest.mark.slow
def test_a_tiff_gives_what_stands_beside_it() -> None:
    sample = SCANS / "n-pingtang-culture-2022.tif"
    parsed = parse(sample.read_bytes())
    assert (parsed.status, parsed.format) == ("loaded", "tiff")
    assert golden.differences_without_places(parsed, golden.expected(sample)) == []


@pytest.mark.slow
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_lies_on_its_side_or_head_is_turned(turns: int, photo: Document) -> None:
    from tests.makers.scan import jpeg, pages_of, printed

    (page,) = pages_of(printed(SAMPLES / "families" / "d1-lintao-rural-2022.txt"), 150)
    turned = jpeg(np.ascontiguousarray(np.rot90(page, turns)), 90, 150)
    found = [[cell.text for cell in table.cells] for table in read(turned).tables()]
    (wanted,) = [[cell.text for cell in table.cells] for table in photo.tables()]
    assert len(found[0]) == len(wanted)
    # this print is not worn like the photo: a bracket or a break may differ
    assert sum(a == b for a, b in zip(found[0], wanted, strict=True)) >= 0.9 * len(wanted)
