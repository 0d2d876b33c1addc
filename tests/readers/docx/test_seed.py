"""The seed report as Word: every cell and paragraph of the dump stands in the document, in order, with its merges."""

from __future__ import annotations

import io
import zipfile

from parsers.document import Paragraph, Table
from parsers.readers.docx import read_docx
from tests.makers.seed_docx import BOOKMARK, SEED, TARGET, SeedTable, build, seed_blocks

DUMP = SEED.read_text("utf-8")
DOCUMENT = read_docx(TARGET.read_bytes())


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_file_is_what_its_maker_writes_and_always_the_same() -> None:
    assert _parts(TARGET.read_bytes()) == _parts(build(DUMP))
    assert build(DUMP) == build(DUMP)


def test_every_cell_and_paragraph_in_order() -> None:
    expected = seed_blocks(DUMP)
    assert len(DOCUMENT.blocks) == len(expected)
    for block, wanted in zip(DOCUMENT.blocks, expected, strict=True):
        if isinstance(wanted, SeedTable):
            assert isinstance(block, Table)
            assert [(c.row, c.col, c.row_span, c.col_span, c.text) for c in block.cells] == [
                (c.row, c.col, c.row_span, c.col_span, c.text) for c in wanted.printed()
            ]
        else:
            assert isinstance(block, Paragraph)
            assert block.text == wanted


def test_nothing_of_the_dump_is_lost() -> None:
    """Independent of how the maker cuts the dump: all its visible characters, in order."""
    texts: list[str] = []
    for block in DOCUMENT.blocks:
        texts += [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
    assert "".join("".join(texts).split()) == "".join(DUMP.replace(BOOKMARK, "").split())


def test_merges_by_hand() -> None:
    base, form = DOCUMENT.tables()
    assert (base.n_rows, base.n_cols) == (24, 7)
    assert (form.n_rows, form.n_cols) == (28, 9)
    spans = {cell.text: (cell.row, cell.col, cell.row_span, cell.col_span) for cell in form.cells if cell.text.strip()}
    assert spans["绩\n效\n指\n标\n"] == (10, 0, 17, 1)
    assert spans["产出指标\n\n（50分）"] == (11, 1, 11, 1)
    assert spans["数量指标"] == (11, 2, 5, 1)
    assert spans["效益指标\n\n（30分）\n　"] == (22, 1, 4, 1)
    assert spans["年度资金总额"] == (2, 1, 1, 2)
    assert spans["项目支出：60.89"] == (5, 5, 1, 4)
    assert spans["≤263.38"] == (21, 4, 1, 1)
    assert spans["　99"] == (27, 7, 1, 2)


def test_places_and_headings() -> None:
    form = list(DOCUMENT.tables())[1]
    target = next(cell for cell in form.cells if cell.text == "≤263.38")
    assert (target.place.table, target.place.row, target.place.col) == (2, 22, 5)
    headings = [p.text for p in DOCUMENT.paragraphs() if p.outline_level == 1]
    assert headings[0] == "1、 部门（单位）基本情况"
    assert headings[3] == "4、 国有资本经营预算支出情况"
    assert len(headings) == 10
    assert all(p.automatic_number == "" for p in DOCUMENT.paragraphs())
    assert [p.place.paragraph for p in DOCUMENT.paragraphs()] == list(range(1, len(list(DOCUMENT.paragraphs())) + 1))
    assert DOCUMENT.notes == ()
