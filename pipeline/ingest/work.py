"""Which of the files offered need work: those that the warehouse has not ended with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import duckdb

from pipeline import __version__
from pipeline.ingest.summary import Summary
from pipeline.offers import Ignored, Offer, digest
from pipeline.tools import now_possible


@dataclass(frozen=True, slots=True)
class Work:
    """A file to be worked on, with the digest of its bytes; None where it could not be read."""

    offer: Offer
    sha256: str | None
    source_uri: str = field(init=False)
    """The address of the offer: worked out once, since a run asks a dozen times."""
    file_id: str = field(init=False)
    """Digest of address and bytes."""

    def __post_init__(self) -> None:
        """Work out the address and the id."""
        object.__setattr__(self, "source_uri", self.offer.source_uri)
        object.__setattr__(self, "file_id", file_id(self.source_uri, self.sha256))


def file_id(address: str, sha256: str | None) -> str:
    """The id of a file: what lies at an address and what it holds."""
    return hashlib.sha256(f"{address}\n{sha256}".encode()).hexdigest()[:16]


def scan(offered: Iterable[Offer | Ignored], summary: Summary) -> Iterator[Work]:
    """Every file offered, with its digest; what a folder leaves out is counted."""
    for item in offered:
        if isinstance(item, Ignored):
            summary.ignored += 1
        else:
            summary.offered += 1
            yield Work(item, item.kept.sha256 if item.kept else digest(item.path))


def ended(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Files that need no more work.

    Those quarantined by an older parser get another try, and those that waited for a program that is here now.
    """
    rows = con.execute(
        "SELECT file_id FROM raw.file WHERE status <> 'working' AND (status <> 'quarantined' OR (parser_version = ? "
        "AND coalesce(reason_code, '') NOT IN (SELECT unnest(?))))",
        [__version__, now_possible()],
    ).fetchall()
    return {row[0] for row in rows}


def batched(items: list[Work], size: int) -> Iterator[list[Work]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
