"""What is left out before parsing changes nothing: every file reads as it does when nothing is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.docx import long_report
from parsers.document import Document
from parsers.readers import docx
from parsers.readers.ooxml.slim import slimmed
from parsers.reasons import UnreadableError
from tests.makers.ooxml import package, paragraph, root, run
from tests.makers.seed_docx import SEED, build

SAMPLES = sorted(Path(__file__).with_name("samples").glob("*.docx"))
LOOKS = '<w:rFonts w:ascii="仿宋"/><w:b/><w:sz w:val="21"/>'


def _result(data: bytes) -> Document | str:
    try:
        return docx.read_docx(data)
    except UnreadableError as error:
        return f"{error.reason} {error}"


def _same(data: bytes) -> Document | str:
    found = _result(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(docx, "slimmed", lambda part: part)
        assert found == _result(data)
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_read_alike(path: Path) -> None:
    _same(path.read_bytes())


def test_reports_read_alike() -> None:
    for data in (build(SEED.read_text("utf-8")), long_report(20)):
        assert isinstance(_same(data), Document)


def test_properties_that_only_say_how_text_looks_are_left_out() -> None:
    part = root("document", f"<w:body>{paragraph(inner=run('一', LOOKS) + run('二', '<w:i/>'))}</w:body>").encode()
    assert slimmed(part) == part.replace(f"<w:rPr>{LOOKS}</w:rPr>".encode(), b"").replace(b"<w:rPr><w:i/></w:rPr>", b"")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("一", "<w:b/><w:vanish/>") + run("二", LOOKS), "二"),
        (run("一", '<w:vanish w:val="0"/>') + run("二", LOOKS), "一二"),
        (run("R", '<w:rFonts w:ascii="WINGDINGS 2"/>') + run("Wingdings", LOOKS), "☑Wingdings"),
        (run("R", '<w:rFonts w:ascii="&#x57;ingdings 2"/>') + run("Wingdings", LOOKS), "☑Wingdings"),
        (run("\uf0fe", '<w:rFonts w:ascii="Wingdings"/>') + run("\uf0fe", LOOKS), "☑\uf0fe"),
        (f"<w:r><w:rPr>{LOOKS}</w:rPr><w:t>&#xF0FE;</w:t></w:r>", "\uf0fe"),
        (f"<w:r><w:rPr>{LOOKS}</w:rPr><w:t><![CDATA[<w:rPr><w:b/></w:rPr>一]]></w:t></w:r>", "<w:rPr><w:b/></w:rPr>一"),
        (run("一", "<w:b/><w:rPrChange w:id='1'><w:rPr><w:b/></w:rPr></w:rPrChange>") + run("二", LOOKS), "一二"),
        (f"<!-- <w:rPr> -->{run('一', LOOKS)}<!-- </w:rPr> -->{run('二', LOOKS)}", "一二"),
        (f"<w:r><w:rPr><w14:glow><w:b/></w14:glow></w:rPr><w:t>一</w:t></w:r>{run('二', LOOKS)}", "一二"),
    ],
)
def test_what_matters_is_kept(content: str, text: str) -> None:
    found = _same(package(paragraph(inner=content)))
    assert isinstance(found, Document)
    assert [item.text for item in found.paragraphs()] == [text]


def test_deleted_mark_joins_paragraphs() -> None:
    deleted = f'<w:rPr><w:del w:id="1" w:author="x"/>{LOOKS}</w:rPr>'
    found = _same(package(paragraph("一", properties=deleted) + paragraph("二", properties=f"<w:rPr>{LOOKS}</w:rPr>")))
    assert isinstance(found, Document)
    assert [item.text for item in found.paragraphs()] == ["一二"]


@pytest.mark.parametrize("damage", ["<w:b>", '<w:b w:val="1" w:val="1"/>', "<w:b x=/>", "&unit;", "<x:b/>", "\x01"])
def test_damage_in_what_would_be_left_out_is_seen(damage: str) -> None:
    found = _same(package(paragraph(inner=run("一", LOOKS) + "\n" + run("二", LOOKS + damage))))
    assert isinstance(found, str)
    assert " line 3" in found


def test_another_encoding_is_not_touched() -> None:
    part = root("document", "<w:body>" + paragraph(inner=run("一\uf0fe", LOOKS)) + "</w:body>")
    data = part.replace('"UTF-8"', '"GB18030"').encode("gb18030")
    assert slimmed(data) is data


TOKENS = [
    "<w:rPr>", "</w:rPr>", "<w:rPr/>", "</w:rPr >", "<w:rPr >", "<w:b/>", "<w:vanish/>", "<w:t>", "</w:t>", "一", "&#65;",
    "<w:r>", "</w:r>", "<!--", "-->", "<![CDATA[", "]]>", "<?x ", "?>", "<w:t>二</w:t>", "<w:pPr>", "</w:pPr>",
]  # fmt: skip
WHOLE = [
    "<w:rPr><w:b/></w:rPr>",
    "<w:r><w:rPr><w:b/></w:rPr><w:t>三</w:t></w:r>",
    "<!-- <w:rPr> -->",
    "<w:rPr></w:rPr>",
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(TOKENS + WHOLE * 3), max_size=9))
def test_any_mixture_reads_alike(tokens: list[str]) -> None:
    whole = run("前", "<w:b/>") + "".join(tokens)
    _same(package(f"<w:p>{whole}</w:p><w:p><w:r>{whole}</w:r></w:p>"))
