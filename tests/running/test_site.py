"""A site from its listing to the warehouse: names, encodings, redirects, what breaks, what changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from pipeline.archive import reading
from pipeline.running.run import run
from tests.makers.site import File, LocalSite
from tests.reports import report
from tests.running.setting import SITE, query, settings

pytest.importorskip("scrapy")
TITLE = "2023年度部门整体支出绩效自评报告"


def text(number: int, reception: str = "0.33") -> bytes:
    return report(number, reception).encode()


@pytest.fixture
def served() -> Iterator[tuple[LocalSite, str]]:
    site = LocalSite()
    with site.serving() as base:
        yield site, base


def publish(site: LocalSite, number: int, href: str, file: File, words: str = "附件") -> None:
    """An article with one file."""
    site.publish(f"/art/{number}.html", f"第{number}号{TITLE}", f"2024-09-{number + 10}", [(href, words)])
    site.files[href] = file


def test_names_dates_and_titles_as_they_are_published(served: tuple[LocalSite, str], tmp_path: Path) -> None:
    site, base = served
    utf8, gbk = quote("/files/绩效自评一.txt"), "/files/" + quote("绩效自评二.txt".encode("gbk"))
    publish(site, 1, utf8, File(text(1)))
    publish(site, 2, gbk, File(text(2)))
    publish(site, 3, "/download?id=3", File(text(3), disposition='attachment; filename="绩效自评三.txt"'.encode("gbk")))
    publish(
        site,
        4,
        "/download?id=4",
        File(text(4), disposition=b"attachment; filename*=UTF-8''" + quote("四.txt").encode()),
    )
    publish(site, 5, "/download?id=5", File(text(5)), words="自评报告五.txt")
    publish(site, 6, "/download?id=6", File(b"", redirect="/cdn/六.txt".encode().decode("latin-1")))
    site.files[quote("/cdn/六.txt")] = File(text(6))
    publish(site, 7, "/files/7.docx", File(text(7), content_type="text/html; charset=gbk"))
    done = run(settings(tmp_path, SITE.format(base=base)))
    assert (done.exit_status, done.total("new"), done.total("failed")) == (0, 7, 0), done.words()
    rows = query(tmp_path / "w.duckdb", "SELECT source_file, status, page_title, published, page_uri FROM document")
    names = ["绩效自评一.txt", "绩效自评二.txt", "绩效自评三.txt", "四.txt", "自评报告五.txt", "六.txt", "7.docx"]
    expected = {
        (name, "loaded", f"第{n}号{TITLE}", date(2024, 9, n + 10), f"{base}/art/{n}.html")
        for n, name in enumerate(names, start=1)
    }
    assert set(rows) == expected
    kept = [held.address for held in reading(tmp_path / "archive").state.in_order()]
    assert f"{base}/download?id=6" in kept, "the address is the one that the page names, wherever it leads"


def test_what_breaks_costs_itself_alone(served: tuple[LocalSite, str], tmp_path: Path) -> None:
    site, base = served
    site.robots = "User-agent: *\nDisallow: /files/private\n"
    publish(site, 1, "/files/1.txt", File(text(1)))
    publish(site, 2, "/files/2.txt", File(text(2), failures=1))
    publish(site, 3, "/files/3.txt", File(b"", trouble="500"))
    publish(site, 4, "/files/4.txt", File(b"", trouble="slow"))
    publish(site, 5, "/files/5.txt", File(b"", trouble="endless"))
    publish(site, 6, "/files/6.txt", File(text(6), trouble="reset"))
    publish(site, 7, "/files/private/7.txt", File(text(7)))
    publish(site, 8, "/files/8.docx", File("<html>找不到页面</html>".encode(), content_type="application/msword"))
    done = run(settings(tmp_path, SITE.format(base=base)))
    assert done.exit_status == 1
    (looked,) = done.sources
    assert (looked.new, looked.failed, looked.complete) == (3, 5, True), done.words()
    broke = {line.removeprefix(base).partition(": ")[0]: line for line in looked.broke}
    assert set(broke) == {"/files/3.txt", "/files/4.txt", "/files/5.txt", "/files/6.txt", "/files/private/7.txt"}
    assert "answered 500" in broke["/files/3.txt"]
    assert "robots.txt" in broke["/files/private/7.txt"]
    assert site.asked["/files/private/7.txt"] == 0
    states = dict(query(tmp_path / "w.duckdb", "SELECT source_file, status FROM document"))
    assert states.pop("8.docx") in {"rejected", "quarantined"}
    assert states == {"1.txt": "loaded", "2.txt": "loaded"}


def test_only_what_changed_is_fetched_and_both_revisions_stay(served: tuple[LocalSite, str], tmp_path: Path) -> None:
    site, base = served
    for number in range(1, 8):
        publish(site, number, f"/files/{number}.txt", File(text(number, "0.40"), etag=number != 3))
    given = settings(tmp_path, SITE.format(base=base))
    assert run(given).total("new") == 7
    again = run(given)
    assert (again.exit_status, again.total("new"), again.total("changed"), again.total("unchanged")) == (0, 0, 0, 7)
    site.files["/files/2.txt"] = File(text(2, "0.50"))
    changed = run(given)
    assert (changed.total("new"), changed.total("changed"), changed.total("unchanged")) == (0, 1, 6)
    db = tmp_path / "w.duckdb"
    of_two = "source_uri LIKE '%/files/2.txt'"
    assert query(db, f"SELECT status, count(*) FROM document WHERE {of_two} GROUP BY ALL") == [("loaded", 2)]
    reception = "concept = 'official_reception' AND period = 'current_final' AND source_file = '2.txt'"
    assert query(db, f"SELECT value::VARCHAR FROM fact WHERE {reception}") == [("0.500000",)]
    said = query(
        db, "SELECT concept, old_value::DOUBLE, new_value::DOUBLE FROM revision_change WHERE period = 'current_final'"
    )
    assert ("official_reception", 0.4, 0.5) in said
    # the correction is taken back: what the site shows is current again
    site.files["/files/2.txt"] = File(text(2, "0.40"))
    assert run(given).total("changed") == 1
    assert query(db, f"SELECT value::VARCHAR FROM fact WHERE {reception}") == [("0.400000",)]


def test_a_dry_run_fetches_nothing(served: tuple[LocalSite, str], tmp_path: Path) -> None:
    from pipeline.running.looking import listed
    from pipeline.sources.events import Listed

    site, base = served
    for number in range(1, 8):
        publish(site, number, f"/files/{number}.txt", File(text(number)))
    given = settings(tmp_path, SITE.format(base=base))
    events = listed(reading(given.archive), given.sources[0])
    assert {e.name for e in events if isinstance(e, Listed)} == {f"{n}.txt" for n in range(1, 8)}
    assert not any(path.startswith("/files") for path in site.asked)
    assert not (tmp_path / "archive").exists()


def test_a_broken_listing_is_no_empty_site(served: tuple[LocalSite, str], tmp_path: Path) -> None:
    site, base = served
    for number in range(1, 8):
        publish(site, number, f"/files/{number}.txt", File(text(number)))
    given = settings(tmp_path, SITE.format(base=base))
    run(given)
    before = query(tmp_path / "w.duckdb", "SELECT source_uri, last_seen FROM document ORDER BY 1")
    site.listing_broken = True
    done = run(given)
    assert (done.exit_status, done.sources[0].complete) == (2, False)
    assert query(tmp_path / "w.duckdb", "SELECT source_uri, last_seen FROM document ORDER BY 1") == before


@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_pages_are_read_by_their_bytes(served: tuple[LocalSite, str], tmp_path: Path, charset: str) -> None:
    site, base = served
    site.charset = charset
    publish(site, 1, "/files/1.txt", File(text(1)))
    run(settings(tmp_path, SITE.format(base=base)))
    assert query(tmp_path / "w.duckdb", "SELECT page_title FROM document") == [(f"第1号{TITLE}",)]
