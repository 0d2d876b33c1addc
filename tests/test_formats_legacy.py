"""Old office formats, workbooks and web pages: the same report, the same facts, and names that lie about the format."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from parsers.document import Document
from parsers.fingerprint import content_sha256
from parsers.readers import detect, read
from parsers.readers.text import read_text
from pipeline.convert import to_word
from pipeline.ingest import ingest
from pipeline.parse import parse
from pipeline.tools import office
from tests import golden
from tests.conftest import ROOT, SEED
from tests.makers.formats_samples import mht, road, water
from tests.makers.layouts import as_document, laid_out
from tests.makers.pages import page
from tests.makers.workbooks import xls_file, xlsx_file
from tests.pipeline.test_lifecycle import query
from tests.test_formats import LOOKALIKES, TEXTS

FORMATS = ROOT / "tests" / "data" / "formats"
needs_office = pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
OLD = {"seed.doc": "doc", "seed.wps": "doc", "seed.rtf": "rtf"}
NEW = {"seed.xlsx": "xlsx", "seed.xls": "xls", "seed.html": "html", "seed.mht": "mht"}
WRITERS: dict[str, Callable[[Document], bytes]] = {
    "xlsx": xlsx_file,
    "xls": xls_file,
    "page": lambda document: page(document, "绩效评价公开", "utf-8"),
    "old page": lambda document: page(document, "绩效评价公开", "gb2312", "table"),
}


@pytest.mark.parametrize("name", [*(pytest.param(name, marks=needs_office) for name in OLD), *NEW])
def test_seed_gives_the_facts_of_the_text(name: str) -> None:
    data = (FORMATS / name).read_bytes()
    parsed = parse(data, to_word)
    assert (parsed.status, parsed.format) == ("loaded", (OLD | NEW)[name])
    assert golden.differences_without_places(parsed, golden.expected(SEED)) == []
    assert parsed.content_sha256 == content_sha256(read(SEED.read_bytes()))


@pytest.mark.parametrize("name", ["yanling-water-2022.xlsx", "lanshan-road-2021.html"])
def test_sample_gives_what_stands_beside_it(name: str) -> None:
    sample = FORMATS / name
    wanted = golden.expected(sample)
    parsed = parse(sample.read_bytes())
    assert golden.differences_without_places(parsed, wanted) == []
    (report,) = parsed.rows["core.report"]
    assert (report["dept_name"], report["fiscal_year"]) == (wanted["dept_name"], wanted["fiscal_year"])
    printed = [fact["raw_text"] for fact in parsed.rows["core.fact"]]
    assert sorted(printed) == sorted(fact["raw_text"] for fact in wanted["facts"])


def test_samples_are_what_their_makers_write() -> None:
    document = read(SEED.with_name("seed.docx").read_bytes())
    assert (FORMATS / "lanshan-road-2021.html").read_bytes() == road()
    assert (FORMATS / "seed.html").read_bytes() == page(document, "2023年君山区委巡察办部门整体支出绩效自评报告")
    assert (FORMATS / "seed.mht").read_bytes() == mht((FORMATS / "seed.html").read_bytes())
    for name, made in (
        ("seed.xlsx", xlsx_file(document)),
        ("seed.xls", xls_file(document)),
        ("yanling-water-2022.xlsx", water()),
    ):
        assert read((FORMATS / name).read_bytes()) == read(made)


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("sample", TEXTS, ids=lambda path: path.stem)
def test_every_sample_in_the_format_gives_what_the_text_gives(sample: Path, form: str) -> None:
    parsed = parse(WRITERS[form](as_document(laid_out(read_text(sample.read_bytes())))))
    assert parsed.status == "loaded"
    assert golden.differences_without_places(parsed, golden.expected(sample)) == []


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("sample", LOOKALIKES, ids=lambda path: path.stem)
def test_lookalike_in_the_format_is_rejected_too(sample: Path, form: str) -> None:
    parsed = parse(WRITERS[form](as_document(laid_out(read_text(sample.read_bytes())))))
    assert (parsed.status, parsed.reason_code) == (
        golden.expected(sample)["status"], golden.expected(sample)["reason_code"]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "called", "found"),
    [
        ("seed.html", "a.doc", "html"), ("seed.html", "a.xls", "html"), ("seed.xlsx", "a.xls", "xlsx"),
        ("seed.xls", "a.doc", "xls"), ("seed.mht", "a.doc", "mht"), ("seed.rtf", "a.doc", "rtf"),
    ],
)  # fmt: skip
def test_content_and_not_the_name_says_what_a_file_is(tmp_path: Path, source: str, called: str, found: str) -> None:
    shutil.copy(FORMATS / source, tmp_path / called)
    assert detect((tmp_path / called).read_bytes()) == found
    if found == "rtf" and office() is None:
        pytest.skip("LibreOffice is not installed")
    db = tmp_path / "w.duckdb"
    ingest([tmp_path / called], db, 1)
    assert query(db, "SELECT source_file, format, status FROM document") == [(called, found, "loaded")]
    assert query(db, "SELECT count(*) FROM fact") == [(78,)]


@needs_office
def test_one_report_in_all_formats_is_one_report(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(FORMATS, folder, ignore=lambda _, names: [name for name in names if not name.startswith("seed.")])
    db = tmp_path / "w.duckdb"
    summary = ingest([folder], db, 2)
    rows = query(db, "SELECT source_file, coalesce(reason_code, status) FROM document ORDER BY source_file")
    assert {str(name): str(code) for name, code in rows} == {
        "seed.doc": "loaded", "seed.wps": "same_bytes", "seed.html": "same_content", "seed.mht": "same_content",
        "seed.rtf": "same_content", "seed.xls": "same_content", "seed.xlsx": "same_content",
    }  # fmt: skip
    assert summary.exit_status == 0


def test_a_figure_of_a_workbook_tells_its_sheet_row_column_and_stored_number(tmp_path: Path) -> None:
    db = tmp_path / "w.duckdb"
    ingest([FORMATS / "yanling-water-2022.xlsx"], db, 1)
    ((row, col, raw),) = query(
        db, "SELECT row_no, col_no, raw_text FROM fact WHERE concept = 'execution_rate' AND item IS NULL"
    )
    assert (row, col, raw) == (7, 8, "96.30%")
    held = query(db, f"SELECT part, text, stored_text FROM raw.cell WHERE row_no = {row} AND col_no = {col}")
    assert held == [("自评表", "96.30%", "0.962963")]
