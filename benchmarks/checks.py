"""Times the checks over 1,000, 10,000 and 100,000 invented reports, and over one new report: `make bench-checks`.

All checks must take under 120 s over 100,000 reports on 2 cores and 8 GB; what one new report concerns, under 5 s.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.county import rows
from warehouse import check as engine
from warehouse import similarity
from warehouse.check import Checked, check
from warehouse.publish import building

SIZES = (1_000, 10_000, 100_000)
SLOWEST = 12
HEAD = """\
| reports | all checks, s | CPU s | of it prose that is alike | findings | one more report, s | CPU s | peak, MB |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and of the processors: the clock also counts what other programs do."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        """Both together."""
        return Spent(self.wall + other.wall, self.cpu + other.cpu)

    @classmethod
    def now(cls) -> Spent:
        """What is spent until now."""
        own = resource.getrusage(resource.RUSAGE_SELF)
        return cls(time.perf_counter(), own.ru_utime + own.ru_stime)

    @classmethod
    def since(cls, began: Spent) -> Spent:
        """What was spent since then."""
        now = cls.now()
        return cls(now.wall - began.wall, now.cpu - began.cpu)


Steps = dict[str, Spent]


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked.add_argument("--folder", type=Path, default=Path("build/bench"))
    asked.add_argument("--keep", action="store_true", help="publish what the checks found")
    args = asked.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    print(HEAD, flush=True)
    slowest = []
    for size in args.sizes:
        db = args.folder / f"county-{size}.duckdb"
        if not db.exists():
            with building(db) as run:
                run.con.execute("SET memory_limit = '5GB'")
                rows(run.con, size)
                run.publish()
        slowest += [f"\n{size:,}, {what}: {_slowest(steps)}" for what, steps in measure(db, size, args.keep)]
    print("\n".join(slowest))


def measure(db: Path, size: int, keep: bool) -> list[tuple[str, Steps]]:
    """Time all checks, and those that one report which comes in again concerns."""
    with building(db) as run:
        con = run.con
        con.execute("SET memory_limit = '8GB'")
        con.execute("SET threads = 2")
        con.execute("DELETE FROM core.sketch")
        con.execute("DELETE FROM core.near_duplicate")
        done, every, all_steps = _timed(lambda: check(con, anew=True))
        last = "SELECT arg_max(report_id, loaded_order) FROM core.report"
        con.execute(f"DELETE FROM core.checked WHERE report_id = ({last})")
        forms = f"SELECT form_id FROM core.form WHERE report_id = ({last})"
        con.execute(f"DELETE FROM core.sketch WHERE form_id IN ({forms})")
        again, one, one_steps = _timed(lambda: check(con))
        if not 0 < again.reports < 100:
            raise ValueError(f"one report concerns {again.reports}")
        if done.problems:
            raise ValueError("\n".join(done.problems))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        alike = all_steps["similarity"].cpu
        print(
            f"| {size:,} | {every.wall:.1f} | {every.cpu:.1f} | {alike:.1f} | {done.findings:,} | {one.wall:.2f} | "
            f"{one.cpu:.2f} | {peak:,} |",
            flush=True,
        )
        if keep:
            run.publish()
        else:
            run.discard()
    return [("all", all_steps), ("one", one_steps)]


def _slowest(steps: Steps) -> str:
    first = sorted(steps.items(), key=lambda item: -item[1].cpu)[:SLOWEST]
    return ", ".join(f"{name} {spent.wall:.2f} ({spent.cpu:.2f} CPU)" for name, spent in first)


def _timed(work: Callable[[], Checked]) -> tuple[Checked, Spent, Steps]:
    """Do it; what it gave, what it took, and what each check and step of it took."""
    steps: Steps = {}
    with (
        _watched(similarity, "update", steps, lambda con: "similarity"),
        _watched(engine, "_run_sql", steps, lambda con, name, *_: name),
        _watched(engine, "_run", steps, lambda con, rule, *_: rule.code),
    ):
        began = Spent.now()
        done = work()
        return done, Spent.since(began), steps


@contextmanager
def _watched(module: Any, name: str, steps: Steps, label: Callable[..., str]) -> Iterator[None]:
    """Time every call of a function of a module while the block runs."""
    own = getattr(module, name)

    def watched(con: duckdb.DuckDBPyConnection, *args: Any, **options: Any) -> Any:
        began = Spent.now()
        try:
            return own(con, *args, **options)
        finally:
            called = label(con, *args)
            steps[called] = steps.get(called, Spent()) + Spent.since(began)

    setattr(module, name, watched)
    try:
        yield
    finally:
        setattr(module, name, own)


if __name__ == "__main__":
    main()
