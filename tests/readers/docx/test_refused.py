"""Files that cannot be read with certainty are refused with a reason and one line; bombs before they are inflated."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from parsers.readers.docx import looks_like_docx, read_docx
from parsers.readers.ooxml.package import is_encrypted
from parsers.reasons import Reason, UnreadableError
from tests.makers.ooxml import cell, package, paragraph, row, run, table, zipped

SAMPLE = (Path(__file__).with_name("samples") / "spans.docx").read_bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _refusal(data: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_docx(data)
    assert "\n" not in str(caught.value)
    return caught.value


def _with(parts: dict[str, str | bytes], data: bytes = SAMPLE) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(files | parts)


def _document(inner: str, head: str = "") -> bytes:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return _with({"word/document.xml": f"{head}<w:document {names}><w:body>{inner}</w:body></w:document>"})


@pytest.mark.parametrize(
    ("data", "reason", "words"),
    [
        (b"", Reason.EMPTY_FILE, "empty"),
        (b"\x00\xff" * 500, Reason.DAMAGED, "not a zip"),
        (SAMPLE[: len(SAMPLE) // 2], Reason.DAMAGED, "its end is missing"),
        (OLE + bytes(1000) + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED, "password"),
        (OLE + bytes(1000), Reason.UNSUPPORTED_FORMAT, "OLE"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), Reason.UNSUPPORTED_FORMAT, "no Word"),
        (_with({"word/document.xml": "<w:document"}), Reason.DAMAGED, "word/document.xml"),
        (_with({"word/document.xml": "<x/>"}), Reason.DAMAGED, "no body"),
        (_with({"word/document.xml": b"\xff\xfe\x00"}), Reason.DAMAGED, "word/document.xml"),
    ],
)
def test_reason_and_line(data: bytes, reason: Reason, words: str) -> None:
    error = _refusal(data)
    assert error.reason is reason
    assert words in str(error)


def test_what_is_and_is_not_a_word_package() -> None:
    assert looks_like_docx(SAMPLE)
    assert looks_like_docx(SAMPLE[: len(SAMPLE) - 30]), "a file cut off at the end is still a Word file, a damaged one"
    assert not looks_like_docx(b"")
    assert not looks_like_docx(b"PK\x03\x04")
    assert not looks_like_docx(OLE + bytes(600))
    assert not looks_like_docx(zipped({"xl/workbook.xml": "<workbook/>", "[Content_Types].xml": "<Types/>"}))
    assert is_encrypted(OLE + "EncryptedPackage".encode("utf-16-le"))


def test_main_part_of_another_name_is_found_through_the_package() -> None:
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as archive:
        files = {name: archive.read(name).replace(b"document.xml", b"Report-1.xml") for name in archive.namelist()}
    files["word/Report-1.xml"] = files.pop("word/document.xml")
    renamed = {name: content for name, content in files.items() if "rels/document" not in name}
    assert read_docx(zipped(renamed)) == read_docx(SAMPLE)


def test_part_names_with_backslashes_and_other_case() -> None:
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as archive:
        files = {name.replace("word/", "WORD\\"): archive.read(name) for name in archive.namelist()}
    assert read_docx(zipped(files)) == read_docx(SAMPLE)


def test_utf16_part() -> None:
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as archive:
        text = archive.read("word/document.xml").decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    assert read_docx(_with({"word/document.xml": text.encode("utf-16")})) == read_docx(SAMPLE)


def test_bytes_that_fail_their_checksum_are_refused() -> None:
    files: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    stored = out.getvalue()
    assert read_docx(stored) == read_docx(SAMPLE)
    changed = stored.replace(b"276.7", b"276.9")
    assert changed != stored
    assert _refusal(changed).reason is Reason.DAMAGED


@pytest.mark.parametrize(
    "entities",
    [
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/x.dtd">',
        "<!-- c --><?p i?>\n<!DOCTYPE w:document [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>",
    ],
)
def test_document_types_and_entities_are_refused(entities: str) -> None:
    error = _refusal(_document("<w:p><w:r><w:t>x</w:t></w:r></w:p>", entities))
    assert error.reason is Reason.DAMAGED
    assert "document type" in str(error)


def test_a_document_type_in_utf16_is_seen_too() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "1">]><a>&x;</a>'
    assert "document type" in str(_refusal(_with({"word/document.xml": text.encode("utf-16")})))


def test_undefined_entity_is_refused_not_dropped() -> None:
    assert _refusal(_document("<w:p><w:r><w:t>1&unit;</w:t></w:r></w:p>")).reason is Reason.DAMAGED


def test_bomb_is_refused_before_it_is_inflated() -> None:
    bomb = _with({"word/document.xml": b"<a>" + b" " * (64 * 1024 * 1024) + b"</a>"})
    assert len(bomb) < 100_000
    tracemalloc.start()
    error = _refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.reason is Reason.TOO_LARGE
    assert peak < 2 * 1024 * 1024


def test_member_that_declares_less_than_it_holds_is_not_inflated() -> None:
    size = 64 * 1024 * 1024
    bomb = _with({"word/document.xml": b"<a>" + b" " * size + b"</a>"})
    lying = bomb.replace((size + 7).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != bomb
    tracemalloc.start()
    error = _refusal(lying)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.reason is Reason.DAMAGED
    assert peak < 4 * 1024 * 1024


def test_too_many_parts() -> None:
    assert _refusal(_with({f"x/{number}": "" for number in range(10_001)})).reason is Reason.TOO_LARGE


def test_encrypted_member() -> None:
    central = SAMPLE.index(b"PK\x01\x02")
    flagged = bytearray(SAMPLE)
    at = central
    while (at := SAMPLE.find(b"PK\x01\x02", at)) >= 0:
        flagged[at + 8] |= 1
        at += 4
    assert _refusal(bytes(flagged)).reason is Reason.ENCRYPTED


def _nested(depth: int) -> str:
    opening = "<w:tbl><w:tr><w:tc><w:p/>" * depth
    return opening + "</w:tc></w:tr></w:tbl>" * depth


def test_nesting() -> None:
    tables = list(read_docx(_document(_nested(50))).tables())
    assert [table.number for table in tables] == list(range(1, 51))
    for depth in (51, 80, 5000):
        assert _refusal(_document(_nested(depth))).reason is Reason.DAMAGED


@pytest.mark.parametrize("name", ["sdt><w:sdtContent", "ins", "smartTag", "hyperlink"])
def test_deep_wrappers_do_not_exhaust_the_stack(name: str) -> None:
    around = "".join(f"<w:{name}>" for _ in range(100))
    ends = "".join("".join(f"</{part.strip('<>')}>" for part in reversed(f"w:{name}".split("><"))) for _ in range(100))
    inner = f"{around}<w:r><w:t>深</w:t></w:r>{ends}"
    assert next(read_docx(_document(f"<w:p>{inner}</w:p>")).paragraphs()).text == "深"


def test_depth_beyond_what_xml_parsers_take() -> None:
    depth = 20_000
    error = _refusal(_document("<w:sdt>" * depth + "</w:sdt>" * depth))
    assert error.reason is Reason.DAMAGED


def test_pictures_without_any_text_need_a_scan_reader() -> None:
    blip = '<w:r><w:drawing><wp:inline><a:graphic><a:blip r:embed="rId1"/></a:graphic></wp:inline></w:drawing></w:r>'
    assert _refusal(package(paragraph(inner=blip))).reason is Reason.NEEDS_OCR
    assert read_docx(package(paragraph(inner=blip + run("图一")))).notes[0].code == "picture"


def test_rows_and_columns_without_bound() -> None:
    wide = table([row([cell("", 60) for _ in range(80)])], [1] * 60)
    assert _refusal(package(wide)).reason is Reason.TOO_LARGE


@pytest.mark.slow
def test_a_hundred_thousand_rows_in_linear_time() -> None:
    def seconds(rows: int) -> float:
        lines = [
            row([cell("指标", vertical="restart" if n % 5 == 0 else "continue"), cell(str(n))]) for n in range(rows)
        ]
        data = package(table(lines, [900, 900]))
        begun = time.perf_counter()
        (read,) = read_docx(data).tables()
        spent = time.perf_counter() - begun
        assert (read.n_rows, len(read.cells)) == (rows, rows + rows // 5)
        return spent

    short, long = seconds(20_000), seconds(100_000)
    assert long < 15
    assert long < 5 * short * 2


def test_nothing_in_a_file_is_multiplied() -> None:
    """Each of these would take minutes or gigabytes if one thing were copied once more for every other."""
    count = 20_000
    covered = table(
        [row([cell("文字" * 20, vertical="restart" if not n else "continue"), cell("x")]) for n in range(count)],
        [900] * 2,
    )
    nested = table([row([cell(content="<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * count + "<w:p/>")])], [900])
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="s{n}"/><w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(count)
    )
    styled = "".join(paragraph("x", f"s{n}") for n in range(count))
    label = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    label += f'<w:lvlText w:val="{"长" * 100_000}"/></w:lvl></w:abstractNum>'
    label += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    listed = paragraph(properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') * count
    begun = time.perf_counter()
    document = read_docx(package(covered + nested + styled + listed, {"styles": chain, "numbering": label}))
    assert time.perf_counter() - begun < 30
    first = next(document.tables()).cells[0]
    assert (first.row_span, first.covered_text.count("\n")) == (count, count - 2)
    assert sum(len(p.text) for p in document.paragraphs()) < 300 * count
