"""A warehouse made anew from its archive, and what people decided stays."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.archive import reading
from pipeline.ingest import ingest
from pipeline.quarantine import held, named, release, retry, what_to_do
from pipeline.running.reprocess import Reprocessed, reprocess
from pipeline.running.run import run
from pipeline.workers import Limits
from tests.conftest import ROOT
from tests.pipeline.test_cli import jixiao
from tests.pipeline.test_lifecycle import everything
from tests.reports import report, write_reports
from tests.running.setting import FOLDER, query, settings
from warehouse.publish import building, open_read_only

NEVER_READ = b"\xe4\xb8\xff\xff\x81"


def test_a_rebuild_is_the_same_and_keeps_marks(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 3)
    given = settings(tmp_path, FOLDER)
    run(given)
    (tmp_path / "in" / "report-001.txt").write_text(report(1, "0.90"), encoding="utf-8")
    run(given)
    (finding,) = query(given.db, "SELECT min(finding_id) FROM finding")
    assert jixiao("mark", finding[0], "explained", "--by", "李四", "--db", str(given.db)).returncode == 0
    shutil.rmtree(tmp_path / "in")
    before = everything(given.db)
    seen = query(given.db, "SELECT file_id, first_seen, last_seen, offered_order FROM document ORDER BY ALL")
    asked: list[Reprocessed] = []

    def agree(found: Reprocessed) -> bool:
        asked.append(found)
        return True

    done = reprocess(given, agree)
    assert done.published is not None
    assert not any(asked[0].differences)
    assert asked[0].lost == []
    assert everything(given.db) == before
    assert query(given.db, "SELECT file_id, first_seen, last_seen, offered_order FROM document ORDER BY ALL") == seen
    assert query(given.db, "SELECT mark, marked_by FROM finding WHERE mark IS NOT NULL") == [("explained", "李四")]
    assert query(given.db, "SELECT kind FROM run ORDER BY started") == [("run",), ("run",), ("reprocess",)]


def test_the_difference_is_shown_and_nothing_published(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 2)
    given = settings(tmp_path, FOLDER)
    run(given)
    with building(given.db) as built:  # as an older parser would have left it
        built.con.execute(
            "UPDATE core.fact SET value = value + 1 WHERE concept = 'official_reception' AND value IS NOT NULL"
        )
        built.con.execute("DELETE FROM core.indicator WHERE seq = 1")
        built.con.execute(
            "UPDATE raw.file SET status = 'rejected', reason_code = 'notice' WHERE source_file = 'report-001.txt'"
        )
        built.publish()
    before = everything(given.db)
    done = jixiao("reprocess", "--config", str(given.config), "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["published"], told["lost_documents"]) == (0, False, [])
    assert told["differences"]["status"]["changed"] == 1
    assert told["differences"]["indicator"]["added"] == 2 + 13
    fact = told["differences"]["fact"]
    assert (fact["lost"], fact["changed"] > 0) == (0, True)
    assert fact["examples"][0]["what"].startswith("official_reception")
    assert everything(given.db) == before
    assert not list((tmp_path / "w.duckdb.versions").glob("rebuilding*"))


def test_what_no_archive_holds_is_not_dropped_in_silence(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 1)
    given = settings(tmp_path, FOLDER)
    run(given)
    write_reports(tmp_path / "by-hand", 6)
    ingest([tmp_path / "by-hand" / "report-005.txt"], given.db, 1)
    assert jixiao("reprocess", "--config", str(given.config), "--publish").returncode == 0
    assert query(given.db, "SELECT count(*) FROM document WHERE status = 'loaded'") == [(2,)]
    shutil.rmtree(tmp_path / "by-hand")
    refused = jixiao("reprocess", "--config", str(given.config), "--publish")
    assert (refused.returncode, "1 loaded files would be lost" in refused.stderr) == (2, True)
    assert jixiao("reprocess", "--config", str(given.config), "--publish", "--drop").returncode == 0
    assert query(given.db, "SELECT count(*) FROM document WHERE status = 'loaded'") == [(1,)]


def test_quarantine_gets_smaller(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 1)
    (tmp_path / "in" / "photo.txt").write_bytes(NEVER_READ)
    (tmp_path / "in" / "large.txt").write_text(report(7) + "\n" * 2**20, encoding="utf-8")
    given = settings(tmp_path, FOLDER, "file_mb = 1")
    assert run(given).taken is not None
    listed = json.loads(jixiao("quarantine", "list", "--json", "--db", str(given.db)).stdout)
    assert [(one["source_file"], one["reason_code"]) for one in listed] == [
        ("photo.txt", "bad_encoding"),
        ("large.txt", "too_large"),
    ]
    assert all(one["what_to_do"] for one in listed)
    words = ("quarantine", "retry", "--reason", "too_large", "--file-mb", "64", "--config", str(given.config))
    assert jixiao(*words).returncode == 0
    assert query(given.db, "SELECT status FROM document WHERE source_file = 'large.txt'") == [("loaded",)]
    said = jixiao("quarantine", "release", "photo.txt", "--note", "不是材料", "--by", "李四", "--db", str(given.db))
    assert said.returncode == 0
    state = "SELECT status, reason_code, reason FROM document WHERE source_file = 'photo.txt'"
    released = [("rejected", "released", "taken out of quarantine by 李四: 不是材料")]
    assert query(given.db, state) == released
    assert run(given).exit_status == 0
    given = settings(tmp_path, FOLDER)
    reprocess(given, lambda _: True)
    assert query(given.db, state) == released
    assert query(given.db, "SELECT count(*) FROM document WHERE status = 'quarantined'") == [(0,)]


def test_retry_took_the_limit_of_size_for_one_of_time(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "large.txt").write_text(report(7) + "\n" * 2**20, encoding="utf-8")
    given = settings(tmp_path, FOLDER, "file_mb = 1")
    run(given)
    again = ("quarantine", "retry", "large.txt", "--config", str(given.config), "--file-mb")
    assert jixiao(*again, "1").returncode == 1
    assert query(given.db, "SELECT reason_code FROM document") == [("too_large",)]
    assert jixiao(*again, "64").returncode == 0


def test_retry_takes_back_a_release(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "photo.txt").write_bytes(NEVER_READ)
    given = settings(tmp_path, FOLDER)
    run(given)
    with open_read_only(given.db) as con:
        files = held(con)
    release(given.db, files, "x", "y")
    with open_read_only(given.db) as con:
        again = named(con, [files[0].file_id], released=True)
    summary, lost = retry(given.db, again, reading(given.archive), 1, Limits(), [])
    assert (summary.counts["quarantined"], lost) == (1, [])
    assert query(given.db, "SELECT reason_code FROM document") == [("bad_encoding",)]
    summary, lost = retry(given.db, again, None, 1, Limits(), [])
    assert (summary.offered, lost) == (1, []), "the file lies in its place"
    (tmp_path / "in" / "photo.txt").unlink()
    assert retry(given.db, again, None, 1, Limits(), [])[1] == again


def test_an_unknown_file_is_one_line(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 1)
    given = settings(tmp_path, FOLDER)
    run(given)
    done = jixiao("quarantine", "show", "nothing.txt", "--db", str(given.db))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_what_to_do_is_what_the_documentation_says() -> None:
    text = (
        (ROOT / "docs" / "operate.md")
        .read_text("utf-8")
        .partition("## States and reason codes")[2]
        .partition("\n## ")[0]
    )
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| `")
    ]
    assert {row[0].strip("`"): row[3] for row in rows} == what_to_do()


@pytest.mark.parametrize("protocol", ["memory", "file"])
def test_a_remote_location(tmp_path: Path, protocol: str) -> None:
    fsspec = pytest.importorskip("fsspec")
    root = f"/{tmp_path.name}/reports" if protocol == "memory" else f"{tmp_path}/reports"
    system = fsspec.filesystem(protocol)
    system.makedirs(f"{root}/2023", exist_ok=True)
    for number in range(2):
        system.pipe_file(f"{root}/2023/绩效{number}.txt", report(number).encode())
    system.pipe_file(f"{root}/2023/x.log", b"x")
    given = settings(
        tmp_path, f'[[source]]\nname = "r"\nkind = "remote"\nurl = "{protocol}://{root}"\ninclude = ["*.txt"]'
    )
    assert run(given).total("new") == 2
    again = run(given)
    assert (again.exit_status, again.total("unchanged")) == (0, 2)
    system.pipe_file(f"{root}/2023/绩效1.txt", report(1, "0.90").encode())
    assert (run(given).total("changed"), run(given).total("unchanged")) == (1, 2)
    assert query(given.db, "SELECT DISTINCT source_file FROM document ORDER BY 1") == [("绩效0.txt",), ("绩效1.txt",)]
