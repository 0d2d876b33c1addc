"""The seam: an `Executor` for work within limits, and files that go through it in their order.

`concurrent.futures` is all that the rest knows: `LocalPool` runs processes of this machine, `ClusterPool` those of a
Dask cluster, and a test may bring an executor, or a way to parse, of its own.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from parsers.reasons import REJECTED, Reason
from pipeline.convert import Converter, with_conversions
from pipeline.offers import Offer, Refusal
from pipeline.parse import Parsed, parse
from pipeline.workers.child import CrashedError, TaskError

Parse = Callable[[bytes, Converter], Parsed]
_CONVERSION = 0.5
"""Share of a file's time that an office program may take to convert it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may take."""

    seconds: float = 120.0
    scan_seconds: float = 60.0
    """What each scanned page may take on top of it."""
    longest_seconds: float = 7200.0
    """What no file may take, however many pages it has."""
    memory_mb: int = 2048
    file_mb: int = 256


class PoolError(Exception):
    """Files cannot be parsed at all; `str()` is one line for a person: what, where, what to do."""


class LostError(Exception):
    """The machine that worked on a file was lost, with other files or because of this one."""


class Pool(Executor):
    """An executor that holds its work to limits and knows how many can run at once.

    What `submit` gives raises `TimeoutError`, `MemoryError`, `CrashedError` or `TaskError`, each for this one piece of
    work; `LostError` where it should be tried again; anything else ends the run.
    """

    ahead = 4
    """Files in flight per process: enough to keep it busy, few enough to keep memory flat."""

    def __init__(self, size: int, limits: Limits, parse: Parse = parse) -> None:
        """Keep how many files are worked on at once, what each may take, and how its bytes are parsed."""
        self.size, self.limits, self.parse = size, limits, parse

    def read(self, path: Path, converted: Path | None = None) -> Future[Parsed]:
        """The result of parsing a file, to come; `converted` is the Word file that an office program made of it."""
        return self.submit(parse_file, path, self.limits, self.parse, converted)

    def outcome(self, future: Future[Parsed]) -> Parsed:
        """Wait for the result."""
        return future.result()


def parse_file(path: Path, limits: Limits, parse: Parse = parse, converted: Path | None = None) -> Parsed:
    """Read and parse one file. A file that cannot be opened, or is larger than the limit, ends with its reason.

    `converted` is the Word file that an office program made of it; without, it is made here where there is need.
    """
    data = content(path, limits)
    return parse(data, converter(converted, limits)) if isinstance(data, bytes) else data


def converter(converted: Path | None, limits: Limits) -> Converter:
    """What makes a Word file of an old office file, in the time that it may take."""
    made = converted.read_bytes() if converted is not None else None
    return Converter(limits.seconds * _CONVERSION, limits.memory_mb, made)


def content(path: Path, limits: Limits) -> bytes | Parsed:
    """The bytes of a file, or why it is not to be parsed."""
    try:
        if path.exists() and not path.is_file():
            return Parsed("", 0, "unknown", "quarantined", Reason.UNREADABLE_FILE, f"{path.name}: not a regular file")
        size = path.stat().st_size
        if size > limits.file_mb * 2**20:
            message = f"{size / 2**20:.0f} MB; the limit is {limits.file_mb} MB a file"
            return _without_result(path, Reason.TOO_LARGE, message)
        return path.read_bytes()
    except OSError as error:
        return Parsed(
            "", 0, "unknown", "quarantined", Reason.UNREADABLE_FILE, f"{error.strerror or error}: {path.name}"
        )


def parse_all(offered: Iterable[Offer], pool: Pool) -> Generator[tuple[Offer, Parsed], None, None]:
    """Parse files and yield each with its result, in the order in which they were offered."""
    limits = pool.limits
    flying: deque[tuple[Offer, Future[Parsed]]] = deque()
    with TemporaryDirectory(prefix="jixiao-office-") as room:
        for offer, converted in with_conversions(offered, Path(room), limits.seconds * _CONVERSION, limits.memory_mb):
            refused = _refused(offer.path, offer.refusal) if offer.refusal is not None else None
            flying.append((offer, refused or pool.read(offer.path, converted)))
            if len(flying) >= pool.size * pool.ahead:
                yield _first(flying, pool)
        while flying:
            yield _first(flying, pool)


def _refused(path: Path, refusal: Refusal) -> Future[Parsed]:
    """The end of a file that is not read: an archive, or a member of one that is not safe to unpack."""
    parsed = _without_result(path, refusal.reason, refusal.words)
    parsed.format = refusal.format
    if refusal.reason in REJECTED:
        parsed.status = "rejected"
    done: Future[Parsed] = Future()
    done.set_result(parsed)
    return done


def _first(flying: deque[tuple[Offer, Future[Parsed]]], pool: Pool) -> tuple[Offer, Parsed]:
    offer, future = flying.popleft()
    try:
        return offer, _result(offer.path, future, pool)
    except LostError:
        # which of the files that were there is to blame nobody knows; alone, this one shows whether it is
        wait([other for _, other in flying])
        try:
            return offer, _result(offer.path, pool.read(offer.path), pool)
        except LostError as error:
            return offer, _without_result(offer.path, Reason.CRASHED, str(error))


def _result(path: Path, future: Future[Parsed], pool: Pool) -> Parsed:
    """The outcome of a worker, or why there is none."""
    limits = pool.limits
    try:
        parsed = pool.outcome(future)
    except TimeoutError:
        message = f"not read within {limits.seconds:g} seconds, and {limits.scan_seconds:g} more a scanned page"
        reason = Reason.TIME_LIMIT
    except MemoryError:
        reason, message = Reason.MEMORY_LIMIT, f"more than {limits.memory_mb} MB of memory were needed"
    except CrashedError as error:
        reason, message = Reason.CRASHED, f"the reader's process died ({error})"
    except TaskError as error:
        reason, message = Reason.PARSER_ERROR, str(error)
    else:
        return parsed
    return _without_result(path, reason, message)


def _without_result(path: Path, reason: Reason, message: str) -> Parsed:
    """The end of a file that gave no result, with what can be said of it from outside."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Parsed(digest, path.stat().st_size, "unknown", "quarantined", reason, message)
    except OSError:
        return Parsed("", 0, "unknown", "quarantined", reason, message)
