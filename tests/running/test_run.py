"""A pass over folders: what it says of itself, what fails, what a second one does."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.archive import reading
from pipeline.running import run as running
from pipeline.running.floors import year_drops
from pipeline.running.run import run
from tests.pipeline.test_cli import jixiao
from tests.pipeline.test_interrupted import COMMAND
from tests.pipeline.test_lifecycle import everything
from tests.reports import report, write_reports
from tests.running.setting import FOLDER, query, settings
from tests.soak.verdict import rebuilt, rows
from warehouse.publish import open_read_only

NEVER_READ = b"\xe4\xb8\xff\xff\x81"


def test_what_a_pass_says_of_itself(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 2)
    (tmp_path / "in" / "damaged.txt").write_bytes(NEVER_READ)
    settings(tmp_path, FOLDER, 'metrics = "m/jixiao.prom"\nsummary = "last.json"')
    done = jixiao("run", "--config", str(tmp_path / "jixiao.toml"), "--json", "--log", "json")
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert [told[n] for n in ("new", "changed", "failed", "loaded", "quarantined", "exit_status")] == [3, 0, 0, 2, 1, 1]
    assert json.loads((tmp_path / "last.json").read_text("utf-8")) == told
    assert "damaged.txt: quarantined, bad_encoding" in (tmp_path / "last.txt").read_text("utf-8")
    assert all(json.loads(line)["level"] for line in done.stderr.splitlines())
    metrics = (tmp_path / "m" / "jixiao.prom").read_text("utf-8").splitlines()
    assert 'jixiao_documents{status="quarantined"} 1' in metrics
    assert 'jixiao_source_new_files{source="folder"} 3' in metrics
    ((kind, state, status, new, words, summary),) = query(
        tmp_path / "w.duckdb", "SELECT kind, state, exit_status, new_files, words, summary FROM run"
    )
    assert (kind, state, status, new, words) == ("run", "ended", 1, 3, told["words"])
    assert json.loads(summary)["findings"] == told["findings"]
    assert sum(told["findings_new"].values()) == sum(told["findings"].values()) > 0
    again = jixiao("run", "--config", str(tmp_path / "jixiao.toml"))
    assert (again.returncode, "0 new, 0 changed, 3 as they were" in again.stdout) == (0, True)


def test_a_second_run_says_so_and_ends_well(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 1)
    settings(tmp_path, FOLDER)
    (tmp_path / "archive").mkdir()
    with (tmp_path / "archive" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = jixiao("run", "--config", str(tmp_path / "jixiao.toml"))
    assert (done.returncode, "another run is at work" in done.stdout) == (0, True)
    assert not (tmp_path / "w.duckdb").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[source]]\nkind = "folder"', "source 1 needs a name"),
        ('[[source]]\nname = "a"\nkind = "ftp"', "kind must be one of folder, site, remote"),
        (
            '[[source]]\nname = "a"\nkind = "folder"\npath = "in"\nincludes = ["*"]',
            "includes is no setting of a folder; include?",
        ),
        ('[[source]]\nname = "a"\nkind = "folder"', "path is missing"),
        ('[[source]]\nname = "a"\nkind = "site"\nstart = ["http://x/"]\nfiles = ["("]', "( is no regular expression"),
        ('[[source]]\nname = "a"\nkind = "site"\nstart = ["file:///etc/"]', "file:///etc/ is no address of a page"),
        ('[run]\nfloor = "x"', "floor must be a number"),
        ("[run]\nflor = 1", "flor is no setting of [run]"),
        ('db = "w.duckdb"', "no [[source]] in it"),
    ],
)
def test_a_wrong_configuration_is_one_line_and_status_2(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "jixiao.toml").write_text(text, encoding="utf-8")
    done = jixiao("run", "--config", str(tmp_path / "jixiao.toml"))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert said in done.stderr


def test_globs_and_a_missing_folder(tmp_path: Path) -> None:
    write_reports(tmp_path / "in" / "2023", 2)
    (tmp_path / "in" / "2023" / "x.log").write_text("x")
    (tmp_path / "in" / "draft-1.txt").write_text("x")
    done = run(settings(tmp_path, FOLDER + 'include = ["**/*.txt"]\nexclude = ["draft*"]'))
    assert (done.exit_status, done.total("new")) == (0, 2)
    (tmp_path / "in").rename(tmp_path / "elsewhere")
    gone = run(settings(tmp_path, FOLDER))
    assert (gone.exit_status, gone.sources[0].complete) == (2, False)
    assert "is it mounted?" in gone.words()
    assert query(tmp_path / "w.duckdb", "SELECT count(*) FROM document WHERE status = 'loaded'") == [(2,)]


def test_a_look_that_finds_far_less_fails_and_keeps_the_last_good_warehouse(tmp_path: Path) -> None:
    paths = write_reports(tmp_path / "in", 6)
    given = settings(tmp_path, FOLDER)
    run(given)
    for path in paths[2:]:
        path.unlink()
    (tmp_path / "in" / "new.txt").write_text(report(50), encoding="utf-8")
    (tmp_path / "in" / "report-000.txt").unlink()
    published, before = os.readlink(given.db), everything(given.db)
    failed = run(given)
    assert (failed.exit_status, failed.floors) == (2, ["folder: 2 files found, 6 were there before"])
    assert (os.readlink(given.db), everything(given.db)) == (published, before)
    assert run(given).exit_status == 2, "what failed once is no new measure"
    accepted = run(given, accepted=["folder"])
    assert (accepted.exit_status, accepted.total("unchanged")) == (0, 2)
    assert query(given.db, "SELECT count(*) FROM document") == [(7,)], "nothing is lost that a source lost"
    assert [row[0] for row in query(given.db, "SELECT state FROM run ORDER BY started")] == [
        "ended",
        "failed",
        "failed",
        "ended",
    ]
    assert run(given).exit_status == 0


def year_of(number: int, year: int) -> str:
    """The report of another year."""
    return (
        report(number)
        .replace("2022", "the year before")
        .replace("2023", str(year))
        .replace("the year before", str(year - 1))
    )


def test_a_year_that_holds_far_less_than_the_one_before_fails(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}-2022.txt").write_text(year_of(number, 2022), encoding="utf-8")
    given = settings(tmp_path, FOLDER)
    assert run(given).exit_status == 0
    for number in range(2):
        (folder / f"{number}-2023.txt").write_text(year_of(number, 2023), encoding="utf-8")
    published = os.readlink(given.db)
    failed = run(given)
    assert (failed.exit_status, os.readlink(given.db)) == (2, published)
    assert failed.floors == ["folder: 2 files and 156 facts of 2023, 6 files and 468 facts of 2022"]
    assert run(given, accepted=["folder"]).exit_status == 0
    assert run(given).exit_status == 0
    with open_read_only(given.db) as con:
        assert year_drops(con, given, date(2024, 10, 30)) == [], "the season is not over"
        assert [drop.year for drop in year_drops(con, given, date(2024, 10, 31))] == [2023]


def test_a_damaged_archive_is_named_and_lost_bytes_are_fetched_again(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 2)
    given = settings(tmp_path, FOLDER)
    run(given)
    archive = reading(given.archive)
    blobs = list(archive.blobs.everything())
    assert len(blobs) == 2
    assert all(oct(archive.blobs.path(sha).stat().st_mode)[-3:] == "444" for sha in blobs)
    archive.blobs.path(blobs[0]).unlink()
    done = run(given)
    assert (done.exit_status, done.total("unchanged")) == (1, 2)
    assert "missing from the archive" in done.words()
    assert list(reading(given.archive).blobs.everything()) == blobs
    log = given.archive / "log" / "000001.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines) + lines[-1][:20])  # as a killed run leaves it
    assert run(given).exit_status == 0
    log.write_bytes(lines[0] + b"{torn\n" + b"".join(lines[2:]))
    refused = jixiao("run", "--config", str(tmp_path / "jixiao.toml"))
    assert (refused.returncode, "line 2 is damaged" in refused.stderr) == (2, True)


def test_a_run_killed_after_it_published_did_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_reports(tmp_path / "in", 1)
    given = settings(tmp_path, FOLDER)
    monkeypatch.setattr(running, "_end", lambda *_: None)
    first = run(given)
    assert reading(given.archive).state.runs[first.run_id].ended is None
    monkeypatch.undo()
    run(given)
    assert reading(given.archive).state.runs[first.run_id].ended == first.ended
    assert [row[0] for row in query(given.db, "SELECT state FROM run")] == ["ended", "ended"]


def begun(archive: Path) -> int:
    """Passes that the log knows of."""
    return sum(file.read_bytes().count(b'"kind":"run"') for file in archive.glob("log/*.jsonl"))


@pytest.mark.slow
def test_killed_passes_lose_and_double_nothing(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 40)
    given = settings(tmp_path, FOLDER)
    ends = []
    for number, after in enumerate((0.05, 0.1, 0.3, 0.6, 1.0, 1.5, 2.0), start=1):
        process = subprocess.Popen(
            [*COMMAND, "run", "--config", str(given.config)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while begun(given.archive) < number and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(after)
        os.killpg(process.pid, signal.SIGKILL)
        ends.append(process.wait())
    assert -signal.SIGKILL in ends
    assert run(given).exit_status == 0
    assert query(given.db, "SELECT status, count(*) FROM document GROUP BY ALL") == [("loaded", 40)]
    (interrupted,) = query(given.db, "SELECT count(*) FROM run WHERE state = 'interrupted'")
    assert interrupted[0] > 0
    assert rows(given.db) == rows(rebuilt(given, reading(given.archive)))


def test_old_looks_are_no_measure() -> None:
    from pipeline.archive import now
    from pipeline.archive.state import Look
    from pipeline.running.floors import look_drop
    from pipeline.running.looking import Looked
    from pipeline.running.settings import RunSettings

    given = RunSettings(Path("c"), Path("w"), ())
    at = now()
    looked = Looked("a", "site", unchanged=4)

    def look(found: int, days: int, complete: bool = True, good: bool = True, accepted: bool = False) -> Look:
        return Look("a", at - timedelta(days=days), found, complete, good, accepted)

    assert look_drop(given, looked, [look(10, 30)], at) is not None
    assert look_drop(given, looked, [look(9, 30)], at) is None
    assert look_drop(given, looked, [look(10, 400)], at) is None
    assert look_drop(given, looked, [look(10, 30), look(4, 20, accepted=True)], at) is None
    assert look_drop(given, looked, [look(10, 30, good=False)], at) is None
    assert look_drop(given, Looked("a", "site", unchanged=1), [look(4, 30)], at) is None
    assert look_drop(given, Looked("a", "site", complete=False), [look(10, 30)], at) is None
