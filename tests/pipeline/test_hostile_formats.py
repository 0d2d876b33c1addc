"""One hostile file of each of the old formats and archives: every one has its row and reason, and nothing gets out."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.tools import office
from pipeline.workers import Limits
from tests.conftest import ROOT, SEED
from tests.makers.archives import rar_file, zip_bomb, zip_file, zip_locked, zip_with_link
from tests.makers.ooxml import zipped
from tests.pipeline.test_lifecycle import query

FORMATS = ROOT / "tests" / "data" / "formats"
DOC = (FORMATS / "seed.doc").read_bytes()
XLS = (FORMATS / "seed.xls").read_bytes()
XLSX = (FORMATS / "seed.xlsx").read_bytes()
_CLIMB = "../../../../../../../../../../tmp/jixiao-climbed.txt"


def _edited(part: str, content: str) -> bytes:
    """The seed as a workbook with one part of it replaced."""
    with zipfile.ZipFile(io.BytesIO(XLSX)) as source:
        parts = {name: source.read(name).decode("utf-8") for name in source.namelist()}
    return zipped({**parts, part: content})


def _sheet(rows: str) -> str:
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'


_ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
_FLAGS = DOC.index(b"\xec\xa5") + 10

HOSTILE: dict[str, tuple[bytes, set[str]]] = {
    "bomb.xlsx": (_edited("xl/worksheets/sheet1.xml", _sheet(" " * 60_000_000)), {"too_large"}),
    "strings.xlsx": (
        _edited("xl/sharedStrings.xml", "<sst>" + "<si><t>a</t></si>" * 10 + " " * 70_000_000 + "</sst>"),
        {"too_large"},
    ),
    "far.xlsx": (
        _edited(
            "xl/worksheets/sheet1.xml",
            _sheet(
                "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c><c r="XFD{r}"><v>2</v></c></row>' for r in range(1, 200))
            ),
        ),
        {"too_large"},
    ),
    "entities.xlsx": (_edited("xl/sharedStrings.xml", f"{_ENTITIES}<sst><si><t>&b;</t></si></sst>"), {"damaged"}),
    "cut.xlsx": (XLSX[: len(XLSX) // 2], {"damaged"}),
    "cut.xls": (XLS[: len(XLS) // 2], {"damaged"}),
    "hollow.xls": (XLS[:1024] + b"\xff" * (len(XLS) - 1024), {"damaged", "unsupported_format"}),
    "cut.doc": (DOC[:20_000], {"damaged"}),
    "locked.doc": (DOC[: _FLAGS + 1] + bytes([DOC[_FLAGS + 1] | 1]) + DOC[_FLAGS + 2 :], {"encrypted"}),
    "spans.html": (b"<html><table><tr>" + b"<td colspan=1000 rowspan=60000>1" * 10 + b"<tr>" * 60000, {"too_large"}),
    "deep.html": (b"<html>" + b"<div>" * 100_000 + b"1", {"damaged"}),
    "pictures.html": (b"<html><body><img src=a><img src=b></body></html>", {"needs_ocr"}),
    "bytes.html": (b"<html><meta charset=utf-8><p>" + bytes(range(0x80, 0x100)) * 20, {"bad_encoding"}),
    "no-page.mht": (b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx", {"unsupported_format"}),
    "climbs.zip": (zip_file({_CLIMB: b"x"}), {"archive"}),
    "absolute.zip": (zip_file({"/tmp/jixiao-climbed.txt": b"x"}), {"archive"}),
    "link.zip": (zip_with_link("passwd.txt", "/etc/passwd"), {"archive"}),
    "locked.zip": (zip_locked("a.txt", b"x"), {"archive"}),
    "bomb.zip": (zip_bomb("bomb.txt", 64), {"archive"}),
    "cut.zip": (zip_file({"a.txt": b"x" * 1000})[:-20], {"damaged"}),
    "none.zip": (zip_file({}), {"empty_file"}),
    "climbs.rar": (rar_file({_CLIMB: b"x"}), {"archive", "needs_unpacker"}),
    "cut.7z": (b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\x01" * 100, {"damaged", "needs_unpacker"}),
}
MEMBERS = {
    "climbs.zip": "unsafe_member", "absolute.zip": "unsafe_member", "link.zip": "unsafe_member", "locked.zip": "encrypted",
    "bomb.zip": "too_large", "climbs.rar": "unsafe_member",
}  # fmt: skip


def test_every_hostile_file_has_its_row_and_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, private = tmp_path / "in", tmp_path / "private"
    folder.mkdir()
    private.mkdir()
    # the workers are told by the environment, so that /tmp, which other tests use at the same time, is nobody's business
    monkeypatch.setenv("TMPDIR", str(private))
    monkeypatch.setattr(tempfile, "tempdir", None)
    for name, (data, _) in HOSTILE.items():
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_bytes(SEED.read_bytes())
    db = tmp_path / "w.duckdb"
    summary = ingest([folder], db, 2, Limits(seconds=90))
    rows = query(db, "SELECT source_uri, status, reason_code, reason FROM document")
    found = {str(uri).rpartition("/in/")[2]: str(code or status) for uri, status, code, _ in rows}
    for name, (_, codes) in HOSTILE.items():
        assert found[name] in codes, (name, found[name])
    for name, code in MEMBERS.items():
        members = {found[uri] for uri in found if uri.startswith(f"{name}!/")}
        assert members == ({code} if found[name] == "archive" else set()), name
    assert found["good.txt"] == "loaded"
    assert all(words and "\n" not in str(words) for _, status, _, words in rows if status != "loaded")
    assert summary.exit_status == 1
    assert list(private.iterdir()) == []
    assert {path.name for path in folder.iterdir()} == {*HOSTILE, "good.txt"}
    assert not Path("/tmp/jixiao-climbed.txt").exists()
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith(db.name)} == {"in", "private"}


@pytest.mark.slow
@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
def test_hostile_rich_text_costs_its_own_row(tmp_path: Path) -> None:
    (tmp_path / "deep.rtf").write_bytes(b"{\\rtf1" + b"{" * 200_000)
    (tmp_path / "huge.rtf").write_bytes(b"{\\rtf1 " + b"\\trowd\\cellx100 1\\cell\\row" * 20_000 + b"}")
    shutil.copy(FORMATS / "seed.rtf", tmp_path / "ok.rtf")
    db = tmp_path / "w.duckdb"
    ingest([tmp_path / name for name in ("deep.rtf", "huge.rtf", "ok.rtf")], db, 2, Limits(seconds=40))
    found = dict(query(db, "SELECT source_file, status FROM document"))
    assert found["ok.rtf"] == "loaded"
    assert {found["deep.rtf"], found["huge.rtf"]} <= {"quarantined", "rejected"}
