"""Progress of long work: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

_EVERY = 1000
_SECONDS = 30.0
"""Lines are told every so many things, and where these take long every so many seconds."""

Watch = Callable[[int, int], None]
"""Called with what is done and what there is to do."""
Stage = Callable[[str, str], Watch]
"""Called with what is done and to what: `reading`, of `files`. Its bar stands from the first call of the watch on."""


@contextmanager
def progress() -> Iterator[Stage]:
    """Give a function that makes a watch for each stage of the work."""
    if not sys.stderr.isatty():
        yield _lines
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:

        def stage(what: str, things: str) -> Watch:
            del things  # a bar stands under its own name
            task = None

            def move(done: int, total: int) -> None:
                nonlocal task
                if task is None:
                    task = bar.add_task(what, total=None)
                bar.update(task, completed=done, total=total)

            return move

        yield stage


def _lines(what: str, things: str) -> Watch:
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        due = done % _EVERY == 0 or time.monotonic() - last >= _SECONDS
        if 0 < done < total and due:
            print(f"jixiao: {what}: {done} of {total} {things}", file=sys.stderr)
            last = time.monotonic()

    return tell
