"""Details that no sample shows."""

from __future__ import annotations

import io
import zipfile

import pytest

from parsers.document import Place
from parsers.readers.docx import read_docx
from parsers.readers.ooxml import package as package_module
from parsers.reasons import Reason, UnreadableError
from tests.makers.docx_numbering import abstract, item, level, number
from tests.makers.ooxml import cell, package, paragraph, row, run, table, zipped

HIDDEN = "<w:vanish/>"


def test_directly_hidden_text_in_a_file_without_styles() -> None:
    document = read_docx(package(paragraph(inner=run("1") + run("2", HIDDEN))))
    assert [p.text for p in document.paragraphs()] == ["1"]
    assert [(note.code, note.message) for note in document.notes] == [("hidden_text", "2")]


def test_text_hidden_by_the_defaults_of_the_file() -> None:
    styles = f"<w:docDefaults><w:rPrDefault><w:rPr>{HIDDEN}</w:rPr></w:rPrDefault></w:docDefaults>"
    document = read_docx(package(paragraph(inner=run("藏") + run("显", '<w:vanish w:val="0"/>')), {"styles": styles}))
    assert [p.text for p in document.paragraphs()] == ["显"]


def test_a_paragraph_hidden_with_its_mark_has_no_number_and_is_not_counted() -> None:
    numbering = abstract(0, level(0, "decimal", "%1、")) + number(1, 0)
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    hidden = paragraph(properties=f"{numbered}<w:rPr>{HIDDEN}</w:rPr>", inner=run("藏", HIDDEN))
    document = read_docx(package(item("甲", 1) + hidden + item("乙", 1), {"numbering": numbering}))
    assert [p.text for p in document.paragraphs()] == ["1、甲", "", "2、乙"]


def test_places_of_notes_after_a_nested_table_and_after_a_table() -> None:
    hidden = paragraph(inner=run("藏", HIDDEN))
    inner = table([row([cell("内")])], [500])
    outer = table([row([cell("左"), cell(content=inner + hidden)])], [900, 900])
    document = read_docx(package(outer + paragraph("后") + hidden))
    assert [note.place for note in document.notes] == [Place(table=1, row=1, col=2), Place(paragraph=2)]


def test_many_text_boxes_one_after_another_are_not_deep() -> None:
    box = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    in_cell = table([row([cell(content=paragraph(inner=box)) for _ in range(40)])], [100] * 40)
    document = read_docx(package(paragraph(inner=box) * 60 + in_cell))
    assert sum(p.text == "框" for p in document.paragraphs()) == 100


def test_alternatives_inside_a_drawing_are_taken_once() -> None:
    def box(value: str) -> str:
        return f"<w:txbxContent>{paragraph(value)}</w:txbxContent>"

    choice = f'<mc:Choice Requires="wps"><wps:txbx>{box("新")}</wps:txbx></mc:Choice>'
    both = f"<mc:AlternateContent>{choice}<mc:Fallback><v:textbox>{box('旧')}</v:textbox></mc:Fallback>"
    grouped = f"<w:r><w:drawing><wp:anchor>{both}</mc:AlternateContent></wp:anchor></w:drawing></w:r>"
    fallback = f"<w:r><mc:AlternateContent><mc:Fallback><w:pict>{box('唯一')}</w:pict></mc:Fallback>"
    document = read_docx(package(paragraph(inner=grouped) + paragraph(inner=f"{fallback}</mc:AlternateContent></w:r>")))
    assert [p.text for p in document.paragraphs()] == ["", "新", "", "唯一"]


def test_the_package_relationship_counts_only_where_the_part_is_declared_a_main_part() -> None:
    with zipfile.ZipFile(io.BytesIO(package(paragraph("正文")))) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    rels = files["_rels/.rels"]
    assert isinstance(rels, bytes)
    files |= {"_rels/.rels": rels.replace(b"word/document.xml", b"word/other.xml"), "word/other.xml": "<x/>"}
    assert [p.text for p in read_docx(zipped(files)).paragraphs()] == ["正文"]


def test_main_part_by_the_default_type_of_its_extension() -> None:
    with zipfile.ZipFile(io.BytesIO(package(paragraph("正文")))) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    names = 'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"'
    files["[Content_Types].xml"] = f'<Types {names}><Default Extension="xml" ContentType="{main}"/></Types>'
    assert [p.text for p in read_docx(zipped(files)).paragraphs()] == ["正文"]


def test_total_of_all_parts_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    data = package(paragraph("正文" * 1000), {"header1": paragraph("眉" * 4000)})
    monkeypatch.setattr(package_module, "MAX_TOTAL", 20_000)
    with pytest.raises(UnreadableError) as caught:
        read_docx(data)
    assert caught.value.reason is Reason.TOO_LARGE
    assert "word/header1.xml" in str(caught.value)


def test_a_field_around_a_table_and_one_with_its_code_around_a_table() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    shown = paragraph(inner=mark("begin") + mark("separate")) + table([row([cell("1.5")])], [900])
    document = read_docx(package(shown + paragraph(inner=mark("end") + run("后"))))
    (read,) = document.tables()
    assert read.cells[0].text == "1.5"
    assert [p.text for p in document.paragraphs()] == ["", "后"]
    assert document.notes == ()


def test_a_tracked_merge_of_cells_counts_as_accepted() -> None:
    who = 'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"'
    merged = f'<w:tc><w:tcPr><w:cellMerge {who} w:vMerge="{{}}"/></w:tcPr>{{}}</w:tc>'
    rows = [
        row([merged.format("rest", paragraph("上")), cell("1")]),
        row([merged.format("cont", paragraph()), cell("2")]),
    ]
    (read,) = read_docx(package(table(rows, [900, 900]))).tables()
    assert [(c.text, c.row_span) for c in read.cells] == [("上", 2), ("1", 1), ("2", 1)]


def test_deleted_mark_before_a_table_and_at_the_end_keeps_its_text() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    pending = paragraph("留", properties=gone)
    document = read_docx(package(pending + table([row([cell(content=pending)])], [900]) + pending))
    assert [p.text for p in document.paragraphs()] == ["留", "留"]
    assert next(document.tables()).cells[0].text == "留"
