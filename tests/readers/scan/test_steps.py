"""The steps from a picture to its lines, on pictures drawn here: no network is run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from parsers.readers.pdfium.layout import Frame, GridCell

cv2 = pytest.importorskip("cv2", reason="the extra [ocr] is not installed")

from parsers.readers.pdfium.lattice import grids_of  # noqa: E402
from parsers.readers.pdfium.rules import whole_rules  # noqa: E402
from parsers.readers.scan.engine import Reading  # noqa: E402
from parsers.readers.scan.pieces import Piece, pieces  # noqa: E402
from parsers.readers.scan.ruled import rules  # noqa: E402
from parsers.readers.scan.signs import shown_by_shape  # noqa: E402
from parsers.readers.scan.straighten import ink_of, plain, straight  # noqa: E402
from parsers.readers.scan.witness import doubts, numbers_in  # noqa: E402

SCALE = 200 / 72
XS, YS = (100, 400, 700, 1000), (100, 200, 300, 400)


def table(gap: int = 0) -> Any:
    """A grid of 3 × 3 with the last two cells of its first row merged; each rule lacks `gap` pixels somewhere."""
    page = np.full((500, 1100), 250, np.uint8)
    for y in YS:
        cv2.line(page, (XS[0], y), (XS[-1], y), 20, 3)
    for x in XS:
        cv2.line(page, (x, YS[1] if x == XS[2] else YS[0]), (x, YS[-1]), 20, 3)
    if gap:
        for y in YS:
            page[y - 4 : y + 5, 520 : 520 + gap] = 250
    return page


def cells_of(page: Any) -> list[tuple[int, int, int, int]]:
    drawn, _ = rules(ink_of(page), SCALE)
    (grid,), _ = grids_of(*whole_rules(drawn), 1)
    return [(cell.row, cell.col, cell.row_span, cell.col_span) for cell in grid.cells]


MERGED = [(0, 0, 1, 1), (0, 1, 1, 2), *((row, col, 1, 1) for row in (1, 2) for col in (0, 1, 2))]


@pytest.mark.parametrize("gap", [0, 6, 25])
def test_a_grid_with_spans_also_where_its_rules_are_broken(gap: int) -> None:
    assert cells_of(table(gap)) == MERGED


def test_dashes_and_strokes_in_cells_are_no_rules() -> None:
    page = table()
    cv2.line(page, (150, 250), (200, 250), 20, 3)  # ——
    cv2.line(page, (850, 110), (850, 180), 20, 3)  # the side of 国
    assert cells_of(page) == MERGED


@pytest.mark.parametrize("angle", [-1.0, -0.4, 0.7])
def test_a_page_askew_is_laid_straight_and_its_boxes_lie_as_shown(angle: float) -> None:
    page = table()
    turned = cv2.warpAffine(page, cv2.getRotationMatrix2D((550, 250), angle, 1.0), (1100, 500), borderValue=250)
    laid = straight(turned)
    assert laid.skew == pytest.approx(-angle, abs=0.08)
    assert cells_of(laid.grey) == MERGED
    frame = Frame(0, 0, 1100, 500, 0, 0, laid.skew)
    x0, top, x1, bottom = frame.shown_box((95, 95, 105, 105))
    wanted = cv2.getRotationMatrix2D((550, 250), angle, 1.0) @ np.array([100, 100, 1])
    assert ((x0 + x1) / 2, (top + bottom) / 2) == pytest.approx(tuple(wanted), abs=1.5)


def test_a_stamp_and_a_shadow_are_taken_off_and_the_ink_below_stays() -> None:
    page = np.full((400, 400, 3), 245, np.uint8)
    cv2.putText(page, "55.51", (120, 210), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (25, 25, 25), 3)
    clean = plain(page)
    stamped = page.copy()
    cv2.circle(stamped, (200, 200), 90, (205, 40, 45), 8)
    stamped = np.minimum(stamped, page)
    stamped[150:170] = (stamped[150:170] * 0.75).astype(np.uint8)
    assert np.mean(ink_of(plain(stamped)) != ink_of(clean)) < 0.004
    assert ink_of(clean).sum() > 1000


def test_a_lone_digit_that_nothing_found_is_a_piece() -> None:
    page = table()
    cv2.putText(page, "5", (530, 270), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 20, 3)
    ink = ink_of(page)
    drawn, mask = rules(ink, SCALE)
    grids, _ = grids_of(*whole_rules(drawn), 1)
    (piece,) = pieces(np.zeros((0, 4)), grids, ink & ~mask, SCALE)
    assert piece.cell is not None
    assert (piece.cell.row, piece.cell.col, piece.found) == (1, 1, False)


def test_a_line_over_two_cells_is_cut_where_they_meet() -> None:
    page = table()
    for x in (300, 450):
        cv2.putText(page, "63", (x, 270), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 20, 3)
    ink = ink_of(page)
    drawn, mask = rules(ink, SCALE)
    grids, _ = grids_of(*whole_rules(drawn), 1)
    found = pieces(np.array([[290.0, 235.0, 510.0, 280.0]]), grids, ink & ~mask, SCALE)
    assert [(p.cell.row, p.cell.col) for p in found if p.cell is not None] == [(1, 0), (1, 1)]
    assert found[0].box[2] < 400 < found[1].box[0]


def stroke(lean: int) -> Any:
    ink = np.zeros((40, 40), np.uint8)
    cv2.line(ink, (20 - lean, 38), (20 + lean, 2), 1, 3)
    return ink


@pytest.mark.parametrize(("lean", "text", "sure"), [(0, "1", 0.99), (7, "/", 1.0), (4, "1", 0.0)])
def test_a_slash_is_no_one_and_between_the_two_is_doubt(lean: int, text: str, sure: float) -> None:
    piece = Piece((0, 0, 40, 40), GridCell(0, 0, 1, 1, (0, 0, 40, 40), 1))
    found = shown_by_shape(stroke(lean), piece, Reading("1", (0.99,), (0.5,)), SCALE)
    assert (found.text, found.sure) == (text, (sure,))


def test_a_dash_is_told_by_its_shape_whatever_was_read() -> None:
    ink = np.zeros((4, 44), np.uint8)
    ink[1:3] = 1
    piece = Piece((0, 0, 44, 4), None)
    assert shown_by_shape(ink, piece, Reading("1", (0.9,), (0.5,)), SCALE).text == "——"
    assert shown_by_shape(ink, piece, Reading("一", (0.9,), (0.5,)), SCALE).text == "一"


class Says:
    """A second look that says what it is told to."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)

    def read(self, pictures: list[Any]) -> list[Reading]:
        assert len(pictures) == len(self.texts)
        return [Reading(text, (1.0,) * len(text), (0.5,) * len(text)) for text in self.texts]


@pytest.mark.parametrize(
    ("first", "sure", "second", "doubted"),
    [
        ("158.06", 0.99, "158.06", ()),
        ("158.06", 0.99, "15806", ("158.06",)),
        ("158.06", 0.6, "158.06", ("158.06",)),
        ("≥3", 0.99, "3", ("≥3",)),
        ("77.99%", 0.99, "77.99 %", ()),
    ],
)
def test_two_looks_that_differ_make_a_doubt(first: str, sure: float, second: str, doubted: tuple[str, ...]) -> None:
    reading = Reading(first, (sure,) * len(first), tuple(n / len(first) for n in range(len(first))))
    page = np.full((60, 200), 250, np.uint8)
    blank = np.zeros_like(page)
    found = doubts(Says(second), page, blank, [Piece((10, 10, 90, 40), None)], [reading])  # type: ignore[arg-type]
    assert found == [doubted]


def test_a_point_that_both_looks_overlook_makes_a_doubt() -> None:
    page = np.full((80, 300), 250, np.uint8)
    cv2.putText(page, "158.06", (20, 60), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 20, 4)
    ink = ink_of(page)
    rows, columns = np.nonzero(ink)
    piece = Piece((int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1), None)
    for text, doubted in (("158.06", ()), ("15806", ("15806",))):
        at = tuple((n + 0.5) / len(text) for n in range(len(text)))
        found = doubts(Says(text), page, ink, [piece], [Reading(text, (0.99,) * len(text), at)])  # type: ignore[arg-type]
        assert found == [doubted]


def test_numbers_with_their_signs() -> None:
    assert [number for _, _, number in numbers_in("≥95.5％，共1，234.50万元")] == ["≥95.5%", "1,234.50"]
