"""Parsing in worker processes: a hang, a crash or a memory bomb costs its own file and nothing else.

`concurrent.futures` is the one seam: whatever gives futures for `parse_file` can stand in for the local pool.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import resource
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pebble import ProcessExpired, ProcessPool

from parsers.reasons import REJECTED, Reason
from pipeline.convert import to_word, with_conversions
from pipeline.offers import Offer, Refusal
from pipeline.parse import Parsed, parse

_AHEAD = 4
"""Files in flight per worker: enough to keep it busy, few enough to keep memory flat."""
_CONVERSION = 0.5
"""Share of a file's time that an office program may take to convert it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take."""

    seconds: float = 120.0
    memory_mb: int = 2048
    file_mb: int = 256


def parse_file(path: Path, limits: Limits, converted: Path | None = None) -> Parsed:
    """Read and parse one file. A file that cannot be opened, or is larger than the limit, ends with its reason.

    `converted` is the Word file that an office program made of it; without, it is made here where there is need.
    """

    def convert(data: bytes) -> bytes:
        if converted is not None:
            return converted.read_bytes()
        return to_word(data, limits.seconds * _CONVERSION, limits.memory_mb)

    try:
        if path.exists() and not path.is_file():
            return Parsed("", 0, "unknown", "quarantined", Reason.UNREADABLE_FILE, f"{path.name}: not a regular file")
        size = path.stat().st_size
        if size > limits.file_mb * 2**20:
            message = f"{size / 2**20:.0f} MB; the limit is {limits.file_mb} MB a file"
            return _without_result(path, Reason.TOO_LARGE, message)
        return parse(path.read_bytes(), convert)
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

    def submit(offer: Offer, converted: Path | None) -> Future[Parsed]:
        if offer.refusal is not None:
            return _refused(offer.path, offer.refusal)
        return pool.schedule(
            parse_file, args=[offer.path, limits, *([converted] if converted else [])], timeout=limits.seconds
        )

    with TemporaryDirectory(prefix="jixiao-office-") as room:
        ready = with_conversions(offered, Path(room), limits.seconds * _CONVERSION, limits.memory_mb)
        try:
            yield from _in_order(ready, submit, workers * _AHEAD, limits)
        finally:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


def _in_order(
    ready: Iterable[tuple[Offer, Path | None]],
    submit: Callable[[Offer, Path | None], Future[Parsed]],
    ahead: int,
    limits: Limits,
) -> Iterator[tuple[Offer, Parsed]]:
    flying: deque[tuple[Offer, Future[Parsed]]] = deque()
    for offer, converted in ready:
        flying.append((offer, submit(offer, converted)))
        if len(flying) >= ahead:
            yield _result(*flying.popleft(), limits)
    while flying:
        yield _result(*flying.popleft(), limits)


def _result(offer: Offer, future: Future[Parsed], limits: Limits) -> tuple[Offer, Parsed]:
    """The outcome of a worker, or why there is none."""
    try:
        return offer, future.result()
    except TimeoutError:
        reason, message = Reason.TIME_LIMIT, f"not read within {limits.seconds:g} seconds"
    except ProcessExpired as error:
        reason, message = Reason.CRASHED, f"the reader's process died (exit code {error.exitcode})"
    except MemoryError:
        reason, message = Reason.MEMORY_LIMIT, f"more than {limits.memory_mb} MB of memory were needed"
    except Exception as error:
        reason, message = Reason.PARSER_ERROR, f"{type(error).__name__}: {error}"
    return offer, _without_result(offer.path, reason, message)


def _refused(path: Path, refusal: Refusal) -> Future[Parsed]:
    """The end of a file that is not read: an archive, or a member of one that is not safe to unpack."""
    parsed = _without_result(path, refusal.reason, refusal.words)
    parsed.format = refusal.format
    if refusal.reason in REJECTED:
        parsed.status = "rejected"
    done: Future[Parsed] = Future()
    done.set_result(parsed)
    return done


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
