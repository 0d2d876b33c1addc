"""One report in several files of different formats: one department and year, all parts, nothing missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.readers.text import read_text
from pipeline.ingest import ingest
from tests.conftest import SEED
from tests.makers.archives import zip_file
from tests.makers.layouts import LaidTable, as_document, laid_out
from tests.makers.pages import page
from tests.makers.word import word_file
from tests.makers.workbooks import xls_file
from tests.pipeline.test_lifecycle import query
from tests.reports import report

_SECOND, _PROSE = "附件2", "2023年度中共"


def parts(text: str) -> dict[str, bytes]:
    """A report like the seed as three files: the sheet as .xls, the form as .docx, the prose as a page."""
    blocks = laid_out(read_text(text.encode()))
    form = next(at for at, block in enumerate(blocks) if isinstance(block, str) and block.strip() == _SECOND)
    prose = max(at for at, block in enumerate(blocks) if isinstance(block, LaidTable)) + 1
    return {
        "附件1.xls": xls_file(as_document(blocks[:form])),
        "附件2.docx": word_file(blocks[form:prose]),
        "正文.html": page(as_document(blocks[prose:]), "部门整体支出绩效自评报告", "utf-8"),
    }


def written(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed in one file."""
    db = tmp_path_factory.mktemp("whole") / "w.duckdb"
    ingest([SEED], db, 1)
    return db


def holds_what_the_whole_holds(db: Path, whole: Path) -> None:
    for sql in (
        "SELECT dept_id, dept_name, fiscal_year, part FROM missing_part ORDER BY ALL",
        "SELECT * EXCLUDE (report_id, findings_high, findings_medium, findings_low) FROM dept_year",
        "SELECT dept_name, form_kind, concept, item, period, value, unit, status FROM fact WHERE origin = 'table' ORDER BY ALL",
        "SELECT dept_name, seq, name, target_raw, actual_raw, weight, score, met FROM indicator ORDER BY ALL",
        "SELECT dept_name, seq, number, heading FROM section ORDER BY ALL",
        "SELECT dept_name, value, unit, concept, sentence FROM key_figure ORDER BY ALL",
    ):
        assert query(db, sql) == query(whole, sql), sql


def test_three_files_are_one_department_year(tmp_path: Path, whole: Path) -> None:
    folder = written(tmp_path / "in", parts(SEED.read_text(encoding="utf-8")))
    db = tmp_path / "w.duckdb"
    assert ingest([folder], db, 1).exit_status == 0
    assert query(db, "SELECT format, status FROM document ORDER BY 1") == [
        ("docx", "loaded"), ("html", "loaded"), ("xls", "loaded"),
    ]  # fmt: skip
    holds_what_the_whole_holds(db, whole)
    assert query(db, "SELECT count(*) FROM missing_part WHERE part <> 'project_evaluation'") == [(0,)]


def test_so_are_three_members_of_an_archive(tmp_path: Path, whole: Path) -> None:
    made = zip_file({f"2023/{name}": data for name, data in parts(SEED.read_text(encoding="utf-8")).items()})
    db = tmp_path / "w.duckdb"
    ingest([written(tmp_path / "in", {"a.zip": made})], db, 1)
    holds_what_the_whole_holds(db, whole)


def test_they_may_come_one_after_another(tmp_path: Path, whole: Path) -> None:
    files = parts(SEED.read_text(encoding="utf-8"))
    db = tmp_path / "w.duckdb"
    for name, data in files.items():
        ingest([written(tmp_path / "in", {name: data})], db, 1)
    holds_what_the_whole_holds(db, whole)


def nameless(db: Path) -> list[tuple[object, ...]]:
    return query(db, "SELECT fiscal_year FROM core.report WHERE dept_name IS NULL")


def test_a_sheet_beside_two_departments_belongs_to_nobody(tmp_path: Path) -> None:
    files = parts(SEED.read_text(encoding="utf-8"))
    other = parts(report(7))["附件2.docx"]
    db = tmp_path / "w.duckdb"
    first = {name: data for name, data in files.items() if name != "正文.html"}
    ingest([written(tmp_path / "in", first)], db, 1)
    assert nameless(db) == []
    ingest([written(tmp_path / "in", {"另一家.docx": other})], db, 1)
    assert nameless(db) == [(2023,)]


def test_two_sheets_beside_one_form_belong_to_nobody(tmp_path: Path) -> None:
    files = parts(SEED.read_text(encoding="utf-8"))
    second = parts(report(7, "0.55"))["附件1.xls"]
    db = tmp_path / "w.duckdb"
    ingest([written(tmp_path / "in", {**files, "又一张.xls": second})], db, 1)
    assert nameless(db) == [(2023,), (2023,)]


def test_a_sheet_of_another_year_or_folder_belongs_to_nobody(tmp_path: Path) -> None:
    files = parts(SEED.read_text(encoding="utf-8"))
    late = parts(SEED.read_text(encoding="utf-8").replace("2023年", "2021年").replace("2022年", "2020年"))["附件1.xls"]
    written(tmp_path / "in", {"附件2.docx": files["附件2.docx"], "早年.xls": late})
    written(tmp_path / "in" / "另", {"附件1.xls": files["附件1.xls"]})
    db = tmp_path / "w.duckdb"
    ingest([tmp_path / "in"], db, 1)
    assert sorted(nameless(db), key=str) == [(2021,), (2023,)]


def test_a_figure_of_the_form_goes_before_one_of_the_prose(tmp_path: Path) -> None:
    """The prose of another file says another total score: the year has that of the form."""
    files = parts(SEED.read_text(encoding="utf-8").replace("绩效自评得分99分", "绩效自评得分88分"))
    db = tmp_path / "w.duckdb"
    ingest([written(tmp_path / "in", files)], db, 1)
    assert query(db, "SELECT total_score FROM dept_year") == [(99,)]
    said = query(db, "SELECT value FROM fact WHERE concept = 'total_score' AND origin = 'narrative'")
    assert said == [(88,)]
