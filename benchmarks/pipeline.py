"""Times the whole way from a folder of reports to a published warehouse with checks: `make bench-pipeline`.

python -m benchmarks.pipeline --reports 1000 10000 --workers 2 [--forms docx txt] [--profile]

The reports are invented, a third each Word, PDF and text, one in four with a planted error. Each size is read by a new
process, so that its peak memory is its own. Stages are those of the parent: its own work, and how long it waits for the
processes that parse.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import resource
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread, get_ident
from typing import Any

from pipeline.ingest import ingest
from pipeline.workers import LocalPool
from tests.makers.county.demo import Offered, offered
from tests.makers.county.files import FORMATS, as_bytes
from tests.makers.county.vocabulary import DIVISIONS, table
from warehouse.publish import open_read_only

YEARS = (2021, 2022, 2023)
PREFIXES = "东西南北中上下前后内外大小新老高"
"""More divisions than the makers name: 东云溪示例县."""


def reports(count: int, seed: int = 7) -> Iterator[Offered]:
    """`count` different reports."""
    made = 0
    for at, prefix in enumerate(("", *PREFIXES)):
        divisions = tuple(prefix + name for name in DIVISIONS)
        departments = min(len(table("organs")) * len(divisions), -(-(count - made) // len(YEARS)))
        for each in offered(seed + at, departments, YEARS, divisions):
            yield each
            made += 1
            if made == count:
                return
    raise ValueError(f"no more than {made} reports can be made")


def write(folder: Path, count: int, forms: tuple[str, ...]) -> None:
    """Write the reports, formats in turn; a folder that stands is taken as it is."""
    if folder.exists():
        return
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for at, each in enumerate(reports(count)):
        form = forms[(at + at // len(forms)) % len(forms)]
        (partial / f"{at:05d}-{each.file.rpartition('.')[0]}.{form}").write_bytes(as_bytes(each.report, form))
    partial.rename(folder)


STAGES = (
    ("/warehouse/check.py", "checks"), ("/warehouse/create.py", "schema and views"), ("/warehouse/load.py", "load"),
    ("/warehouse/publish.py", "copy and publish"), ("/pipeline/workers/", "wait for the parsers"),
)  # fmt: skip
"""Where the main thread is, by the innermost of these files that it is in."""
TICK = 0.005


class Stages(Thread):
    """Looks where the main thread is, many times a second."""

    def __init__(self) -> None:
        """Look at the thread that asks."""
        super().__init__(daemon=True)
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._watched = get_ident()
        self._over = Event()

    def run(self) -> None:
        """Add the time since the last look to the stage that is found."""
        before = time.perf_counter()
        while not self._over.wait(TICK):
            frame, stage = sys._current_frames()[self._watched], None
            while frame is not None and stage is None:
                stage = next((stage for part, stage in STAGES if part in frame.f_code.co_filename), None)
                frame = frame.f_back  # type: ignore[assignment]
            now = time.perf_counter()
            self.seconds[stage or "the rest"] += now - before
            before = now

    def stop(self) -> dict[str, float]:
        """Seconds by stage."""
        self._over.set()
        self.join()
        return dict(self.seconds)


def measure(folder: Path, db: Path, workers: int, profile: bool) -> dict[str, Any]:
    """Read the folder into a new warehouse."""
    profiler = cProfile.Profile()
    stages = Stages()
    began, cpu = time.perf_counter(), _cpu()
    stages.start()
    if profile:
        profiler.enable()
    with LocalPool(workers) as pool:
        summary = ingest([folder], db, pool)
        profiler.disable()
    seconds = time.perf_counter() - began
    if profile:
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(30)
    parent, children = (b - a for a, b in zip(cpu, _cpu(), strict=True))
    with open_read_only(db) as con:
        parsed = con.execute("SELECT format, count(*), avg(seconds) FROM document GROUP BY ALL ORDER BY 1").fetchall()
    return {
        "reports": summary.offered, "counts": dict(summary.counts), "findings": summary.findings,
        "seconds": seconds, "parent_cpu": parent, "children_cpu": children,
        "parent_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "child_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "stages": stages.stop(), "parse": {form: (count, each) for form, count, each in parsed},
    }  # fmt: skip


def _cpu() -> tuple[float, float]:
    times = os.times()
    return times.user + times.system, times.children_user + times.children_system


def show(done: dict[str, Any]) -> None:
    """One size in words."""
    count, seconds = done["reports"], done["seconds"]
    print(f"{count:,} reports in {seconds:.1f} s: {count / seconds:.1f} a second; {done['counts']}, ", end="")
    print(f"{done['findings']:,} findings; parent {done['parent_mb']:,} MB, a worker {done['child_mb']:,} MB")
    cpu = ", ".join(f"{name[:-4]} {done[name] / count * 1000:.1f}" for name in ("parent_cpu", "children_cpu"))
    print(f"  processor time a report, ms: {cpu}")
    told = ", ".join(f"{form} {each * 1000:.1f} ({number:,})" for form, (number, each) in done["parse"].items())
    print(f"  parsing a report, ms by the clock: {told}")
    stages = sorted(done["stages"].items(), key=lambda item: -item[1])
    print("  " + ", ".join(f"{name} {spent:.1f} s ({spent / seconds:.0%})" for name, spent in stages), flush=True)


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, nargs="+", default=[1_000, 10_000])
    asked.add_argument("--forms", nargs="+", choices=FORMATS, default=FORMATS)
    asked.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--folder", type=Path, default=Path("build/bench-pipeline"))
    asked.add_argument("--profile", action="store_true", help="where the parent spends its time")
    asked.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    args = asked.parse_args()
    for count in args.reports:
        name = f"{count}-{'-'.join(args.forms)}"
        folder, db = args.folder / name, args.folder / f"{name}.duckdb"
        if args.one:
            print(json.dumps(measure(folder, db, args.workers, args.profile)))
            continue
        write(folder, count, tuple(args.forms))
        db.unlink(missing_ok=True)
        shutil.rmtree(db.with_name(db.name + ".versions"), ignore_errors=True)
        command = [sys.executable, "-m", "benchmarks.pipeline", *sys.argv[1:], "--one", "--reports", str(count)]
        show(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))


if __name__ == "__main__":
    main()
