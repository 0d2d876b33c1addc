"""Times what people ask of a warehouse of 100,000 invented reports: `make bench-warehouse`.

Each of the 25 questions of docs/sql-cookbook.md must be answered in 1 s on 2 cores, all views written as Parquet in
60 s, and the change against the year before over 5 million facts worked out no slower than polars does it in memory.
Beside the seconds of the clock stand those of the processors: on a machine that others use too, half of them is what
two free cores would take.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.county import rows
from warehouse.check import check
from warehouse.export import export
from warehouse.publish import building

ROOT = Path(__file__).resolve().parent.parent
COOKBOOK = ROOT / "docs" / "sql-cookbook.md"
ROUNDS = 3
FACTS = 5_000_000
COUNTIES = 100
KEY = ("dept_id", "form_kind", "project_name", "concept", "item", "period")


@dataclass(frozen=True)
class Spent:
    """Seconds of the clock and of all processors."""

    clock: float
    processor: float


def timed(work: Callable[[], Any]) -> tuple[Any, Spent]:
    """What the work gives, and what it took."""
    began, used = time.perf_counter(), _processor()
    result = work()
    return result, Spent(time.perf_counter() - began, _processor() - used)


def best(rounds: list[Spent]) -> Spent:
    """The least of each: the moment in which others disturbed least."""
    return Spent(min(each.clock for each in rounds), min(each.processor for each in rounds))


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def make(db: Path, reports: int) -> None:
    """Fill the warehouse: reports of 100 counties, checked."""
    with building(db) as run:
        run.con.execute("SET memory_limit = '8GB'")
        if not run.con.execute("SELECT 1 FROM core.report LIMIT 1").fetchall():
            rows(run.con, reports)
        # the makers know one county only; a province has many
        run.con.execute(
            "UPDATE core.department SET division_name = CASE n WHEN 0 THEN '君山区' ELSE '示例县' || n END, "
            "division_code = '43' || lpad(CAST(n AS VARCHAR), 4, '0') "
            "FROM (SELECT dept_id AS known, hash(dept_id) % ? AS n FROM core.department) WHERE known = dept_id",
            [COUNTIES],
        )
        check(run.con)
        _, spent = timed(run.publish)
        print(f"published in {spent.clock:.1f} s ({spent.processor:.1f} s of processors)\n", flush=True)


def questions(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The questions of the cookbook, asked of a department and of a number that there are."""
    text = COOKBOOK.read_text(encoding="utf-8")
    asked = dict(re.findall(r"^### (\S+?)\. .*?```sql\n(.*?)```", text, re.MULTILINE | re.DOTALL))
    dept, value = con.execute(
        "SELECT dept_id, value FROM fact WHERE concept = 'revenue_general_public_budget' ORDER BY dept_id LIMIT 1"
    ).fetchall()[0]
    for there, here in (("430611-party_committee_organ-xunchaban", dept), ("265.45", str(value))):
        asked = {name: query.replace(there, here) for name, query in asked.items()}
    return asked


def ask(con: duckdb.DuckDBPyConnection) -> None:
    """Answer every question, all rows of it."""
    print("| question | rows | s | s of processors |\n| ---: | ---: | ---: | ---: |")
    for name, query in questions(con).items():
        took = []
        for _ in range(ROUNDS):
            answer, spent = timed(partial(_answer, con, query))
            took.append(spent)
        least = best(took)
        print(f"| {name} | {answer.num_rows:,} | {least.clock:.2f} | {least.processor:.2f} |", flush=True)


def _answer(con: duckdb.DuckDBPyConnection, query: str) -> Any:
    return con.sql(query).to_arrow_table()


def write(db: Path, folder: Path) -> None:
    """All views as Parquet."""
    shutil.rmtree(folder, ignore_errors=True)
    done, spent = timed(lambda: export(db, folder, "parquet"))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
    print(
        f"\n{sum(done.rows.values()):,} rows of {len(done.rows)} views as Parquet, {size:.0f} MB: {spent.clock:.1f} s "
        f"({spent.processor:.1f} s of processors)",
        flush=True,
    )
    shutil.rmtree(folder)


def race(con: duckdb.DuckDBPyConnection) -> None:
    """This year beside the year before, by DuckDB and by polars in turn, over the same facts in memory.

    Each is asked in the way that is fastest for it: polars joins the facts to themselves and also lays the years side
    by side, and the better of the two counts.
    """
    import polars as pl

    ((there_are,),) = con.execute("SELECT count(*) FROM fact WHERE value IS NOT NULL").fetchall()
    share = -(-FACTS * 1010 // there_are)
    keys = ", ".join(f"coalesce({key}, '') AS {key}" for key in KEY)
    # one figure a key and year: the first that is printed
    facts = con.sql(
        f"SELECT {keys}, fiscal_year, min_by(value, fact_no) AS value FROM fact "
        f"WHERE value IS NOT NULL AND fiscal_year IS NOT NULL AND hash(dept_id) % 1000 < {share} GROUP BY ALL"
    ).to_arrow_table()
    # like polars, in no particular order
    ours = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
    ours.register("arrived", facts)
    ours.execute("CREATE TABLE told AS FROM arrived")
    frame = pl.DataFrame(facts)
    years = [year for (year,) in ours.execute("SELECT DISTINCT fiscal_year FROM told ORDER BY ALL").fetchall()]
    change = (pl.col("value") - pl.col("prior")).alias("change")

    def joined() -> pl.DataFrame:
        before = frame.select(*KEY, pl.col("fiscal_year") + 1, pl.col("value").alias("prior"))
        return frame.lazy().join(before.lazy(), on=[*KEY, "fiscal_year"]).with_columns(change).collect()

    def aside() -> pl.DataFrame:
        of_year = [pl.col("value").filter(pl.col("fiscal_year") == year).first().alias(f"v{year}") for year in years]
        side = frame.lazy().group_by(KEY).agg(of_year).collect()
        pairs = [
            side.lazy()
            .filter(pl.col(f"v{year}").is_not_null() & pl.col(f"v{year - 1}").is_not_null())
            .select(*KEY, pl.lit(year).alias("fiscal_year"), value=f"v{year}", prior=f"v{year - 1}")
            for year in years
            if year - 1 in years
        ]
        return pl.concat(pairs).with_columns(change).collect()

    ways: dict[str, Callable[[], Any]] = {
        "DuckDB": lambda: ours.sql(_side_by_side(years)).to_arrow_table(),
        "polars, a join": joined,
        "polars, side by side": aside,
    }
    took: dict[str, list[Spent]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            beside, spent = timed(way)
            took[name].append(spent)
            found = pl.DataFrame(beside).select(pl.len(), pl.col("change").sum()).row(0)
            if name == "DuckDB":
                wanted = found
            assert found == wanted, "the two do not agree"
            del beside
    print(f"\n{facts.num_rows:,} facts beside those of the year before, {wanted[0]:,} pairs:")
    for name, rounds in took.items():
        print(f"{name}: {best(rounds).clock:.2f} s ({best(rounds).processor:.2f} s of processors)", flush=True)


def _side_by_side(years: list[int]) -> str:
    """The facts of `told` beside those of the year before: the years of a key in one row, then a row a pair."""
    keys = ", ".join(KEY)
    of_year = ", ".join(f"any_value(value) FILTER (fiscal_year = {year}) AS v{year}" for year in years)
    pairs = ", ".join(
        f"{{fiscal_year: {year}, value: v{year}, prior: v{year - 1}}}" for year in years if year - 1 in years
    )
    return f"""
    WITH side AS (SELECT {keys}, {of_year} FROM told GROUP BY ALL),
    pair AS (SELECT {keys}, unnest([{pairs}]) AS p FROM side)
    SELECT {keys}, p.fiscal_year, p.value, p.prior, p.value - p.prior AS change FROM pair WHERE change IS NOT NULL
    """


def main() -> None:
    """The command line."""
    os.environ["POLARS_MAX_THREADS"] = "2"
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=100_000)
    asked.add_argument("--folder", type=Path, default=Path("build/bench"))
    args = asked.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    db = args.folder / f"warehouse-{args.reports}.duckdb"
    if not db.exists():
        make(db, args.reports)
    con = duckdb.connect(str(db.resolve()), read_only=True, config={"threads": 2, "memory_limit": "4GB"})
    ask(con)
    race(con)
    con.close()
    write(db, args.folder / "export")


if __name__ == "__main__":
    main()
