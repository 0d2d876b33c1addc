"""Progress of long work: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

_EVERY = 1000


@contextmanager
def progress(what: str, things: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function to be called with what is done and what there is to do: `reading`, of `files`."""
    if not sys.stderr.isatty():

        def tell(done: int, total: int) -> None:
            if done % _EVERY == 0 and done < total:
                print(f"jixiao: {what}: {done} of {total} {things}", file=sys.stderr)

        yield tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def move(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield move
