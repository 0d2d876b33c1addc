"""Times the checks over 1,000, 10,000 and 100,000 invented reports, and over one new report: `make bench-checks`.

All checks must take under 120 s over 100,000 reports on 2 cores and 8 GB; what one new report concerns, under 5 s.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

import duckdb

from benchmarks.county import rows
from warehouse import check as engine
from warehouse.check import check
from warehouse.publish import building

SIZES = (1_000, 10_000, 100_000)
SLOWEST = 12


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked.add_argument("--folder", type=Path, default=Path("build/bench"))
    args = asked.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    print(
        "| reports | all checks, s | findings | one more report, s | peak, MB |\n| ---: | ---: | ---: | ---: | ---: |"
    )
    for size in args.sizes:
        db = args.folder / f"county-{size}.duckdb"
        if not db.exists():
            with building(db) as run:
                run.con.execute("SET memory_limit = '5GB'")
                rows(run.con, size)
                run.publish()
        measure(db, size)


def measure(db: Path, size: int) -> None:
    """Time all checks, the slowest of them, and those that one report which came in again concerns."""
    with building(db) as run:
        con = run.con
        con.execute("SET memory_limit = '8GB'")
        con.execute("SET threads = 2")
        times = _timed(con)
        began = time.perf_counter()
        done = check(con, anew=True)
        everything = time.perf_counter() - began
        con.execute("DELETE FROM core.checked WHERE report_id = (SELECT max(report_id) FROM core.checked)")
        began = time.perf_counter()
        again = check(con)
        one = time.perf_counter() - began
        assert 0 < again.reports < 100, again
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"| {size:,} | {everything:.1f} | {done.findings:,} | {one:.2f} | {peak:,} |")
        slowest = sorted(times.items(), key=lambda item: -item[1])[:SLOWEST]
        print("\nslowest: " + ", ".join(f"{name} {seconds:.2f}" for name, seconds in slowest) + "\n")
        run.discard()


def _timed(con: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Seconds of each check and step of the next pass, filled while it runs."""
    times: dict[str, float] = {}
    run_rule, run_sql = engine._run, engine._run_sql

    def rule(con: duckdb.DuckDBPyConnection, rule: engine.Rule, done: engine.Checked) -> None:
        began = time.perf_counter()
        run_rule(con, rule, done)
        times[rule.code] = max(times.get(rule.code, 0), time.perf_counter() - began)

    def sql(con: duckdb.DuckDBPyConnection, name: str, everything: bool = False) -> None:
        began = time.perf_counter()
        run_sql(con, name, everything)
        times[name] = max(times.get(name, 0), time.perf_counter() - began)

    engine._run, engine._run_sql = rule, sql
    return times


if __name__ == "__main__":
    main()
