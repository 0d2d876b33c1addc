"""The life of a file: one row whatever happens, one state with a reason, and nothing changed by a second offer."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.ingest import Summary, ingest
from pipeline.offers import readable
from pipeline.workers import Limits
from tests.conftest import SEED
from tests.reports import office, report, write_reports
from warehouse.publish import BusyError, building, open_read_only

DECLARATION = """2024年度项目支出绩效目标申报表
\t项目名称
\t道路养护

\t一级指标
\t二级指标
\t三级指标
\t指标值

\t产出指标
\t数量指标
\t养护里程
\t≥30公里

"""


def query(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with open_read_only(db) as con:
        return con.execute(sql).fetchall()


CLOCKS = {"seconds", "first_seen", "last_seen", "started", "ended", "run_id", "offered_order", "loaded_order"}


def everything(db: Path, unlike: Collection[str] = CLOCKS) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but the log of runs; columns in `unlike` (times, the order of loading) left out."""
    with open_read_only(db) as con:
        columns: dict[str, list[str]] = {}
        for table, column in con.execute(
            "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() "
            "WHERE schema_name IN ('raw', 'core') AND table_name <> 'run'"
        ).fetchall():
            if column not in unlike:
                columns.setdefault(table, []).append(f'"{column}"')
        return {
            table: con.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY ALL").fetchall()
            for table, names in columns.items()
        }


def test_the_same_bytes_again_change_nothing(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 3)
    db = tmp_path / "w.duckdb"
    first = ingest([tmp_path / "in"], db, workers=2)
    version, before = os.readlink(db), everything(db)
    again = ingest([tmp_path / "in"], db, workers=2)
    assert (first.counts["loaded"], again.counts["loaded"], again.known) == (3, 0, 3)
    assert (os.readlink(db), everything(db)) == (version, before)
    write_reports(tmp_path / "in", 4)
    third = ingest([tmp_path / "in"], db, workers=2)
    assert (third.counts["loaded"], third.known) == (1, 3)
    after = everything(db)
    # a run brings rows of its own and checks its reports; what was there stays. Sketches of prose are made anew
    kept = set(before) - {"core.sketch"}
    assert all(set(map(repr, before[table])) <= set(map(repr, after[table])) for table in kept)


def test_another_encoding_or_line_end_is_a_duplicate(tmp_path: Path) -> None:
    text = SEED.read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(SEED.read_bytes())
    (tmp_path / "b.txt").write_bytes(SEED.read_bytes())
    (tmp_path / "c-gbk.txt").write_bytes(text.replace("\n", "\r\n").encode("gb18030"))
    (tmp_path / "d-utf16.txt").write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    (tmp_path / "e-utf16.txt").write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    db = tmp_path / "w.duckdb"
    summary = ingest([tmp_path], db, workers=1)
    assert summary.exit_status == 0
    rows = query(db, "SELECT source_file, status, reason_code, duplicate_of FROM document ORDER BY 1")
    first = "1f45c60d80bf97e4"
    assert rows == [
        ("a.txt", "loaded", None, None),
        ("b.txt", "duplicate", "same_bytes", first),
        ("c-gbk.txt", "duplicate", "same_content", first),
        ("d-utf16.txt", "duplicate", "same_content", first),
        ("e-utf16.txt", "duplicate", "same_content", first),
    ]
    assert query(db, "SELECT count(*) FROM fact") == [(78,)]


@pytest.mark.parametrize(
    ("name", "data", "status", "reason"),
    [
        ("speech.txt", "全县工作会议讲话\n同志们：\n去年完成造林300亩。\n".encode(), "rejected", "not_self_evaluation"),
        ("notice.txt", "关于开展2023年度部门整体支出绩效自评工作的通知\n各单位：\n请于3月31日前报送。\n".encode(), "rejected", "notice"),
        ("goals.txt", DECLARATION.encode(), "rejected", "target_declaration"),
        ("empty.txt", b"", "rejected", "empty_file"),
        ("blank.txt", b" \n\n\t\n", "rejected", "empty_file"),
        ("bad.txt", b"\xe4\xb8\xff\xff\x81", "quarantined", "bad_encoding"),
        ("really-a-pdf.txt", b"%PDF-1.7\n...", "quarantined", "damaged"),
        ("cut.docx", b"PK\x03\x04word/document.xml[Content_Types].xml", "quarantined", "damaged"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "quarantined", "unsupported_format"),
        ("picture.docx", b"\x89PNG\r\n\x1a\n", "quarantined", "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_every_file_has_a_row_with_its_reason(tmp_path: Path, name: str, data: bytes, status: str, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    db = tmp_path / "w.duckdb"
    summary = ingest([tmp_path / name], db, workers=1)
    assert summary.exit_status == 1
    ((got_status, got_reason, words, size),) = query(db, "SELECT status, reason_code, reason, bytes FROM document")
    assert (got_status, got_reason, size) == (status, reason, len(data))
    assert words
    assert "\n" not in words
    assert query(db, "SELECT count(*) FROM fact") == [(0,)]


def test_the_same_damaged_bytes_twice_in_one_run(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"\xe4\xb8\xff\xff\x81")
    db = tmp_path / "w.duckdb"
    ingest([tmp_path], db, workers=1)
    assert query(db, "SELECT source_file, status, reason_code FROM document ORDER BY 1") == [
        ("a.txt", "quarantined", "bad_encoding"),
        ("b.txt", "quarantined", "bad_encoding"),
    ]


def test_a_file_larger_than_the_limit_is_kept_out(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_bytes(b"x" * (2**20 + 1))
    db = tmp_path / "w.duckdb"
    ingest([tmp_path / "large.txt"], db, 1, Limits(file_mb=1))
    assert query(db, "SELECT status, reason_code, reason, length(sha256) FROM document") == [
        ("quarantined", "too_large", "1 MB; the limit is 1 MB a file", 64)
    ]


def test_a_file_that_takes_too_long_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_reports(tmp_path / "in", 2)
    (tmp_path / "in" / "slow.txt").write_text(SEED.read_text(encoding="utf-8") * 400, encoding="utf-8")
    db = tmp_path / "w.duckdb"
    ingest([tmp_path / "in"], db, 1, Limits(seconds=3))
    rows = query(db, "SELECT source_file, status, reason_code FROM document ORDER BY 1")
    assert rows[:2] == [("report-000.txt", "loaded", None), ("report-001.txt", "loaded", None)]
    assert rows[2] == ("slow.txt", "quarantined", "time_limit")


def test_unreadable_names_links_and_loops(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_reports(folder, 1)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    os.mkfifo(folder / "pipe.txt")
    gbk = os.fsdecode("绩效自评.txt".encode("gb18030"))
    (folder / gbk).write_text(report(7), encoding="utf-8")
    db = tmp_path / "w.duckdb"
    summary = ingest([folder], db, workers=1)
    assert summary.offered == 4
    rows = dict(query(db, "SELECT source_file, coalesce(reason_code, status) FROM document"))
    assert rows == {
        "report-000.txt": "loaded", "gone.txt": "unreadable_file", "pipe.txt": "unreadable_file", "绩效自评.txt": "loaded",
    }  # fmt: skip
    assert readable(folder / gbk) == "绩效自评.txt"


def test_files_named_in_jixiaoignore_are_counted_not_offered(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 2)
    (tmp_path / "in" / ".jixiaoignore").write_text("# no report\n*.log\n", encoding="utf-8")
    (tmp_path / "in" / "run.log").write_text("x", encoding="utf-8")
    summary = ingest([tmp_path / "in"], tmp_path / "w.duckdb", workers=1)
    assert (summary.offered, summary.ignored, summary.counts["loaded"]) == (2, 1, 2)


def test_a_changed_report_is_a_new_revision_and_both_stay(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(report(1, "0.40"), encoding="utf-8")
    db = tmp_path / "w.duckdb"
    ingest([tmp_path / "a.txt"], db, workers=1)
    (tmp_path / "a.txt").write_text(report(1, "0.50"), encoding="utf-8")
    ingest([tmp_path / "a.txt"], db, workers=1)
    reception = "concept = 'official_reception' AND period = 'current_final'"
    assert query(db, f"SELECT raw_text FROM fact WHERE {reception}") == [("0.50\u3000",)]
    assert len(query(db, f"SELECT value FROM core.fact WHERE {reception}")) == 2
    assert query(db, "SELECT status, count(*) FROM document GROUP BY ALL") == [("loaded", 2)]
    assert query(db, "SELECT dept_name, count(*) FROM dept_year GROUP BY ALL") == [(f"中共岳阳市{office(1)}", 1)]


def test_only_one_run_writes(tmp_path: Path) -> None:
    db = tmp_path / "w.duckdb"
    with building(db) as run:
        run.discard()
        with pytest.raises(BusyError, match="another run is writing"):
            ingest([SEED], db, workers=1)


def test_readers_keep_what_they_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.publish._GRACE", 0.0)
    db = tmp_path / "w.duckdb"
    ingest(write_reports(tmp_path / "in", 1), db, workers=1)
    with open_read_only(db) as reader:
        for count in (2, 3, 4):
            ingest(write_reports(tmp_path / "in", count), db, workers=1)
            assert query(db, "SELECT count(*) FROM dept_year") == [(count,)]
            assert reader.execute("SELECT count(*) FROM dept_year").fetchone() == (1,)
    kept = list((tmp_path / "w.duckdb.versions").glob("0*.duckdb"))
    assert len(kept) == 2


def test_a_removed_warehouse_does_not_come_back(tmp_path: Path) -> None:
    db = tmp_path / "w.duckdb"
    ingest(write_reports(tmp_path / "in", 2), db, workers=1)
    db.unlink()
    summary: Summary = ingest([SEED], db, workers=1)
    assert summary.counts["loaded"] == 1
    assert query(db, "SELECT count(*) FROM document") == [(1,)]


def test_the_file_opens_with_the_oldest_duckdb_that_is_supported(tmp_path: Path) -> None:
    db = tmp_path / "w.duckdb"
    ingest([SEED], db, workers=1)
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{db.resolve()}' AS w (READ_ONLY)")
        (tags,) = con.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'w'").fetchall()
    assert "v1.0.0" in str(tags)


def test_views_of_a_new_version_come_without_a_new_file(tmp_path: Path) -> None:
    db = tmp_path / "w.duckdb"
    ingest([SEED], db, workers=1)
    with building(db) as run:  # as a version that had another view left it
        run.con.execute("DROP VIEW main.project_year")
        run.con.execute("UPDATE core.schema_version SET fingerprint = 'older'")
        run.publish()
    summary = ingest([SEED], db, workers=1)
    assert summary.known == 1
    assert query(db, "SELECT count(*) FROM project_year") == [(0,)]
