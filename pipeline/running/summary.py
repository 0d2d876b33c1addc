"""What a pass did, as an object and in words; it goes to the table `run`, to a file and to the log of the archive."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.ingest.summary import ENDED, Summary
from pipeline.running.looking import Looked

SEVERITIES = ("high", "medium", "low", "info")


@dataclass(slots=True)
class RunSummary:
    """What one pass did."""

    run_id: str
    db: str
    began: datetime
    ended: datetime | None = None
    state: str = "ended"
    """`ended`, or `failed`: nothing was published, the last good warehouse stays."""
    sources: list[Looked] = field(default_factory=list)
    taken: Summary | None = None
    """What became of the files; None where it did not come to that."""
    findings: dict[str, int] = field(default_factory=dict)
    """Findings in the warehouse, by severity."""
    findings_new: dict[str, int] = field(default_factory=dict)
    """Those that this pass added."""
    floors: list[str] = field(default_factory=list)
    """Sources that yield far less than before."""
    broke: list[str] = field(default_factory=list)
    """What went wrong with the pass itself."""
    accepted: list[str] = field(default_factory=list)

    def total(self, what: str) -> int:
        """A number summed over the sources."""
        return sum(getattr(source, what) for source in self.sources)

    @property
    def exit_status(self) -> int:
        """0 all well, 1 some file was not taken or not fetched, 2 nothing could be done."""
        if self.state == "failed" or (self.sources and all(not s.complete and not s.found for s in self.sources)):
            return 2
        return 1 if self.total("failed") or self.broke or (self.taken and self.taken.exit_status) else 0

    def as_dict(self) -> dict[str, Any]:
        """The summary as one JSON object."""
        counts = {name: self.taken.counts[name] if self.taken else 0 for name in ENDED}
        return {
            "run_id": self.run_id, "db": self.db, "state": self.state, "exit_status": self.exit_status,
            "started": self.began.isoformat(), "ended": self.ended.isoformat() if self.ended else None,
            "seconds": round((self.ended - self.began).total_seconds(), 3) if self.ended else None,
            **{name: self.total(name) for name in ("found", "new", "changed", "unchanged", "failed")}, **counts,
            "facts": self.taken.facts if self.taken else 0, "indicators": self.taken.indicators if self.taken else 0,
            "findings": self.findings, "findings_new": self.findings_new, "floors": self.floors,
            "accepted": self.accepted,
            "broke": [*self.broke, *(f"{s.source}: {words}" for s in self.sources for words in s.broke)],
            "broken_checks": self.taken.broken_checks if self.taken else [],
            "problems": self.taken.problems if self.taken else [],
            "sources": [source.as_dict() for source in self.sources], "words": self.words(),
        }  # fmt: skip

    def words(self) -> str:
        """The summary for a person, a line for each thing."""
        lines = [
            f"{self.total('found')} files found in {len(self.sources)} sources: {self.total('new')} new, "
            f"{self.total('changed')} changed, {self.total('unchanged')} as they were, "
            f"{self.total('failed')} not fetched"
        ]
        if self.taken is not None:
            counts = ", ".join(f"{self.taken.counts[name]} {name}" for name in ENDED)
            lines.append(f"{counts}; {self.taken.facts} facts and {self.taken.indicators} indicators added")
        if self.findings:
            kinds = ", ".join(
                f"{self.findings[s]} {s} ({self.findings_new[s]} new)" for s in SEVERITIES if self.findings[s]
            )
            lines.append(f"findings: {kinds or 'none'}")
        lines += [f"floor: {words}" for words in self.floors]
        lines += [f"broke: {words}" for words in self.broke]
        lines += [f"not fetched: {s.source}: {words}" for s in self.sources for words in s.broke]
        if self.taken is not None:
            lines += [f"check: {words}" for words in self.taken.broken_checks]
            lines += [
                f"{p['source_file']}: {p['status']}, {p['reason_code']}: {p['reason']}" for p in self.taken.problems
            ]
        if self.state == "failed":
            lines.append(f"nothing was published; {self.db} is as the last good run left it")
        return "\n".join(lines)

    def write(self, path: Path) -> None:
        """Write the object to `path` and the words beside it."""
        replace_file(path, json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n")
        replace_file(path.with_suffix(".txt"), self.words() + "\n")


def replace_file(path: Path, text: str) -> None:
    """Write a file in one step: a reader sees the old or the new one, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    growing = path.with_name(f".{path.name}.new")
    with growing.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(growing, path)
