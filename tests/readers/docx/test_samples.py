"""Every sample reads to the grid that stands beside it; the samples are what their maker writes."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from parsers.document import Table
from parsers.readers.docx import looks_like_docx, read_docx
from tests.makers.docx_samples import SAMPLES as MAKERS
from tests.readers.docx.expected import SAMPLES, expectation, filled, seen

NAMES = sorted(path.stem for path in SAMPLES.glob("*.docx"))


@pytest.mark.parametrize("name", NAMES)
def test_sample_reads_to_its_expectation(name: str) -> None:
    document = read_docx((SAMPLES / f"{name}.docx").read_bytes())
    assert seen(document) == filled(expectation(name))


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_what_its_maker_writes(name: str) -> None:
    assert _parts((SAMPLES / f"{name}.docx").read_bytes()) == _parts(MAKERS[name]())


def test_every_maker_has_a_sample_and_every_sample_says_what_it_shows() -> None:
    assert sorted(MAKERS) == NAMES
    assert all(expectation(name)["shows"] and expectation(name)["source"] for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_known_by_its_content(name: str) -> None:
    assert looks_like_docx((SAMPLES / f"{name}.docx").read_bytes())


# python-docx repeats a merged cell at each position it covers, and knows nothing of content controls, tracked changes,
# numbering, hidden text or broken merges; on these samples it is right
ORACLE = ("spans", "grid_before_after", "split_table", "nested_tables")


@pytest.mark.parametrize("name", ORACLE)
def test_grids_agree_with_python_docx(name: str) -> None:
    data = (SAMPLES / f"{name}.docx").read_bytes()
    ours = [block for block in read_docx(data).blocks if isinstance(block, Table)]
    theirs = docx.Document(io.BytesIO(data)).tables
    assert len(ours) == len(theirs)
    for table, other in zip(ours, theirs, strict=True):
        positions = {
            (row, col): cell.text
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        }
        expected = {
            (index, row.grid_cols_before + col): cell.text
            for index, row in enumerate(other.rows)
            for col, cell in enumerate(row.cells)
        }
        assert positions == expected


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
