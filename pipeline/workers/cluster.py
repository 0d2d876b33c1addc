"""A Dask cluster: `jixiao ingest --cluster tcp://HOST:8786`. Bytes travel, no disk is shared, limits hold there too.

A thread of a Dask worker gives each file to a process beside it, as a local pool does: what hangs or dies there is
known at once and costs that file alone. Should the whole worker die, Dask tries its files again elsewhere.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, wait
from contextlib import suppress
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from pipeline import __version__
from pipeline.parse import Parsed, parse
from pipeline.workers.child import Child, StartError
from pipeline.workers.pool import Limits, LostError, Parse, Pool, PoolError, content, converter

P = ParamSpec("P")
T = TypeVar("T")
_CONNECT_SECONDS = 10
_LOOK_SECONDS = 5.0
_ALONE_SECONDS = 120.0
"""How long a run waits for workers to come back where all are gone."""

_idle: defaultdict[int, list[Child]] = defaultdict(list)
"""In a Dask worker: processes without work, by their limit of memory."""


def in_child(function: Callable[..., T], args: tuple[Any, ...], limits: Limits) -> T:
    """Run `function(*args)` within limits in a process beside this one; what a Dask worker is asked to do."""
    idle = _idle[limits.memory_mb]
    child = idle.pop() if idle else Child(limits.memory_mb)
    try:
        result: T = child.run(function, args, limits.seconds, limits.scan_seconds, limits.longest_seconds)
        return result
    finally:
        idle.append(child)


class ClusterPool(Pool):
    """The workers of the Dask scheduler at `address`."""

    def __init__(self, address: str, limits: Limits | None = None, parse: Parse = parse) -> None:
        """Connect. Raises `PoolError` where there is no scheduler, no worker, or a worker of another version."""
        try:
            from distributed import Client
        except ImportError:
            raise PoolError("a cluster needs the extra: pip install 'jixiao[cluster]'") from None
        try:
            self._client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise PoolError(f"{address}: no Dask scheduler answers ({error}); start `dask scheduler`") from error
        try:
            size = sum(self._client.nthreads().values())
            self._check(address, size)
        except BaseException:
            self._client.close()
            raise
        super().__init__(size, limits or Limits(), parse)
        self._address = address
        # not pure: a file that is tried again has a task of its own, not the one that failed with its workers
        self._executor = self._client.get_executor(pure=False)

    def _check(self, address: str, size: int) -> None:
        if not size:
            raise PoolError(f"{address}: the scheduler has no workers; start `dask worker {address}`")
        try:
            versions = self._client.run(version_there)
        except Exception as error:
            raise PoolError(f"{address}: a worker cannot run jixiao ({error}); install it there") from error
        for worker, version in versions.items():
            if version != __version__:
                raise PoolError(f"{worker}: jixiao {version} there, {__version__} here; they must be the same")

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run `fn(*args)` within the limits on one of the workers."""
        assert not kwargs
        future: Future[T] = self._executor.submit(in_child, fn, args, self.limits)
        return future

    def read(self, path: Path, converted: Path | None = None) -> Future[Parsed]:
        """The bytes are read here, where the file is, and those of its Word file if there is one."""
        data = content(path, self.limits)
        if isinstance(data, bytes):
            return self.submit(self.parse, data, converter(converted, self.limits))
        known: Future[Parsed] = Future()
        known.set_result(data)
        return known

    def outcome(self, future: Future[Parsed]) -> Parsed:
        """Wait for the result, and say so where nobody is left who could give it."""
        from distributed import KilledWorker

        self._wait(future)
        try:
            return future.result()
        except KilledWorker:
            raise LostError("every worker of the cluster that read it died") from None
        except StartError as error:
            raise PoolError(f"{self._address}: {error}") from error
        except CancelledError:
            raise PoolError(f"{self._address}: the scheduler is gone; run again") from None

    def _wait(self, future: Future[Parsed]) -> None:
        alone_since = None
        while not wait([future], _LOOK_SECONDS).done:
            if self._client.nthreads():
                alone_since = None
            elif alone_since is None:
                alone_since = time.monotonic()
            elif time.monotonic() - alone_since > _ALONE_SECONDS:
                raise PoolError(f"{self._address}: no worker is left; start `dask worker {self._address}`")

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster as it was."""
        with suppress(Exception):
            self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Where the block failed nobody waits for work in progress."""
        self.shutdown(wait=kind is None, cancel_futures=kind is not None)


def version_there() -> str:
    """Asked of every worker."""
    return __version__
