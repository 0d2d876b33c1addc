"""Pass after pass gives what one rebuild gives, row for row with ids and times: cases that the soak found."""

from __future__ import annotations

from pathlib import Path

from pipeline.archive import now, reading, writing
from pipeline.running.looking import Looking
from pipeline.running.run import run
from pipeline.running.settings import RunSettings
from tests.reports import report, write_reports
from tests.running.setting import FOLDER, query, settings
from tests.soak.verdict import rebuilt, rows


def look_only(given: RunSettings) -> None:
    """A pass that is killed after it has fetched."""
    with writing(given.archive) as archive:
        archive.record("run", now(), run="killed")
        looking = Looking(archive, given.sources[0], "killed")
        looking.look()
        looking.remember(good=True, accepted=False)


def test_a_correction_that_was_taken_back_between_two_passes(tmp_path: Path) -> None:
    (first, *_) = write_reports(tmp_path / "in", 2)
    given = settings(tmp_path, FOLDER)
    run(given)
    first.write_text(report(0, "0.90"), encoding="utf-8")
    look_only(given)
    first.write_text(report(0, "0.10"), encoding="utf-8")
    run(given)
    assert query(
        given.db, "SELECT DISTINCT old_value::DOUBLE FROM revision_change WHERE concept = 'official_reception'"
    ) == [(0.9,)]
    assert rows(given.db) == rows(rebuilt(given, reading(given.archive)))


def test_a_copy_that_comes_later(tmp_path: Path) -> None:
    (first, *_) = write_reports(tmp_path / "in", 6)
    given = settings(tmp_path, FOLDER)
    run(given)
    (tmp_path / "in" / "copy.txt").write_bytes(first.read_bytes())
    run(given)
    first.write_text(report(0, "0.90"), encoding="utf-8")
    run(given)
    assert rows(given.db) == rows(rebuilt(given, reading(given.archive)))
