"""A process of its own for the work on a file: what hangs, dies or eats memory there costs that file alone.

The process is a plain one with a socket, not one of `multiprocessing`: it may be started from any process (also from
a Dask worker, which may have no children of that kind), inherits nothing, and shares no lock with its siblings that
a death could leave locked. Every death is seen at once, also one with exit status 0.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import Any

OUT_OF_MEMORY = 113
"""Exit status of a process that needed more memory than it may take: it ends, since what is left of it is in pieces."""
PAGE_BEGUN = "page begun"
"""What the process says when it begins a scanned page: it may take more time."""
_START_SECONDS = 120.0
_LOOK_SECONDS = 1.0


class CrashedError(Exception):
    """The process died over its work. `str()` says how."""


class TaskError(Exception):
    """The work itself raised an error, which `str()` names."""


class StartError(Exception):
    """No process could be started: nothing is wrong with the file."""


class Child:
    """One process that works on one thing at a time, and is replaced where it dies."""

    def __init__(self, memory_mb: int) -> None:
        """Keep the limit; the process starts with the first work."""
        self._memory_mb = memory_mb
        self._process: subprocess.Popen[bytes] | None = None
        self._ours: Connection[Any, Any] | None = None
        self._closed = False

    def run(
        self, function: Callable[..., Any], args: tuple[Any, ...], seconds: float, more: float = 0, longest: float = 0
    ) -> Any:
        """What `function(*args)` gives there. Both travel as pickles, a function by the name of its module.

        It may take `seconds`, and `more` for every scanned page that it says it begins, but never over `longest`.

        Raises `TimeoutError`, `MemoryError`, `CrashedError` or `TaskError`, after each of which but the last the next
        work has a new process; `StartError` where there is no process to work in.
        """
        task = ForkingPickler.dumps((seconds, more, function, args))
        ours = self._ours if self._process is not None and self._process.poll() is None else None
        if ours is None:
            ours = self._start()
        try:
            ours.send_bytes(task)
            done, result = self._receive(ours, seconds, more, longest)
        except (EOFError, OSError) as error:
            if isinstance(error, TimeoutError):
                self._end()
                raise
            raise self._death() from None
        if not done:
            raise TaskError(result)
        return result

    def close(self) -> None:
        """End the process, and whoever waits for it."""
        self._closed = True
        if (process := self._process) is not None:
            process.kill()
            process.wait()

    def _start(self) -> Connection[Any, Any]:
        self._end()
        self._ours, theirs = Pipe()
        # the other process finds modules where this one does
        paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pipeline.workers.serve", str(theirs.fileno()), str(self._memory_mb)],
                env={**os.environ, "PYTHONPATH": paths}, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
            )  # fmt: skip
            theirs.close()
            if self._closed:
                self._process.kill()
            self._receive(self._ours, _START_SECONDS)
        except (EOFError, OSError) as error:
            self._end()
            raise StartError(f"no process for parsing could be started: {error or 'it ended at once'}") from error
        return self._ours

    def _receive(self, ours: Connection[Any, Any], seconds: float, more: float = 0, longest: float = 0) -> Any:
        began = time.monotonic()
        end = began + seconds
        while True:
            while not ours.poll(max(0.0, min(_LOOK_SECONDS, end - time.monotonic()))):
                if self._process is None or (self._process.poll() is not None and not ours.poll()):
                    raise EOFError
                if time.monotonic() >= end:
                    raise TimeoutError
            said = ours.recv()
            if said != PAGE_BEGUN:
                return said
            end = max(end, min(end + more, began + longest))

    def _death(self) -> Exception:
        """Why the process is no more."""
        assert self._process is not None
        try:
            code = self._process.wait(_LOOK_SECONDS)
        except subprocess.TimeoutExpired:  # alive, with nobody at the other end
            code = None
        self._end()
        if code == OUT_OF_MEMORY:
            return MemoryError()
        return CrashedError(f"exit code {code}" if code is None or code >= 0 else f"signal {-code}")

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._ours is not None:
            self._ours.close()
        self._process = self._ours = None
