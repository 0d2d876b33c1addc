"""What holds for all inputs: random grids come back exactly; damaged bytes give a document or a reasoned error."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.document import Document
from parsers.readers.pdf import looks_like_pdf, read_pdf
from parsers.reasons import UnreadableError
from tests.readers.pdf.grids import RandomGrid, drawn, grids

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.pdf"))
SMALL = [path for path in SAMPLES if path.stat().st_size < 20_000]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(grid=grids(), style=st.sampled_from(["boxes", "bars", "lines", "parts"]))
def test_random_grids_come_back(grid: RandomGrid, style: str) -> None:
    if len(grid.cells) < 2 or not any(c.text for c in grid.cells):
        return
    (table,) = read_pdf(drawn(grid, style)).tables()
    assert (table.n_rows, table.n_cols) == (len(grid.ys) - 1, len(grid.xs) - 1)
    read = [(c.row, c.col, c.row_span, c.col_span, c.text) for c in table.cells]
    assert read == [(c.row, c.col, c.row_span, c.col_span, c.text) for c in grid.cells]
    for cell, wanted in zip(table.cells, grid.cells, strict=True):
        box = (cell.place.x0, cell.place.top, cell.place.x1, cell.place.bottom)
        edges = (
            grid.xs[wanted.col],
            grid.ys[wanted.row],
            grid.xs[wanted.col + wanted.col_span],
            grid.ys[wanted.row + wanted.row_span],
        )
        assert box == pytest.approx(edges, abs=0.6)


@pytest.mark.parametrize("seed", range(40))
def test_flipped_bytes(seed: int) -> None:
    """Some bytes changed: a document, or an error with a reason; never anything else."""
    rng = random.Random(seed)
    data = bytearray(rng.choice(SMALL).read_bytes())
    for _ in range(rng.randint(1, 12)):
        data[rng.randrange(20, len(data))] = rng.randrange(256)
    assert isinstance(_outcome(bytes(data)), Document | UnreadableError)


def _outcome(data: bytes) -> Document | UnreadableError:
    try:
        return read_pdf(data)
    except UnreadableError as error:
        return error


def test_mark_within_the_first_kilobyte() -> None:
    assert looks_like_pdf(b"\xef\xbb\xbf%PDF-1.4")
    assert looks_like_pdf(b" " * 1019 + b"%PDF-")
    assert not looks_like_pdf(b" " * 1020 + b"%PDF-")
    assert not looks_like_pdf(b"PK\x03\x04")


def test_same_bytes_same_document() -> None:
    data = (SAMPLES[0].parent / "watermarks.pdf").read_bytes()
    assert read_pdf(data) == read_pdf(data)
