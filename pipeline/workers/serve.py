"""The other end of `child.Child`: `python -m pipeline.workers.serve SOCKET MEGABYTES` works until the socket closes."""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import sys
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import Any

from parsers.readers import scan
from pipeline.workers.child import OUT_OF_MEMORY, PAGE_BEGUN

_GRACE_SECONDS = 30


def main() -> None:
    """Say that it is there, then answer every task with (True, result) or (False, what went wrong)."""
    number, memory_mb = int(sys.argv[1]), int(sys.argv[2])
    os.set_inheritable(number, False)
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 2**20, memory_mb * 2**20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for the parent, which closes the socket
    socket: Connection[Any, Any] = Connection(number)
    socket.send("ready")
    while True:
        try:
            task = socket.recv_bytes()
        except (EOFError, OSError):
            return
        try:
            answer = _work(task, socket)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        try:
            socket.send_bytes(answer)
        except OSError:  # the parent is gone
            return


def _work(task: bytes, socket: Connection[Any, Any]) -> memoryview:
    try:
        seconds, more, function, args = pickle.loads(task)

        def page_begun() -> None:
            socket.send(PAGE_BEGUN)
            signal.alarm(signal.alarm(0) + int(more))

        scan.listeners[:] = [page_begun]
        # should the parent be gone, nobody else ends what hangs
        signal.alarm(int(seconds) + _GRACE_SECONDS)
        done = (True, function(*args))
    except MemoryError:
        raise
    except Exception as error:
        done = (False, f"{type(error).__name__}: {error}")
    finally:
        signal.alarm(0)
    return ForkingPickler.dumps(done)


if __name__ == "__main__":
    # most of what a report leaves behind goes without the collector, which only has to find what is left of many
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    main()
