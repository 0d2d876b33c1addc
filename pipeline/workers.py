"""Parsing in worker processes: a hang, a crash or a memory bomb costs its own file and nothing else.

`concurrent.futures` is the one seam: whatever gives futures for `parse_file` can stand in for the local pool.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import resource
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from parsers.readers import scan
from parsers.reasons import Reason
from pipeline.offers import Offer
from pipeline.parse import Parsed, parse

_AHEAD = 4
"""Files in flight per worker: enough to keep it busy, few enough to keep memory flat."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take."""

    seconds: float = 120.0
    scan_seconds: float = 60.0
    """What each scanned page may take on top of it."""
    longest_seconds: float = 7200.0
    """What no file may take, however many pages it has."""
    memory_mb: int = 2048
    file_mb: int = 256


def parse_file(path: Path, limits: Limits) -> Parsed:
    """Read and parse one file in a worker, which the alarm ends when the time is over."""
    _clock(limits)
    try:
        return _parse_file(path, limits)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _clock(limits: Limits) -> None:
    """Set the alarm for a file; every scanned page that is begun puts it off, as only the reader knows them."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process, even inside a call that never comes back
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    scan.listeners[:] = [lambda: _put_off(limits.scan_seconds)]


def _put_off(seconds: float) -> None:
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    signal.setitimer(signal.ITIMER_REAL, left + seconds)


def _parse_file(path: Path, limits: Limits) -> Parsed:
    """Read and parse one file. A file that cannot be opened, or is larger than the limit, ends with its reason."""
    try:
        if path.exists() and not path.is_file():
            return Parsed("", 0, "unknown", "quarantined", Reason.UNREADABLE_FILE, f"{path.name}: not a regular file")
        size = path.stat().st_size
        if size > limits.file_mb * 2**20:
            message = f"{size / 2**20:.0f} MB; the limit is {limits.file_mb} MB a file"
            return _without_result(path, Reason.TOO_LARGE, message)
        return parse(path.read_bytes())
    except OSError as error:
        return Parsed(
            "", 0, "unknown", "quarantined", Reason.UNREADABLE_FILE, f"{error.strerror or error}: {path.name}"
        )


def parse_all(offered: Iterable[Offer], workers: int, limits: Limits) -> Generator[tuple[Offer, Parsed], None, None]:
    """Parse files in `workers` processes and yield each with its result, in the order in which they were offered."""
    pool = ProcessPool(
        max_workers=workers,
        context=multiprocessing.get_context("forkserver"),
        initializer=_limit_memory,
        initargs=[limits.memory_mb],
    )

    def submit(offer: Offer) -> Future[Parsed]:
        return pool.schedule(parse_file, args=[offer.path, limits], timeout=limits.longest_seconds)

    try:
        yield from _in_order(offered, submit, workers * _AHEAD, limits)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _in_order(
    offered: Iterable[Offer], submit: Callable[[Offer], Future[Parsed]], ahead: int, limits: Limits
) -> Iterator[tuple[Offer, Parsed]]:
    flying: deque[tuple[Offer, Future[Parsed]]] = deque()
    for offer in offered:
        flying.append((offer, submit(offer)))
        if len(flying) >= ahead:
            yield _result(*flying.popleft(), limits)
    while flying:
        yield _result(*flying.popleft(), limits)


def _result(offer: Offer, future: Future[Parsed], limits: Limits) -> tuple[Offer, Parsed]:
    """The outcome of a worker, or why there is none."""
    try:
        return offer, future.result()
    except TimeoutError:
        reason, message = Reason.TIME_LIMIT, f"not read within {limits.longest_seconds:g} seconds"
    except ProcessExpired as error:
        if error.exitcode == -signal.SIGALRM:
            more = f" and {limits.scan_seconds:g} seconds a scanned page"
            return offer, _without_result(offer.path, Reason.TIME_LIMIT, f"not read within {limits.seconds:g}{more}")
        reason, message = Reason.CRASHED, f"the reader's process died (exit code {error.exitcode})"
    except MemoryError:
        reason, message = Reason.MEMORY_LIMIT, f"more than {limits.memory_mb} MB of memory were needed"
    except Exception as error:
        reason, message = Reason.PARSER_ERROR, f"{type(error).__name__}: {error}"
    return offer, _without_result(offer.path, reason, message)


def _without_result(path: Path, reason: Reason, message: str) -> Parsed:
    """The end of a file that gave no result, with what can be said of it from outside."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Parsed(digest, path.stat().st_size, "unknown", "quarantined", reason, message)
    except OSError:
        return Parsed("", 0, "unknown", "quarantined", reason, message)


def _limit_memory(megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
