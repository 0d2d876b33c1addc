"""Processes of this machine: a thread each, which hands its process one piece of work at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

from pipeline.parse import parse
from pipeline.workers.child import Child
from pipeline.workers.pool import Limits, Parse, Pool

P = ParamSpec("P")
T = TypeVar("T")


class LocalPool(Pool):
    """`size` processes, each with the limits of a file; one that dies is replaced."""

    ahead = 32
    """No bytes travel to a process of this machine: there is work for as long as it takes to load a batch."""

    def __init__(self, size: int, limits: Limits | None = None, parse: Parse = parse) -> None:
        """Processes start with the first work."""
        super().__init__(size, limits or Limits(), parse)
        self._children = [Child(self.limits.memory_mb) for _ in range(size)]
        self._idle: SimpleQueue[Child] = SimpleQueue()
        for child in self._children:
            self._idle.put(child)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="jixiao-worker")

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run `fn(*args)` in a process."""
        assert not kwargs
        return self._threads.submit(self._run, fn, args)

    def _run(self, fn: Callable[..., T], args: tuple[Any, ...]) -> T:
        child = self._idle.get()
        try:
            result: T = child.run(fn, args, self.limits.seconds, self.limits.scan_seconds, self.limits.longest_seconds)
            return result
        finally:
            self._idle.put(child)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes; `wait` lets them end their work first."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        for child in self._children:
            child.close()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Where the block failed nobody waits for work in progress."""
        self.shutdown(wait=kind is None, cancel_futures=kind is not None)
