"""Checks of an auditor's own, and how they run again for what changed and only for that."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline.ingest import Summary, ingest
from tests.reports import write_reports

MINE = """-- code: MINE-01
-- class: S
-- severity: info
-- title: 接待费超过0.1万元 · Reception over 1,000 yuan
-- rule: 公务接待费 ≤ 0.1 万元
SELECT
    report_id, form_id, period AS subject, 0.1 AS expected, value AS actual, [ref] AS evidence,
    CASE WHEN value > 0.1 THEN 'fail' ELSE 'pass' END AS status, '公务接待费 ' || audit.plain(value) || ' 万元' AS message
FROM audit.fact
WHERE concept = 'official_reception' AND period = 'current_final' AND value IS NOT NULL
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    checks = tmp_path / "checks"
    checks.mkdir()
    (checks / "mine.sql").write_text(MINE, encoding="utf-8")
    return checks


def found(db: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(db.resolve()), read_only=True) as con:
        return con.execute(sql).fetchall()


def run(paths: list[Path], db: Path, folder: Path) -> Summary:
    return ingest(paths, db, workers=1, check_folders=[folder])


def test_a_check_dropped_into_a_folder_runs(tmp_path: Path, folder: Path) -> None:
    db = tmp_path / "w.duckdb"
    assert run(write_reports(tmp_path / "in", 2), db, folder).broken_checks == []
    told = found(
        db,
        "SELECT subject, actual, difference, severity, title FROM finding WHERE check_code = 'MINE-01' ORDER BY actual",
    )
    assert [tuple(str(v) for v in row) for row in told] == [
        ("current_final", "0.110000", "0.010000", "info", "接待费超过0.1万元"),
    ]
    assert found(db, "SELECT status, count(*) FROM check_result WHERE check_code = 'MINE-01' GROUP BY ALL ORDER BY ALL") == [
        ("fail", 1), ("pass", 1),
    ]  # fmt: skip


def test_broken_checks_are_named_and_skipped(tmp_path: Path, folder: Path) -> None:
    (folder / "headless.sql").write_text("SELECT 1", encoding="utf-8")
    (folder / "taken.sql").write_text(MINE.replace("MINE-01", "ARI-01"), encoding="utf-8")
    (folder / "wrong.sql").write_text(
        MINE.replace("MINE-01", "MINE-02").replace("official", "no").replace("period AS", "nothing AS"), "utf-8"
    )
    (folder / "severe.sql").write_text(MINE.replace("info", "terrible"), encoding="utf-8")
    db = tmp_path / "w.duckdb"
    broken = run(write_reports(tmp_path / "in", 1), db, folder).broken_checks
    assert [line.partition(": check skipped: ")[0].rpartition("/")[2] for line in broken] == [
        "headless.sql", "severe.sql", "taken.sql", "wrong.sql",
    ]  # fmt: skip
    assert "the head comment lacks code, class, severity, title, rule" in broken[0]
    assert "severity is terrible" in broken[1]
    assert "code ARI-01 is taken by ARI-01.sql" in broken[2]
    assert "MINE-02" in broken[3]
    assert found(db, "SELECT count(*) FROM check_rule WHERE problem IS NOT NULL") == [(4,)]
    assert found(db, "SELECT count(*) FROM check_result WHERE check_code = 'MINE-01'") == [(1,)]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    summary = run(write_reports(tmp_path / "in", 1), tmp_path / "w.duckdb", tmp_path / "nowhere")
    assert [line for line in summary.broken_checks if "no such folder of checks" in line]


def test_only_the_departments_that_changed_are_checked_again(tmp_path: Path, folder: Path) -> None:
    db = tmp_path / "w.duckdb"
    paths = write_reports(tmp_path / "in", 3)
    run(paths[:2], db, folder)
    before = found(db, "SELECT rowid, report_id FROM core.check_result WHERE check_code = 'MINE-01' ORDER BY rowid")
    run(paths[2:], db, folder)
    after = found(db, "SELECT rowid, report_id FROM core.check_result WHERE check_code = 'MINE-01' ORDER BY rowid")
    assert after[:2] == before
    assert len(after) == 3


def test_a_check_that_changed_runs_again_and_one_removed_leaves_nothing(tmp_path: Path, folder: Path) -> None:
    db = tmp_path / "w.duckdb"
    paths = write_reports(tmp_path / "in", 3)
    run(paths[:2], db, folder)
    (folder / "mine.sql").write_text(MINE.replace("0.1 ", "0.05 ").replace("> 0.1", "> 0.05"), encoding="utf-8")
    run(paths[2:], db, folder)
    assert found(db, "SELECT count(*) FROM finding WHERE check_code = 'MINE-01'") == [(3,)]
    (folder / "mine.sql").unlink()
    run(write_reports(tmp_path / "in", 4)[3:], db, folder)
    assert found(db, "SELECT count(*) FROM check_result WHERE check_code = 'MINE-01'") == [(0,)]
    assert found(db, "SELECT count(*) FROM check_rule WHERE check_code = 'MINE-01'") == [(0,)]


def test_a_superseded_report_leaves_no_findings(tmp_path: Path, folder: Path) -> None:
    db = tmp_path / "w.duckdb"
    (path,) = write_reports(tmp_path / "in", 1)
    path.write_text(path.read_text("utf-8").replace("0.10\u3000", "0.20\u3000"), encoding="utf-8")
    run([path], db, folder)
    assert found(db, "SELECT count(*) FROM finding WHERE check_code = 'MINE-01'") == [(1,)]
    path.write_text(path.read_text("utf-8").replace("0.20\u3000", "0.05\u3000"), encoding="utf-8")
    run([path], db, folder)
    assert found(db, "SELECT count(*) FROM finding WHERE check_code = 'MINE-01'") == [(0,)]
    assert found(db, "SELECT status FROM check_result WHERE check_code = 'MINE-01'") == [("pass",)]


def test_a_check_runs_at_the_next_ingest_also_where_no_file_is_new(tmp_path: Path, folder: Path) -> None:
    db = tmp_path / "w.duckdb"
    paths = write_reports(tmp_path / "in", 2)
    mine = folder / "mine.sql"
    mine.rename(tmp_path / "mine.sql")
    run(paths, db, folder)
    first = db.resolve()
    run(paths, db, folder)
    assert db.resolve() == first  # nothing to do: nothing is published
    (tmp_path / "mine.sql").rename(mine)
    summary = run(paths, db, folder)
    assert (summary.known, summary.counts.total(), summary.broken_checks) == (2, 0, [])
    status = "SELECT status, count(*) FROM check_result WHERE check_code = 'MINE-01' GROUP BY ALL ORDER BY ALL"
    assert found(db, status) == [("fail", 1), ("pass", 1)]
    mine.write_text(MINE.replace("> 0.1", "> 5"), encoding="utf-8")
    run(paths, db, folder)
    assert found(db, status) == [("pass", 2)]
    mine.unlink()
    run(paths, db, folder)
    assert found(db, status) == []
    last = db.resolve()
    run(paths, db, folder)
    assert db.resolve() == last


def test_a_check_that_cannot_run_is_tried_again_only_when_it_changed(tmp_path: Path, folder: Path) -> None:
    db = tmp_path / "w.duckdb"
    paths = write_reports(tmp_path / "in", 1)
    (folder / "mine.sql").write_text(
        MINE.replace("official_reception", "no").replace("period AS", "nothing AS"), "utf-8"
    )
    assert len(run(paths, db, folder).broken_checks) == 1
    first = db.resolve()
    run(paths, db, folder)
    assert db.resolve() == first
    (folder / "mine.sql").write_text(MINE, encoding="utf-8")
    assert run(paths, db, folder).broken_checks == []
    assert found(db, "SELECT count(*) FROM check_result WHERE check_code = 'MINE-01'") == [(1,)]
