"""A site of a government: listing pages, pages that they lead to, and the files that these link; extra `[fetch]`.

The crawl runs in a process of its own: its event loop can be started once a process only, and a page that hurts it
hurts nothing else. The process ends with the run that started it, however that ends.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.sources.events import Event, Failed, Fetched, Known, Listed, SourceError, Unchanged, Version

FILES = r"\.(?:docx?|pdf|wps|xlsx?|txt|zip|rar|7z|ofd)(?:$|[?#])"
_GRACE = 60.0


@dataclass(frozen=True, slots=True)
class Site:
    """`kind = "site"` in jixiao.toml. Patterns are regular expressions that are searched for in addresses."""

    name: str
    start: tuple[str, ...]
    """Listing pages to begin with."""
    follow: tuple[str, ...] = ()
    """Further listing pages: the next page, other years."""
    pages: tuple[str, ...] = ()
    """Pages that hold a report or link its files; their title and date of publication are kept."""
    files: tuple[str, ...] = (FILES,)
    """The files themselves."""
    exclude: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    """Other hosts from which files may come; redirects are followed wherever they lead."""
    robots: bool = True
    delay: float = 1.0
    """Seconds between two requests; a server that is slow to answer is left more."""
    retries: int = 2
    seconds: float = 60.0
    """Seconds that one response may take, to its last byte."""
    total_seconds: float = 3600.0
    """Seconds that one look may take."""
    most_pages: int = 2000
    most_mb: int = 64
    agent: str = "jixiao (reads published self-evaluation reports)"
    floor: float | None = None
    kind: str = "site"

    @property
    def most_bytes(self) -> int:
        """How large a file may be."""
        return self.most_mb * 2**20

    def look(self, known: Known, dry: bool, spool: Path) -> Iterator[Event]:
        """Crawl the site; what is fetched lies in the folder `spool` until its event has been dealt with."""
        if not dry:
            spool.mkdir(parents=True, exist_ok=True)
        order = {
            "site": asdict(self), "dry": dry, "spool": str(spool),
            "known": {address: [version.etag, version.modified] for address, version in known.items()},
        }  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.sources.crawl"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        complaints: list[bytes] = []
        listener = threading.Thread(target=_listen, args=[process.stderr, complaints], daemon=True)
        listener.start()
        watchdog = threading.Timer(self.total_seconds + _GRACE, process.kill)
        watchdog.daemon = True
        watchdog.start()
        ended: dict[str, Any] | None = None
        try:
            process.stdin.write(json.dumps(order).encode())
            process.stdin.close()
            for line in process.stdout:
                told = json.loads(line)
                if told["event"] == "end":
                    ended = told
                else:
                    yield from _event(told)
        except BrokenPipeError:
            pass
        finally:
            watchdog.cancel()
            if ended is None:
                process.kill()
            process.wait()
            listener.join(timeout=5)
            process.stdout.close()
        if ended is None:
            lines = b"".join(complaints).decode("utf-8", "replace").strip().splitlines()
            raise SourceError(f"{self.start[0]}: the crawl broke off: {lines[-1] if lines else 'no reason given'}")
        if ended["why"] != "finished":
            raise SourceError(
                f"{self.start[0]}: the crawl was cut short ({ended['why']}); see the limits of the source"
            )


def _event(told: dict[str, Any]) -> Iterator[Event]:
    kind, address = told["event"], told["address"]
    if kind == "unchanged":
        yield Unchanged(address)
    elif kind == "failed":
        yield Failed(address, told["what"], told["listing"])
    elif kind == "listed":
        yield Listed(address, told["name"])
    else:
        path = Path(told["path"])

        def opened() -> BinaryIO:
            return path.open("rb")

        published = date.fromisoformat(told["published"]) if told["published"] else None
        try:
            yield Fetched(
                address, told["name"], opened, Version(told["etag"], told["modified"]), told["status"], told["final"],
                told["type"], told["page"], told["title"], published,
            )  # fmt: skip
        finally:
            path.unlink(missing_ok=True)


def _listen(stream: BinaryIO, into: list[bytes]) -> None:
    """Keep the last lines that the process complains with."""
    for line in stream:
        into.append(line)
        del into[:-20]
