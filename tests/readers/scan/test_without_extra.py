"""Without the extra a scan is refused with the command that helps; doubts and look-alikes need no recognition."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from parsers.document import Block, Document, Table
from parsers.forms.recognise import recognise
from parsers.readers import read
from parsers.readers.pdf import read_pdf
from parsers.readers.pdfium.assemble import doubts
from parsers.readers.pdfium.layout import Line
from parsers.readers.scan.engine import Reading
from parsers.readers.scan.misread import corrected
from parsers.readers.text import read_text
from parsers.reasons import Reason, UnreadableError
from parsers.words import vocabulary
from tests.conftest import ROOT, SEED

SCAN = ROOT / "tests" / "readers" / "pdf" / "samples" / "scans-only.pdf"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def test_a_picture_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parsers.readers.scan.engine.missing", lambda: "rapidocr")
    with pytest.raises(UnreadableError) as caught:
        read(PNG)
    assert caught.value.reason is Reason.NEEDS_OCR
    assert "pip install 'jixiao[ocr]'" in str(caught.value)


def test_a_scanned_pdf_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parsers.readers.pdf.missing", lambda: "rapidocr")
    with pytest.raises(UnreadableError) as caught:
        read_pdf(SCAN.read_bytes())
    assert caught.value.reason is Reason.NEEDS_OCR
    assert "pip install 'jixiao[ocr]'" in str(caught.value)


def as_scan(changes: dict[str, tuple[str, tuple[str, ...]]]) -> Document:
    """The seed as a scan would give it; a cell with the text of a key has another text and numbers in doubt."""
    document = read_text(SEED.read_bytes())
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Table):
            cells = []
            for cell in block.cells:
                text, doubts = changes.get(cell.text.strip(), (cell.text, ()))
                cells.append(cell._replace(text=text, confidence=0.99, doubts=doubts))
            blocks.append(replace(block, cells=tuple(cells)))
        else:
            text, doubts = changes.get(block.text.strip(), (block.text, ()))
            blocks.append(block._replace(text=text, confidence=0.99, doubts=doubts))
    return replace(document, blocks=tuple(blocks))


def test_a_number_in_doubt_is_no_fact_and_stands_in_unmapped() -> None:
    recognised = recognise(as_scan({"31.97": ("31.97", ("31.97",)), "≤263.38": ("≤263.38", ("≤263.38",))}))
    facts = [fact for form in recognised.forms for fact in form.facts]
    public = next(f for f in facts if f.concept == "public_expense_total" and f.period == "prior_final")
    assert (public.value, public.status, public.raw_text.strip()) == (None, "value", "31.97")
    assert "not read with certainty" in public.treatment
    (cost,) = [i for form in recognised.forms for i in form.indicators if i.target.raw == "≤263.38"]
    assert (cost.target.value, cost.target.kind, cost.met, cost.actual.value) == (None, None, None, Decimal("265.45"))
    assert {(left.number, left.reason) for left in recognised.leftovers} == {
        ("31.97", "low_confidence"), ("263.38", "low_confidence"),
    }  # fmt: skip


def test_a_doubt_in_prose_keeps_the_other_figures_of_its_sentence() -> None:
    text = next(p.text for p in read_text(SEED.read_bytes()).paragraphs() if "人员编制12个" in p.text)
    recognised = recognise(as_scan({text.strip(): (text, ("12",))}))
    values = [f.value for form in recognised.forms for f in form.key_figures if f.sentence.startswith("人员编制")]
    assert Decimal(11) in values
    assert Decimal(12) not in values
    assert [(left.number, left.reason) for left in recognised.leftovers] == [("12", "low_confidence")]


def test_what_contradicts_its_sum_is_no_fact() -> None:
    """0.31 of 三公经费 read as 0.37: neither the total nor its part can be trusted; other years stay."""
    document = as_scan({})
    blocks = list(document.blocks)
    table = next(block for block in blocks if isinstance(block, Table))
    at = next(n for n, cell in enumerate(table.cells) if cell.text.strip() == "0.31")
    cells = list(table.cells)
    cells[at] = cells[at]._replace(text="0.37")
    blocks[blocks.index(table)] = replace(table, cells=tuple(cells))
    recognised = recognise(replace(document, blocks=tuple(blocks)))
    three = {
        (f.concept, f.period): f.value
        for form in recognised.forms
        for f in form.facts
        if f.concept in {"three_public_total", "official_reception"}
    }
    assert three == {
        ("three_public_total", "prior_final"): None, ("official_reception", "prior_final"): None,
        ("three_public_total", "current_budget"): Decimal("0.33"), ("official_reception", "current_budget"): Decimal("0.33"),
        ("three_public_total", "current_final"): Decimal("0.33"), ("official_reception", "current_final"): Decimal("0.33"),
    }  # fmt: skip
    assert {(left.number, left.reason) for left in recognised.leftovers} == {
        ("0.37", "arithmetic"), ("0.31", "arithmetic"),
    }  # fmt: skip


def test_a_scan_that_adds_up_gives_what_the_text_gives() -> None:
    scan, text = recognise(as_scan({})), recognise(read_text(SEED.read_bytes()))
    assert [form.facts for form in scan.forms] == [form.facts for form in text.forms]
    assert scan.leftovers == text.leftovers == ()


@pytest.mark.parametrize(
    ("read_as", "meant"), [("263.38万兀", "263.38万元"), ("项Fl支山", "项目支出"), ("年度总体日标", "年度总体目标")]
)
def test_words_are_put_right(read_as: str, meant: str) -> None:
    sure = tuple(0.9 for _ in read_as)
    found = corrected(Reading(read_as, sure, tuple(n / len(read_as) for n in range(len(read_as)))))
    assert found.text == meant
    assert len(found.sure) == len(found.at) == len(meant)


def test_no_look_alike_touches_a_digit() -> None:
    for word in vocabulary("misread").words:
        assert not any(char.isdigit() for char in word.code), word
    for text in ("1O5", "l2.5", "项F1支出", "10万无线网", "1日标准"):
        assert corrected(Reading(text, (1.0,) * len(text), (0.5,) * len(text))).text == text


def test_a_number_of_a_scan_that_its_cell_breaks_between_digits_is_in_doubt() -> None:
    def line(text: str) -> Line:
        return Line(text, 0, 0, 9, 9, 9, 9, 9, 1, confidence=0.99)

    assert doubts([line("92"), line("5%")]) == ("925",)
    assert doubts([line("92."), line("5%")]) == ()
