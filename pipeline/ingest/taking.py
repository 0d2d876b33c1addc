"""The work of one ingest inside its copy of the warehouse: rows before work, whole batches, states at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import duckdb

from parsers.reasons import Reason
from pipeline import __version__
from pipeline.identity.succession import successions
from pipeline.ingest.summary import ENDED, Summary
from pipeline.ingest.work import Work, batched, ended
from pipeline.parse import Parsed
from pipeline.workers import Pool, parse_all
from warehouse.columns import counted
from warehouse.load import (
    add_departments,
    adopt_nameless,
    append,
    departments,
    mark_current_forms,
    name_by_page,
    place_reports,
    released,
    replace_successions,
    transaction,
)  # fmt: skip

_BATCH = 200

Watch = Callable[[int, int], None]
"""Called with files, or checks, done and to do."""


class Taking:
    """The work of one ingest inside its copy of the warehouse."""

    def __init__(self, con: duckdb.DuckDBPyConnection, summary: Summary, began: datetime) -> None:
        """Know what the copy holds."""
        self.con, self.summary, self.began = con, summary, began
        self.now = began.replace(tzinfo=None)
        loaded = con.execute(
            "SELECT sha256, content_sha256, document_id FROM raw.file WHERE status = 'loaded'"
        ).fetchall()
        self.by_bytes = {sha: document for sha, _, document in loaded}
        self.by_content = {content: document for _, content, document in loaded}
        self.ended: dict[str, Parsed] = {}
        self.order: dict[str, int] = {}
        self.first: dict[str, datetime] = {}
        self.released = released(con)

    def take(self, found: list[Work], pool: Pool, watch: Watch) -> None:
        """Work on all files that are new, in batches."""
        known = ended(self.con)
        unique = {work.file_id: work for work in found}
        todo = [work for file_id, work in unique.items() if file_id not in known]
        self.summary.known = self.summary.offered - len(todo)
        with transaction(self.con):
            self._touch({file_id: work for file_id, work in unique.items() if file_id in known})
            self._begin(todo)
        fresh = self._fresh(todo)
        parsed = parse_all((work.offer for work in todo if work.file_id in fresh), pool)
        done = 0
        for batch in batched(todo, _BATCH):
            rows: dict[str, list[Any]] = defaultdict(list)
            states = []
            for work in batch:
                states.append(self._state(work, next(parsed)[1] if work.file_id in fresh else None, rows))
                done += 1
                watch(done, len(todo))
            self._commit(states, rows)
        parsed.close()
        with transaction(self.con):
            place_reports(self.con, {id: w.offer.kept.current for id, w in unique.items() if w.offer.kept})
            name_by_page(self.con)
            adopt_nameless(self.con)
            mark_current_forms(self.con)
            replace_successions(self.con, successions(departments(self.con)))

    def _touch(self, met: dict[str, Work]) -> None:
        """Write when files that need no work were seen last."""
        last = [work.offer.kept.last if work.offer.kept else self.now for work in met.values()]
        self.con.execute(
            "UPDATE raw.file SET last_seen = met.last "
            "FROM (SELECT unnest(?) AS file_id, unnest(?::TIMESTAMP[]) AS last) AS met "
            "WHERE file.file_id = met.file_id AND file.last_seen <> met.last",
            [list(met), last],
        )

    def _begin(self, todo: list[Work]) -> None:
        """Write the row of each file before any work on it; what was offered before keeps its order and first time."""
        last = self.con.execute("SELECT coalesce(max(offered_order), 0) FROM raw.file").fetchone()
        rows = self.con.execute(
            "SELECT file_id, offered_order, first_seen FROM raw.file WHERE file_id IN (SELECT unnest(?))",
            [[work.file_id for work in todo]],
        ).fetchall()
        known = {file_id: (order, first) for file_id, order, first in rows}
        next_one = count((last[0] if last else 0) + 1)
        for work in todo:
            kept = work.offer.kept
            fresh = (kept.order, kept.first) if kept else None
            order, first = fresh or known.get(work.file_id) or (next(next_one), self.now)
            self.order[work.file_id], self.first[work.file_id] = order, first
        self._replace([self._row(work, status="working") for work in todo])

    def _commit(self, states: list[dict[str, Any]], rows: dict[str, list[Any]]) -> None:
        """Load one batch: all rows of its reports and the states of its files, or nothing."""
        departments = rows.pop("core.department", [])
        with transaction(self.con):
            add_departments(self.con, departments)
            append(self.con, rows)
            self._replace(states)
        self.summary.facts += counted(rows["core.fact"])
        self.summary.indicators += counted(rows["core.indicator"])

    def _fresh(self, todo: list[Work]) -> set[str]:
        """Ids of the files that must be parsed: those whose bytes no loaded document has, each content once."""
        seen = set(self.by_bytes)
        fresh = set()
        for work in todo:
            if work.sha256 is None or work.sha256 not in seen:
                fresh.add(work.file_id)
                seen.add(work.sha256 or work.file_id)
        return fresh

    def _state(self, work: Work, parsed: Parsed | None, rows: dict[str, list[Any]]) -> dict[str, Any]:
        """The row in which a file ends; the rows of a loaded document are added to `rows`."""
        twin = self.by_bytes.get(work.sha256 or "")
        # bytes that came twice in this run were parsed once
        parsed = parsed or self.ended.get(work.sha256 or "")
        if parsed is not None:
            self.ended[parsed.sha256] = replace(parsed, tables={})
        loaded = parsed is not None and parsed.status == "loaded"
        same = self.by_content.get(parsed.content_sha256 or "") if parsed is not None and loaded else None
        if twin is not None:
            state = _duplicate(Reason.SAME_BYTES, twin, "the same bytes as document")
        elif same is not None:
            state = _duplicate(Reason.SAME_CONTENT, same, "the same words, in another encoding or layout, as document")
        elif parsed is None:
            raise LookupError(f"{work.offer.path}: neither parsed nor known")
        elif parsed.status == "quarantined" and parsed.sha256 in self.released:
            state = {name: getattr(parsed, name) for name in ("reason_page", "reason_place")}
            state |= {"status": "rejected", "reason_code": Reason.RELEASED, "reason": self.released[parsed.sha256]}
        else:
            state = {name: getattr(parsed, name) for name in ("status", "reason_code", "reason", "reason_place")}
            state["reason_page"] = parsed.reason_page
            if loaded:
                self.by_bytes[parsed.sha256] = self.by_content[parsed.content_sha256 or ""] = parsed.document_id
                for table, records in parsed.tables.items():
                    rows[table] += records
                for report in parsed.tables["core.report"]:
                    report["loaded_order"] = self.order[work.file_id]
        self.summary.counts[str(state["status"])] += 1
        if state["status"] in {"rejected", "quarantined"} and state["reason_code"] != Reason.ARCHIVE:
            self.summary.problems.append(
                {"source_file": work.offer.source_file, **{k: str(v) for k, v in state.items()}}
            )
        about = self._about(work.sha256) if parsed is None else {name: getattr(parsed, name) for name in _ABOUT}
        return self._row(work, **about, **state)

    def _about(self, sha256: str | None) -> dict[str, Any]:
        """What an earlier run found out about the same bytes."""
        names = [name for name in _ABOUT if name != "seconds"]
        row = self.con.execute(
            f"SELECT {', '.join(names)} FROM raw.file WHERE sha256 = ? AND status = 'loaded'", [sha256]
        ).fetchone()
        return dict(zip(names, row or (), strict=bool(row)))

    def _row(self, work: Work, **columns: Any) -> dict[str, Any]:
        kept = work.offer.kept
        return {
            "file_id": work.file_id,
            "source_uri": work.source_uri,
            "source_file": work.offer.source_file,
            "sha256": work.sha256,
            "document_id": work.sha256[:16] if work.sha256 else None,
            "parser_version": __version__,
            "offered_order": self.order[work.file_id],
            "first_seen": self.first[work.file_id],
            "last_seen": kept.last if kept else self.now,
            **({name: getattr(kept, name) for name in _KEPT} if kept else {}),
            **columns,
        }

    def _replace(self, rows: list[dict[str, Any]]) -> None:
        """Write rows of `raw.file` over those with the same id."""
        ids = [row["file_id"] for row in rows]
        self.con.execute("DELETE FROM raw.file WHERE file_id IN (SELECT unnest(?))", [ids])
        append(self.con, {"raw.file": rows})

    def log(self) -> None:
        """Add the row of this ingest to the log of runs."""
        counts = {status: self.summary.counts[status] for status in ENDED}
        append(
            self.con,
            {
                "core.run": [
                    {
                        "kind": "ingest", "state": "ended", "exit_status": self.summary.exit_status,
                        "run_id": self.now.strftime("%Y%m%dT%H%M%S.%f"), "started": self.now,
                        "ended": datetime.now(UTC).replace(tzinfo=None), "offered": self.summary.offered,
                        "ignored": self.summary.ignored, "parser_version": __version__, **counts,
                    }
                ]
            },
        )  # fmt: skip


_KEPT = ("source", "page_uri", "page_title", "published")
_ABOUT = ("content_sha256", "format", "encoding", "bytes", "pages", "seconds", "numbers", "numbers_mapped")


def _duplicate(reason: Reason, document_id: str, words: str) -> dict[str, Any]:
    return {
        "status": "duplicate",
        "reason_code": reason,
        "reason": f"{words} {document_id}",
        "duplicate_of": document_id,
    }
