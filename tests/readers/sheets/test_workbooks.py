"""What is read of a workbook: merges, hidden rows, columns and sheets, several tables, formulas, limits; and an oracle."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import python_calamine
import xlsxwriter
import xlwt

from parsers.document import Cell, Paragraph, Place, Table
from parsers.readers import detect, read
from parsers.readers.workbook import layout, xlsx
from parsers.reasons import UnreadableError
from tests.conftest import ROOT
from tests.makers.ooxml import zipped

FORMATS = ROOT / "tests" / "data" / "formats"


def workbook(fill: Callable[[Any, Any], object]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(book, book.add_worksheet("表一"))
    book.close()
    return out.getvalue()


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The package with one part edited."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            target.writestr(name, text)
    return out.getvalue()


def texts(data: bytes) -> list[str | list[str]]:
    return [b.text if isinstance(b, Paragraph) else [c.text for c in b.cells] for b in read(data).blocks]


def grid(sheet: Any, rows: list[list[Any]], top: int = 0, left: int = 0, style: Any = None) -> None:
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(top + r, left + c, value, style)


def test_places_are_those_of_the_sheet_and_blank_cells_are_cells() -> None:
    def fill(book: Any, sheet: Any) -> None:
        lined = book.add_format({"border": 1})
        sheet.write(1, 1, "标题")
        sheet.merge_range(3, 1, 4, 1, "", lined)
        sheet.write(3, 1, "合并", lined)
        grid(sheet, [[1, ""], ["", 2]], 3, 2, lined)

    document = read(workbook(fill))
    title, table = document.blocks
    assert title == Paragraph("标题", Place(row=2, col=2, paragraph=1, part="表一"))
    assert isinstance(table, Table)
    assert (table.n_rows, table.n_cols, table.ragged) == (2, 3, False)
    at = [(c.row, c.col, c.row_span, c.col_span, c.text, c.place.row, c.place.col) for c in table.cells]
    assert at == [
        (0, 0, 2, 1, "合并", 4, 2), (0, 1, 1, 1, "1", 4, 3), (0, 2, 1, 1, "", 4, 4), (1, 1, 1, 1, "", 5, 3),
        (1, 2, 1, 1, "2", 5, 4),
    ]  # fmt: skip


def test_what_is_hidden_is_left_out_and_said() -> None:
    def fill(book: Any, sheet: Any) -> None:
        lined = book.add_format({"border": 1})
        grid(sheet, [["甲", "乙", "丙"], ["1", "11.11", "3"], ["22.22", "4", "5"], ["6", "7", "8"]], 0, 0, lined)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        book.add_worksheet("藏").write(0, 0, "33.33")
        book.worksheets()[1].hide()

    data = workbook(fill)
    assert texts(data) == [["甲", "丙", "1", "3", "6", "8"]]
    notes = [note.message for note in read(data).notes if note.code == "hidden_text"]
    assert len(notes) == 2
    assert "11.11" in notes[0]
    assert "22.22" in notes[0]
    assert "藏" in notes[1]


def test_a_merge_over_hidden_rows_keeps_its_text_and_its_visible_size() -> None:
    def fill(book: Any, sheet: Any) -> None:
        lined = book.add_format({"border": 1})
        grid(sheet, [["", "1"], ["", "2"], ["", "3"]], 0, 0, lined)
        sheet.merge_range(0, 0, 2, 0, "标", lined)
        sheet.set_row(0, None, None, {"hidden": True})

    (table,) = read(workbook(fill)).blocks
    assert isinstance(table, Table)
    assert [(c.text, c.row, c.row_span) for c in table.cells] == [("标", 0, 2), ("2", 0, 1), ("3", 1, 1)]


def test_text_under_a_merge_is_kept_apart() -> None:
    def fill(book: Any, sheet: Any) -> None:
        lined = book.add_format({"border": 1})
        sheet.merge_range(0, 0, 0, 1, "上", lined)
        sheet.write(0, 1, "55.5", lined)
        grid(sheet, [["a", "b"]], 1, 0, lined)

    (table,) = read(workbook(fill)).blocks
    assert isinstance(table, Table)
    assert (table.cells[0].text, table.cells[0].covered_text, table.cells[0].col_span) == ("上", "55.5", 2)


def test_several_tables_of_a_sheet_and_the_lines_between() -> None:
    def fill(book: Any, sheet: Any) -> None:
        lined = book.add_format({"border": 1})
        sheet.write(0, 0, "附件1")
        grid(sheet, [["甲", "乙"], ["1", "2"]], 1, 0, lined)
        sheet.write(3, 0, "填表人：")
        sheet.write(3, 1, "日期：")
        grid(sheet, [["丙", "丁"], ["3", "4"]], 6, 0, lined)

    assert texts(workbook(fill)) == ["附件1", ["甲", "乙", "1", "2"], "填表人：", "日期：", ["丙", "丁", "3", "4"]]


def test_without_lines_titles_and_captions_stand_apart() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "2023年度部门整体支出绩效评价基础数据表")
        grid(sheet, [["名称", "金额"], ["三公经费", 1.5], ["其中："], ["接待费", 0.5]], 2)
        sheet.write(6, 0, "说明：本表由财务股填写，" + "数据来自决算。" * 10)

    found = texts(workbook(fill))
    assert found[0] == "2023年度部门整体支出绩效评价基础数据表"
    assert found[1] == ["名称", "金额", "三公经费", "1.5", "其中：", "", "接待费", "0.5"]
    assert str(found[2]).startswith("说明：")


def test_a_formula_without_a_result_is_no_number() -> None:
    data = workbook(lambda book, sheet: (sheet.write(0, 0, "合计"), sheet.write_formula(0, 1, "=1+2", None, 3)))
    assert texts(data) == [["合计", "3"]]
    bare = changed(data, "xl/worksheets/sheet1.xml", "<v>3</v>", "")
    assert texts(bare) == [["合计", "=1+2"]]
    assert [note.code for note in read(bare).notes] == ["formula"]


def test_raised_digits_phonetic_guides_and_escapes() -> None:
    def fill(book: Any, sheet: Any) -> None:
        raised = book.add_format({"font_script": 1})
        sheet.write_rich_string(0, 0, "10", raised, "4", "亩")
        sheet.write(0, 1, "甲乙")

    data = changed(workbook(fill), "xl/sharedStrings.xml", "甲乙", "甲_x000A_乙")
    guided = changed(data, "xl/sharedStrings.xml", "亩</t></r>", "亩</t></r><rPh sb='0' eb='1'><t>mu</t></rPh>")
    assert texts(guided) == [["10^4亩", "甲\n乙"]]


def test_raised_digits_of_an_old_workbook() -> None:
    book = xlwt.Workbook()
    raised = xlwt.easyfont("")
    raised.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    book.add_sheet("一").write_rich_text(0, 0, ("10", ("4", raised), ("亩", xlwt.easyfont(""))))
    out = io.BytesIO()
    book.save(out)
    assert texts(out.getvalue()) == ["10^4亩"]


def test_zeros_that_a_sheet_does_not_show_are_blank() -> None:
    def fill(book: Any, sheet: Any) -> None:
        grid(sheet, [["甲", 0], ["乙", 1]], style=book.add_format({"border": 1}))
        sheet.hide_zero()

    assert texts(workbook(fill)) == [["甲", "", "乙", "1"]]


def test_hidden_rows_and_columns_of_an_old_workbook() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    for r in range(3):
        for c in range(3):
            sheet.write(r, c, f"{r}{c}")
    sheet.row(1).hidden = True
    sheet.col(2).hidden = True
    other = book.add_sheet("二")
    other.write(0, 0, "藏")
    other.visibility = 1
    out = io.BytesIO()
    book.save(out)
    assert texts(out.getvalue()) == [["00", "01", "20", "21"]]


@pytest.mark.parametrize(
    ("monkeyed", "limit"), [("MAX_CELLS", 10), ("MAX_PART", 100), ("MAX_SHEETS", 0), ("MAX_MERGES", 0)]
)
def test_limits(monkeypatch: pytest.MonkeyPatch, monkeyed: str, limit: int) -> None:
    monkeypatch.setattr(xlsx, monkeyed, limit)
    with pytest.raises(UnreadableError) as refused:
        read((FORMATS / "seed.xlsx").read_bytes())
    assert refused.value.reason == "too_large"


def test_a_far_cell_is_refused_and_not_laid_out() -> None:
    def fill(book: Any, sheet: Any) -> None:
        grid(sheet, [["甲", "乙"]] * 200)
        sheet.write(0, 16_383, "远")

    data = workbook(fill)
    with pytest.raises(UnreadableError) as refused:
        read(data)
    assert refused.value.reason == "too_large"
    assert layout.MAX_POSITIONS < 200 * 16_384


@pytest.mark.parametrize(
    ("part", "old", "new", "reason"),
    [
        ("xl/worksheets/sheet1.xml", "<v>0</v>", "<v>99</v>", "damaged"),
        ("xl/worksheets/sheet1.xml", 'r="1"', 'r="9999999"', "damaged"),
        ("xl/worksheets/sheet1.xml", "</worksheet>", "", "damaged"),
        ("xl/sharedStrings.xml", "<sst", '<!DOCTYPE x [<!ENTITY a "b">]><sst', "damaged"),
    ],
)
def test_damage(part: str, old: str, new: str, reason: str) -> None:
    data = changed(workbook(lambda book, sheet: sheet.write(0, 0, "甲")), part, old, new)
    with pytest.raises(UnreadableError) as refused:
        read(data)
    assert refused.value.reason == reason


def test_pictures_only_and_nothing_at_all() -> None:
    empty = workbook(lambda book, sheet: None)
    for data, reason in ((empty, "empty_file"), (_with_picture(empty), "needs_ocr")):
        with pytest.raises(UnreadableError) as refused:
            read(data)
        assert refused.value.reason == reason


def _with_picture(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name).decode("utf-8") for name in source.namelist()}
    return zipped({**parts, "xl/media/image1.png": "x"})


@pytest.mark.parametrize("name", ["seed.xlsx", "seed.xls", "yanling-water-2022.xlsx"])
def test_stored_values_and_merges_agree_with_calamine(name: str) -> None:
    """calamine tells no formats and nothing of what is hidden; the values and the spans it tells are the same."""
    data = (FORMATS / name).read_bytes()
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for block in read(data).blocks:
        cells = block.cells if isinstance(block, Table) else [Cell(0, 0, block.text, block.place)]
        sheet = book.get_sheet_by_name(str(block.place.part))
        values = sheet.to_python(skip_empty_area=False)
        merges = {((a[0], a[1]), (b[0], b[1])) for a, b in sheet.merged_cell_ranges or []}
        for cell in cells:
            row, col = (cell.place.row or 0) - 1, (cell.place.col or 0) - 1
            theirs = values[row][col] if row < len(values) and col < len(values[row]) else ""
            if isinstance(theirs, int | float):
                ours = cell.stored or cell.text.replace(",", "")
                assert float(ours) == pytest.approx(theirs, abs=1e-12)
            else:
                assert str(theirs) == cell.text
            if isinstance(block, Table) and cell.row_span * cell.col_span > 1 and "hidden" not in name:
                assert any(start == (row, col) for start, _ in merges)


def test_content_decides() -> None:
    assert detect((FORMATS / "seed.xls").read_bytes()) == "xls"
    assert detect((FORMATS / "seed.xlsx").read_bytes()) == "xlsx"
    assert detect((FORMATS / "seed.xlsx").read_bytes()[:2000]) in {"xlsx", "zip"}
