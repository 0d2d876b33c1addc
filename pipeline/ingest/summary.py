"""What one ingest did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

ENDED = ("loaded", "duplicate", "rejected", "quarantined")


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
        """0 all well, 1 where a file was quarantined or rejected; an archive stands for the files in it."""
        return 1 if self.problems else 0

    def as_dict(self) -> dict[str, Any]:
        """The summary as one JSON object."""
        counts = {status: self.counts[status] for status in ENDED}
        return {
            "db": self.db, "offered": self.offered, "known": self.known, "ignored": self.ignored, **counts,
            "facts": self.facts, "indicators": self.indicators, "findings": self.findings,
            "broken_checks": self.broken_checks, "seconds": round(self.seconds, 3),
            "problems": self.problems,
        }  # fmt: skip
