"""Whatever happens between two versions, the tables kept of views hold what the live views say, row for row."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from benchmarks.county import TABLES, rows
from pipeline.ingest import ingest
from tests.reports import report, write_reports
from warehouse import served, touched
from warehouse.check import check
from warehouse.load import mark_current_forms
from warehouse.publish import building, open_read_only
from warehouse.served import SERVED, live, serve

OF_REPORT = ("core.finding", "core.checked")
RANDOM = {
    "renamed": "UPDATE core.report SET dept_name = 'n' || {n} WHERE dept_id = {dept}",
    "adopted": "UPDATE core.report SET dept_id = {dept} WHERE report_id = {report}",
    "another year": "UPDATE core.report SET fiscal_year = 2020 + {n} % 4 WHERE report_id = {report}",
    "no year": "UPDATE core.report SET fiscal_year = NULL WHERE report_id = {report}",
    "another order": "UPDATE core.report SET loaded_order = {n} WHERE report_id = {report}",
    "rejected": "UPDATE raw.file SET status = CASE status WHEN 'loaded' THEN 'rejected' ELSE 'loaded' END "
    "WHERE document_id IN (SELECT document_id FROM core.report WHERE report_id = {report})",
    "file": "UPDATE raw.file SET source_file = 'f' || {n} "
    "WHERE document_id IN (SELECT document_id FROM core.report WHERE report_id = {report})",
    "division": "UPDATE core.department SET division_code = 40 + {n} % 7 WHERE dept_id = {dept}",
    "succession": "INSERT INTO core.succession VALUES ({dept}, {other}, ['renamed', 'merged', 'split'][1 + {n} % 3], "
    "2021 + {n} % 3)",
    "no succession": "DELETE FROM core.succession WHERE dept_id IN (SELECT max(dept_id) FROM core.succession)",
    "kind": "UPDATE core.form SET project_name = 'p' || {n} WHERE report_id = {report} AND form_no = 1",
    "fact": "UPDATE core.fact SET value = value + {n} WHERE report_id = {report} AND fact_no % 5 = 0",
    "indicator": "UPDATE core.indicator SET score = {n} WHERE report_id = {report}",
    "no sections": "DELETE FROM core.section WHERE report_id = {report}",
    "section": "UPDATE core.section SET text = '见附件1：基础数据表' WHERE report_id = {report} AND seq = 1",
    "key figure": "UPDATE core.key_figure SET value = {n} WHERE report_id = {report}",
    "mark": "INSERT INTO core.mark SELECT max(finding_id), ['false_alarm', 'confirmed'][1 + {n} % 2], NULL, NULL, "
    "TIMESTAMP '2024-01-01' + to_seconds({step}) FROM core.finding WHERE report_id = {report} HAVING count(*) > 0",
    "unchecked": "DELETE FROM core.checked WHERE report_id = {report}",
    "finding": "UPDATE core.finding SET severity = 'low' WHERE report_id = {report}",
    "nothing": "UPDATE core.report SET alias = 'a' WHERE report_id = {report}",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty reports of ten departments over three years, checked."""
    db = tmp_path_factory.mktemp("whole") / "w.duckdb"
    with building(db) as run:
        rows(run.con, 30, departments=10)
        check(run.con)
        run.publish()
    return db


def differences(con: duckdb.DuckDBPyConnection) -> Counter[str]:
    """Rows that only the table or only the live view has."""
    found: Counter[str] = Counter()
    for view in SERVED:
        for one, other in ((f"served.{view}", f"main.{view}"), (f"main.{view}", f"served.{view}")):
            found[one] = len(con.execute(f"FROM {one} EXCEPT ALL FROM {other}").fetchall())
    return +found


def remove(con: duckdb.DuckDBPyConnection, given: dict[str, object]) -> None:
    named = "report_id = {report}".format(**given)
    for table in (*TABLES[::-1], *OF_REPORT):
        if not table.startswith("raw.") and table != "core.unmapped":
            con.execute(f"DELETE FROM {table} WHERE {named}")


def restore(con: duckdb.DuckDBPyConnection, given: dict[str, object]) -> None:
    remove(con, given)
    named = "report_id = {report}".format(**given)
    for table in (*TABLES, *OF_REPORT):
        if not table.startswith("raw.") and table != "core.unmapped":
            con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM whole.{table} WHERE {named}")


def happen(con: duckdb.DuckDBPyConnection, rng: random.Random, step: int) -> str:
    """One thing that changes the warehouse, at random."""
    depts = [f"'{row[0]}'" for row in con.execute("SELECT dept_id FROM core.department ORDER BY 1").fetchall()]
    reports = [f"'{row[0]}'" for row in con.execute("SELECT report_id FROM whole.core.report ORDER BY 1").fetchall()]
    given: dict[str, object] = {"n": rng.randrange(1, 50), "step": step, "report": rng.choice(reports)}
    given["dept"], given["other"] = rng.sample(depts[:6], 2)
    acts: dict[str, Callable[[duckdb.DuckDBPyConnection, dict[str, object]], None]] = {"removed": remove}
    acts["restored"] = restore
    what = rng.choice([*RANDOM, "removed", "removed", "restored", "restored", "succession"])
    if what in acts:
        acts[what](con, given)
    else:
        con.execute(RANDOM[what].format(**given))
    return what


@pytest.mark.parametrize("seed", range(2))
def test_after_whatever_happens_the_tables_are_the_views(
    whole: Path, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(seed)
    shutil.copyfile(whole.resolve(), tmp_path / "w.duckdb")
    made: Counter[str] = Counter()
    for name in ("_make", "_renew"):
        monkeypatch.setattr(served, name, counting(getattr(served, name), name, made))
    with building(tmp_path / "w.duckdb") as run:
        run.con.execute(f"ATTACH '{whole.resolve()}' AS whole (READ_ONLY)")
        log = []
        for step in range(14):
            log.append([happen(run.con, rng, step) for _ in range(rng.choice([1, 1, 2, 5]))])
            mark_current_forms(run.con)
            monkeypatch.setattr(served, "_MOST", rng.choice([0.3, 1, 1, 1]))
            serve(run.con)
            live(run.con)
            assert not differences(run.con), log
        assert made["_renew"] >= 5


def counting(
    act: Callable[[duckdb.DuckDBPyConnection], None], name: str, made: Counter[str]
) -> Callable[[duckdb.DuckDBPyConnection], None]:
    """Count the calls."""

    def counted(con: duckdb.DuckDBPyConnection) -> None:
        made[name] += 1
        act(con)

    return counted


def test_real_reports_come_are_corrected_and_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "_MOST", 1)
    db = tmp_path / "w.duckdb"
    paths = write_reports(tmp_path / "in", 3)
    ingest([tmp_path / "in"], db, workers=1)
    # everything anew would be more than what changed
    monkeypatch.setattr(served, "_make", lambda con: pytest.fail("everything was worked out anew"))
    write_reports(tmp_path / "in", 4)
    ingest([tmp_path / "in"], db, workers=1)
    paths[0].write_text(report(0, "0.90"), encoding="utf-8")
    ingest([tmp_path / "in"], db, workers=1)
    with open_read_only(db) as con:
        assert con.execute("SELECT count(*) FROM dept_year").fetchall() == [(4,)]
        assert con.execute(
            "SELECT new_value::DOUBLE FROM revision_change WHERE concept = 'official_reception' AND period = 'current_final'"
        ).fetchall() == [(0.9,)]
    with building(db) as run:
        assert not differences(run.con)
        run.con.execute("DELETE FROM core.report WHERE loaded_order = 2")
        run.publish()
    with open_read_only(db) as con:
        assert con.execute("SELECT count(*) FROM dept_year").fetchall() == [(3,)]


def test_only_the_departments_that_changed_and_their_relatives(whole: Path, tmp_path: Path) -> None:
    shutil.copyfile(whole.resolve(), tmp_path / "w.duckdb")
    with building(tmp_path / "w.duckdb") as run:
        touched.digest(run.con)
        assert touched.changed(run.con) == 0
        run.con.execute("DETACH touched")
        a, b, c, d = (row[0] for row in run.con.execute("SELECT dept_id FROM core.department LIMIT 4").fetchall())
        run.con.executemany("INSERT INTO core.succession VALUES (?, ?, 'merged', 2022)", [(a, b), (c, b)])
        serve(run.con)
        run.con.execute("UPDATE core.department SET division_code = '99' WHERE dept_id IN (?, ?)", [a, d])
        touched.digest(run.con)
        touched.changed(run.con)
        assert set(run.con.execute("FROM touched.dept").fetchall()) == {(a,), (b,), (c,), (d,)}


def test_tables_of_other_views_are_made_anew(whole: Path, tmp_path: Path) -> None:
    shutil.copyfile(whole.resolve(), tmp_path / "w.duckdb")
    with building(tmp_path / "w.duckdb") as run:
        run.con.execute("UPDATE served.made_by SET fingerprint = 'of another version'")
        run.con.execute("DELETE FROM served.dept_year")
        run.publish()
    with building(tmp_path / "w.duckdb") as run:
        assert not differences(run.con)
