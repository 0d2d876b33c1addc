"""Files in quarantine: which and why, another try, and a person's word that one need not be read."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from pathlib import Path

import duckdb

from pipeline.archive import Archive, now
from pipeline.ingest.summary import Summary
from pipeline.ingest.taking import Taking
from pipeline.ingest.work import Work
from pipeline.offers import Offer
from pipeline.running.reprocess import file_of
from pipeline.workers import Limits, LocalPool
from warehouse.check import check
from warehouse.load import release as write_release
from warehouse.publish import building
from warehouse.query import QueryError

_SELECT = """
SELECT
    file_id, source_file, source_uri, sha256, format, bytes, pages, reason_code, reason, reason_page, reason_place,
    source, page_uri, page_title, published, parser_version, first_seen, last_seen
FROM main.document
WHERE {which}
ORDER BY reason_code, source_file, file_id
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A file in quarantine."""

    file_id: str
    source_file: str
    source_uri: str
    sha256: str | None
    format: str | None
    bytes: int | None
    pages: int | None
    reason_code: str
    reason: str
    reason_page: int | None
    reason_place: str | None
    source: str | None
    page_uri: str | None
    page_title: str | None
    published: date | None
    parser_version: str | None
    first_seen: datetime
    last_seen: datetime

    @property
    def where(self) -> str:
        """Where reading broke off, in words."""
        page = f"page {self.reason_page}" if self.reason_page is not None else None
        return ", ".join(part for part in (page, self.reason_place) if part)

    @property
    def what_to_do(self) -> str:
        """What an operator does about it."""
        return what_to_do().get(self.reason_code, "")


@cache
def what_to_do() -> dict[str, str]:
    """What to do about each reason code, as docs/operate.md says it."""
    text = resources.files("pipeline").joinpath("registry/what_to_do.csv").read_text(encoding="utf-8")
    return {row["reason_code"]: row["what_to_do"] for row in csv.DictReader(text.splitlines(), strict=True)}


def held(con: duckdb.DuckDBPyConnection, reason: str | None = None, source: str | None = None) -> list[Held]:
    """Files in quarantine, those with one reason together."""
    which = (
        "status = 'quarantined' AND ($reason IS NULL OR reason_code = $reason) "
        "AND ($source IS NULL OR source = $source)"
    )
    rows = con.execute(_SELECT.format(which=which), {"reason": reason, "source": source}).fetchall()
    return [Held(*row) for row in rows]


def named(con: duckdb.DuckDBPyConnection, names: list[str], released: bool = False) -> list[Held]:
    """The files meant by ids, beginnings of digests or file names; with `released` also those taken out by a person.

    Raises `QueryError` for a name that means none.
    """
    also = " OR reason_code = 'released'" if released else ""
    which = (
        f"(status = 'quarantined'{also}) AND "
        "(file_id = $name OR source_file = $name OR (length($name) >= 8 AND starts_with(sha256, $name)))"
    )
    found: dict[str, Held] = {}
    for name in names:
        rows = con.execute(_SELECT.format(which=which), {"name": name}).fetchall()
        if not rows:
            raise QueryError(f"{name}: no file in quarantine has this id or name; `jixiao quarantine list` shows them")
        found |= {row[0]: Held(*row) for row in rows}
    return list(found.values())


def retry(
    db: Path, files: list[Held], archive: Archive | None, workers: int, limits: Limits, checks: list[Path]
) -> tuple[Summary, list[Held]]:
    """Read files again, with other limits perhaps. Gives what became of them, and those whose bytes nobody has."""
    kept = {(o.source_uri, o.kept.sha256): o for o in archive.offers() if o.kept} if archive is not None else {}
    todo, lost = [], []
    for one in files:
        offer = kept.get((one.source_uri, one.sha256 or ""))
        path = offer.path if offer else file_of(one.source_uri, one.sha256 or "")
        if path is None or not path.exists():
            lost.append(one)
        else:
            todo.append(Work(offer or Offer(path, one.source_uri, one.source_file), one.sha256))
    summary = Summary(str(db), offered=len(todo))
    if todo:
        with building(db) as run:
            ids = [[work.file_id for work in todo]]
            run.con.execute("UPDATE raw.file SET status = 'working' WHERE file_id IN (SELECT unnest(?))", ids)
            run.con.execute("DELETE FROM core.released WHERE sha256 IN (SELECT unnest(?))", [[w.sha256 for w in todo]])
            taking = Taking(run.con, summary, now())
            with LocalPool(workers, limits) as pool:
                taking.take(todo, pool, lambda done, of: None)
            taking.log()
            checked = check(run.con, checks)
            summary.findings, summary.broken_checks = checked.findings, checked.problems
            run.publish()
    return summary, lost


def release(db: Path, files: list[Held], note: str, by: str) -> None:
    """Write down that these files need not be read: they are rejected, unless a later version can load them."""
    with building(db) as run:
        for sha256 in sorted({one.sha256 for one in files if one.sha256}):
            write_release(run.con, sha256, note, by, now())
        run.publish()
