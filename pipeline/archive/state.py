"""What the log adds up to: what every address holds and held, what each look at a source found, and the runs.

The state is a pure function of the records. A record is folded in when it is written and when it is read, by the same
code, so a run that goes on and one that starts anew know the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pipeline.archive.log import Record


@dataclass(slots=True)
class Held:
    """One content at one address."""

    address: str
    sha256: str
    name: str
    size: int
    source: str
    order: int
    current: int
    first: datetime
    last: datetime
    page_uri: str | None
    page_title: str | None
    published: date | None


@dataclass(slots=True)
class Address:
    """What an address holds now, and how its server names that version."""

    held: Held
    etag: str | None
    modified: str | None
    gone: bool = False
    """The last look at its source did not meet it."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a source."""

    source: str
    at: datetime
    found: int
    complete: bool
    good: bool
    """False where the floor of the source was not reached, and nobody accepted that."""
    accepted: bool


@dataclass(slots=True)
class RunRecord:
    """A run: when it began and, unless it was killed, how it ended."""

    run_id: str
    began: datetime
    ended: datetime | None = None
    summary: dict[str, Any] | None = None


@dataclass(slots=True)
class State:
    """Everything that the log says, as of its last record."""

    held: dict[tuple[str, str], Held] = field(default_factory=dict)
    addresses: dict[str, Address] = field(default_factory=dict)
    looks: dict[str, list[Look]] = field(default_factory=dict)
    runs: dict[str, RunRecord] = field(default_factory=dict)

    def fold(self, record: Record) -> None:
        """Add one record."""
        {"file": self._file, "look": self._look, "run": self._run, "end": self._end}[record["kind"]](record)

    def _file(self, record: Record) -> None:
        at, address, sha256 = when(record["at"]), record["address"], record["sha256"]
        before = self.addresses.get(address)
        if before is not None and before.held.sha256 != sha256:
            self._settle(before)
        held = self.held.get((address, sha256))
        if held is None:
            published = date.fromisoformat(record["published"]) if record.get("published") else None
            held = self.held[address, sha256] = Held(
                address, sha256, record["name"], record["size"], record["source"], record["seq"], record["seq"], at, at,
                record.get("page"), record.get("title"), published,
            )  # fmt: skip
        elif before is None or before.held is not held:
            held.current = record["seq"]
        held.last = max(held.last, at)
        self.addresses[address] = Address(held, record.get("etag"), record.get("modified"))

    def _look(self, record: Record) -> None:
        source, at = record["source"], when(record["at"])
        for address in record["left"]:
            self._settle(self.addresses[address])
            self.addresses[address].gone = True
        for address in record["back"]:
            self.addresses[address].gone = False
        look = Look(source, at, record["found"], record["complete"], record["good"], record["accepted"])
        self.looks.setdefault(source, []).append(look)

    def _run(self, record: Record) -> None:
        self.runs[record["run"]] = RunRecord(record["run"], when(record["at"]))

    def _end(self, record: Record) -> None:
        run = self.runs[record["run"]]
        run.ended, run.summary = when(record["at"]), record["summary"]

    def _settle(self, address: Address) -> None:
        """Write down when an address was seen with what it held, before it changes or goes."""
        address.held.last = self._last(address)

    def _last(self, address: Address) -> datetime:
        """A complete look meets every address of its source that is not gone."""
        looks = self.looks.get(address.held.source, ())
        met = next((look.at for look in reversed(looks) if look.complete), None)
        return address.held.last if address.gone or met is None else max(address.held.last, met)

    def last_seen(self, held: Held) -> datetime:
        """When the address was last seen with this content."""
        address = self.addresses[held.address]
        return self._last(address) if address.held is held else held.last

    def in_order(self) -> list[Held]:
        """Every content at every address, in the order in which they came."""
        return sorted(self.held.values(), key=lambda held: held.order)


def when(text: str) -> datetime:
    """A time of the log: UTC, without a zone."""
    return datetime.fromisoformat(text)
