"""Hostile and broken files: each costs its own row in `document`, with the reason, and the run goes on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from parsers.readers.scan.engine import missing
from pipeline.ingest import ingest
from pipeline.workers import Limits
from tests.conftest import ROOT, SEED
from tests.makers.ooxml import cell, package, paragraph, row, table, zipped
from tests.pipeline.test_lifecycle import query

PDFS = ROOT / "tests" / "readers" / "pdf" / "samples"
WORD = SEED.with_name("seed.docx").read_bytes()
_ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def _part(inner: str) -> bytes:
    """A Word package whose main part is just this XML."""
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
    rels = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    return zipped({"[Content_Types].xml": types, "_rels/.rels": rels, "word/document.xml": inner})


def _body(inner: str, head: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return _part(f'{head}<w:document xmlns:w="{space}"><w:body>{inner}</w:body></w:document>')


def _nested(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth


HOSTILE = {
    "truncated.docx": (WORD[: len(WORD) // 2], "damaged"),
    "truncated.pdf": ((PDFS / "truncated-in-half.pdf").read_bytes(), "damaged"),
    "bomb.docx": (_body("<w:p/>" + " " * 60_000_000), "too_large"),
    "bomb.pdf": ((PDFS / "stream-bomb.pdf").read_bytes(), "too_large"),
    "entities.docx": (_body("<w:p>&b;</w:p>", _ENTITIES), "damaged"),
    "external.docx": (_body("<w:p>&x;</w:p>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "damaged"),
    "nested.docx": (_body(_nested(3000)), "damaged"),
    "deep-xml.docx": (_body("<w:sdt>" * 100_000), "damaged"),
    "no-pages.pdf": ((PDFS / "no-pages.pdf").read_bytes(), "damaged"),
    "random.docx": (os.urandom(5000).replace(b"\0", b"\1") + b"\xff\xff\x01", "bad_encoding"),
    "random.pdf": (b"%PDF-1.4\n" + os.urandom(5000), "damaged"),
    "scan.pdf": ((PDFS / "scans-only.pdf").read_bytes(), "needs_ocr" if missing() else "empty_file"),
    "password.pdf": ((PDFS / "encrypted-password.pdf").read_bytes(), "encrypted"),
    "shifted-digits.pdf": ((PDFS / "tounicode-digits-shifted.pdf").read_bytes(), "unreadable_text"),
    "workbook.xlsx": (zipped({"xl/workbook.xml": "<x/>"}), "unsupported_format"),
    "absurd-span.docx": (package(table([row([cell("甲", span=2**31)])]) + paragraph("乙")), "not_self_evaluation"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All hostile files, a good one, a good one with the wrong ending, a loop of links and odd names."""
    made = tmp_path_factory.mktemp("hostile")
    for name, (data, _) in HOSTILE.items():
        (made / name).write_bytes(data)
    (made / "good.txt").write_bytes(SEED.read_bytes())
    (made / "word-named.pdf").write_bytes(WORD)
    (made / "loop").symlink_to(made, target_is_directory=True)
    (made / "名字 with ‘odd’ \\ chars\n.txt").write_bytes("通知".encode())
    return made


def test_every_file_has_one_row_and_its_reason(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "w.duckdb"
    summary = ingest([folder], db, 2, Limits(seconds=60))
    rows = query(db, "SELECT source_file, coalesce(reason_code, status), reason FROM document")
    reasons = {name: code for name, code, _ in rows}
    assert len(rows) == len(reasons) == len(HOSTILE) + 3
    assert reasons == {
        **{name: reason for name, (_, reason) in HOSTILE.items()},
        "good.txt": "loaded",
        "word-named.pdf": "same_content",
        "名字 with ‘odd’ \\ chars\n.txt": "not_self_evaluation",
    }
    assert all(words and "\n" not in words for _, code, words in rows if code != "loaded")
    assert summary.exit_status == 1
    assert query(db, "SELECT count(*) FROM fact") == [(78,)]


@pytest.mark.slow
def test_a_table_of_a_hundred_thousand_rows_is_read_within_the_limits(tmp_path: Path) -> None:
    rows = (row([cell("项目"), cell(str(n)), cell("1.5")]) for n in range(100_000))
    (tmp_path / "long.docx").write_bytes(package(paragraph("2023年度部门整体支出绩效自评报告") + table(rows)))
    db = tmp_path / "w.duckdb"
    ingest([tmp_path / "long.docx"], db, 1, Limits(seconds=100))
    ((status, unmapped),) = query(db, "SELECT status, (SELECT count(*) FROM unmapped) FROM document")
    assert (status, unmapped) == ("rejected", 0)
