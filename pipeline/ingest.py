"""One ingest: offer files, parse what is new, load whole batches, publish.

Every file offered has a row in `raw.file`. The row is written before work on the file starts and ends in one state
with a reason code. A batch is one transaction, so the warehouse holds whole reports only, whenever a run is killed.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from parsers.readers.scan.engine import missing
from parsers.reasons import Reason
from pipeline import __version__
from pipeline.identity.succession import successions
from pipeline.offers import Ignored, Offer, offers
from pipeline.parse import Parsed
from pipeline.workers import Limits, parse_all
from warehouse.check import check
from warehouse.create import is_current
from warehouse.load import add_departments, append, departments, mark_current_forms, replace_successions
from warehouse.publish import building, open_read_only

_BATCH = 200
_ENDED = ("loaded", "duplicate", "rejected", "quarantined")

Watch = Callable[[int, int], None]
"""Called with files done and files to do."""


@dataclass(slots=True)
class Summary:
    """What one ingest did."""

    db: str
    offered: int = 0
    known: int = 0
    """Files that were offered before with the same bytes: nothing was done about them."""
    ignored: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[dict[str, str]] = field(default_factory=list)
    """Files that were not loaded, with status and reason."""
    facts: int = 0
    indicators: int = 0
    findings: int = 0
    """Findings in the reports that were checked, new ones and those of other years of their departments."""
    broken_checks: list[str] = field(default_factory=list)
    """Checks that were skipped, each with the reason."""
    seconds: float = 0.0

    @property
    def exit_status(self) -> int:
        """0 all well, 1 where a file was quarantined or rejected."""
        return 1 if self.counts["quarantined"] or self.counts["rejected"] else 0

    def as_dict(self) -> dict[str, Any]:
        """The summary as one JSON object."""
        counts = {status: self.counts[status] for status in _ENDED}
        return {
            "db": self.db, "offered": self.offered, "known": self.known, "ignored": self.ignored, **counts,
            "facts": self.facts, "indicators": self.indicators, "findings": self.findings,
            "broken_checks": self.broken_checks, "seconds": round(self.seconds, 3),
            "problems": self.problems,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """A file to be worked on, with the digest of its bytes; None where it could not be read."""

    offer: Offer
    sha256: str | None

    @property
    def file_id(self) -> str:
        """Digest of address and bytes."""
        return hashlib.sha256(f"{self.offer.source_uri}\n{self.sha256}".encode()).hexdigest()[:16]


def ingest(
    paths: list[Path],
    db: Path,
    workers: int,
    limits: Limits | None = None,
    watch: Watch | None = None,
    check_folders: list[Path] | None = None,
) -> Summary:
    """Take files and folders into the warehouse at `db`. Offering the same bytes again changes nothing.

    Raises `FileNotFoundError` for a path that does not exist and `BusyError` where another run is writing.
    """
    began = datetime.now(UTC)
    limits = limits or Limits()
    summary = Summary(str(db))
    found = list(_scan(offers(paths), summary))
    exists = db.exists()
    published, current = _published(db) if exists else (set(), False)
    work = any(item.file_id not in published for item in found) or not exists
    if work or not current:  # views of a new version come to the warehouse also where no file is new
        with building(db) as run:
            if work:
                _Run(run.con, summary, began).take(found, workers, limits, watch or (lambda done, of: None))
            checked = check(run.con, check_folders or [])
            summary.findings, summary.broken_checks = checked.findings, checked.problems
            run.publish()
    if not work:
        summary.known = len(found)
    summary.seconds = (datetime.now(UTC) - began).total_seconds()
    return summary


def _scan(offered: Iterable[Offer | Ignored], summary: Summary) -> Iterator[Work]:
    for item in offered:
        if isinstance(item, Ignored):
            summary.ignored += 1
        else:
            summary.offered += 1
            yield Work(item, _digest(item.path))


def _digest(path: Path) -> str | None:
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _published(db: Path) -> tuple[set[str], bool]:
    """Files that the published version has ended with, by id, and whether its views are those of this version."""
    with open_read_only(db) as con:
        return _ended(con), is_current(con)


def _ended(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Files that need no more work: those quarantined by an older parser, or before OCR was there, get another try."""
    rows = con.execute(
        "SELECT file_id FROM raw.file WHERE status <> 'working' AND (status <> 'quarantined' OR parser_version = ?) "
        "AND (reason_code IS DISTINCT FROM 'needs_ocr' OR ?)",
        [__version__, bool(missing())],
    ).fetchall()
    return {row[0] for row in rows}


class _Run:
    """The work of one ingest inside its copy of the warehouse."""

    def __init__(self, con: duckdb.DuckDBPyConnection, summary: Summary, began: datetime) -> None:
        self.con, self.summary, self.began = con, summary, began
        self.now = began.replace(tzinfo=None)
        loaded = con.execute(
            "SELECT sha256, content_sha256, document_id FROM raw.file WHERE status = 'loaded'"
        ).fetchall()
        self.by_bytes = {sha: document for sha, _, document in loaded}
        self.by_content = {content: document for _, content, document in loaded}
        self.ended: dict[str, Parsed] = {}
        self.order: dict[str, int] = {}

    def take(self, found: list[Work], workers: int, limits: Limits, watch: Watch) -> None:
        """Work on all files that are new, in batches."""
        ended = _ended(self.con)
        unique = {work.file_id: work for work in found}
        todo = [work for file_id, work in unique.items() if file_id not in ended]
        self.summary.known = self.summary.offered - len(todo)
        with _transaction(self.con):
            self._touch([file_id for file_id in unique if file_id in ended])
            self._begin(todo)
        fresh = self._fresh(todo)
        parsed = parse_all((work.offer for work in todo if work.file_id in fresh), workers, limits)
        done = 0
        for batch in batched(todo, _BATCH):
            rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
            states = []
            for work in batch:
                states.append(self._state(work, next(parsed)[1] if work.file_id in fresh else None, rows))
                done += 1
                watch(done, len(todo))
            self._commit(states, rows)
        parsed.close()
        with _transaction(self.con):
            mark_current_forms(self.con)
            replace_successions(self.con, successions(departments(self.con)))
            self._log()

    def _touch(self, file_ids: list[str]) -> None:
        self.con.execute("UPDATE raw.file SET last_seen = ? WHERE file_id IN (SELECT unnest(?))", [self.now, file_ids])

    def _begin(self, todo: list[Work]) -> None:
        """Write the row of each file before any work on it."""
        last = self.con.execute("SELECT coalesce(max(offered_order), 0) FROM raw.file").fetchone()
        first = (last[0] if last else 0) + 1
        self.order = {work.file_id: order for order, work in enumerate(todo, start=first)}
        self._replace([self._row(work, status="working") for work in todo])

    def _commit(self, states: list[dict[str, Any]], rows: dict[str, list[dict[str, Any]]]) -> None:
        """Load one batch: all rows of its reports and the states of its files, or nothing."""
        departments = rows.pop("core.department", [])
        with _transaction(self.con):
            add_departments(self.con, departments)
            append(self.con, rows)
            self._replace(states)
        self.summary.facts += len(rows["core.fact"])
        self.summary.indicators += len(rows["core.indicator"])

    def _fresh(self, todo: list[Work]) -> set[str]:
        """Ids of the files that must be parsed: those whose bytes no loaded document has, each content once."""
        seen = set(self.by_bytes)
        fresh = set()
        for work in todo:
            if work.sha256 is None or work.sha256 not in seen:
                fresh.add(work.file_id)
                seen.add(work.sha256 or work.file_id)
        return fresh

    def _state(self, work: Work, parsed: Parsed | None, rows: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
        """The row in which a file ends; the rows of a loaded document are added to `rows`."""
        twin = self.by_bytes.get(work.sha256 or "")
        # bytes that came twice in this run were parsed once
        parsed = parsed or self.ended.get(work.sha256 or "")
        if parsed is not None:
            self.ended[parsed.sha256] = replace(parsed, rows={})
        loaded = parsed is not None and parsed.status == "loaded"
        same = self.by_content.get(parsed.content_sha256 or "") if parsed is not None and loaded else None
        if twin is not None:
            state = _duplicate(Reason.SAME_BYTES, twin, "the same bytes as document")
        elif same is not None:
            state = _duplicate(Reason.SAME_CONTENT, same, "the same words, in another encoding or layout, as document")
        elif parsed is None:
            raise LookupError(f"{work.offer.path}: neither parsed nor known")
        else:
            state = {"status": parsed.status, "reason_code": parsed.reason_code, "reason": parsed.reason}
            if loaded:
                self.by_bytes[parsed.sha256] = self.by_content[parsed.content_sha256 or ""] = parsed.document_id
                for table, records in parsed.rows.items():
                    rows[table] += records
                for report in parsed.rows["core.report"]:
                    report["loaded_order"] = self.order[work.file_id]
        self.summary.counts[str(state["status"])] += 1
        if state["status"] in {"rejected", "quarantined"}:
            self.summary.problems.append(
                {"source_file": work.offer.source_file, **{k: str(v) for k, v in state.items()}}
            )
        about = {} if parsed is None else {name: getattr(parsed, name) for name in _ABOUT}
        return self._row(work, **about, **state)

    def _row(self, work: Work, **columns: Any) -> dict[str, Any]:
        return {
            "file_id": work.file_id,
            "source_uri": work.offer.source_uri,
            "source_file": work.offer.source_file,
            "sha256": work.sha256,
            "document_id": work.sha256[:16] if work.sha256 else None,
            "parser_version": __version__,
            "offered_order": self.order[work.file_id],
            "first_seen": self.now,
            "last_seen": self.now,
            **columns,
        }

    def _replace(self, rows: list[dict[str, Any]]) -> None:
        """Write rows of `raw.file` over those with the same id, which keep the time at which they were first seen."""
        ids = [row["file_id"] for row in rows]
        named = "SELECT unnest(?)"
        seen = self.con.execute(
            f"SELECT file_id, first_seen FROM raw.file WHERE file_id IN ({named})", [ids]
        ).fetchall()
        first = dict(seen)
        self.con.execute(f"DELETE FROM raw.file WHERE file_id IN ({named})", [ids])
        append(self.con, {"raw.file": [{**row, "first_seen": first.get(row["file_id"], self.now)} for row in rows]})

    def _log(self) -> None:
        counts = {status: self.summary.counts[status] for status in _ENDED}
        append(
            self.con,
            {
                "core.run": [
                    {
                        "run_id": self.now.strftime("%Y%m%dT%H%M%S.%f"), "started": self.now,
                        "ended": datetime.now(UTC).replace(tzinfo=None), "offered": self.summary.offered,
                        "ignored": self.summary.ignored, "parser_version": __version__, **counts,
                    }
                ]
            },
        )  # fmt: skip


_ABOUT = ("content_sha256", "format", "encoding", "bytes", "pages", "seconds", "numbers", "numbers_mapped")


class _transaction:
    """Commit at the end of the block, roll back where it fails."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con

    def __enter__(self) -> None:
        self.con.execute("BEGIN")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.con.execute("COMMIT" if kind is None else "ROLLBACK")


def _duplicate(reason: Reason, document_id: str, words: str) -> dict[str, Any]:
    return {
        "status": "duplicate",
        "reason_code": reason,
        "reason": f"{words} {document_id}",
        "duplicate_of": document_id,
    }


def batched(items: list[Work], size: int) -> Iterator[list[Work]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
