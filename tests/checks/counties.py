"""Invented counties through the real pipeline, with one error planted in every second report."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.ingest import ingest
from tests.makers.county.county import county
from tests.makers.county.files import FORMATS, as_bytes
from tests.makers.county.model import DepartmentYear
from tests.makers.county.plant import PLANTS, UnfitError, plant
from warehouse.publish import open_read_only
from warehouse.rules import rules

CERTAIN = {rule.code for rule in rules() if rule.check_class in {"E", "C"}}
"""Checks of certain errors and contradictions."""


@dataclass(frozen=True)
class Planted:
    """A report with an error: who and what."""

    dept: str
    year: int
    code: str
    form: str


def write_clean(folder: Path, seed: int, departments: int, years: tuple[int, ...]) -> list[DepartmentYear]:
    """Write reports that agree with themselves and with each other; formats in turn."""
    reports = county(seed, departments, years)
    for at, report in enumerate(reports):
        form = FORMATS[at % len(FORMATS)]
        (folder / f"{report.key}.{form}").write_bytes(as_bytes(report, form))
    return reports


def write_planted(folder: Path, seed: int, departments: int, codes: list[str]) -> list[Planted]:
    """Write two years of each department, the later one with an error; every code and format in turn."""
    reports = county(seed, departments, (2022, 2023), clean=True)
    rng = random.Random(f"planted-{seed}")
    made = []
    waiting = list(codes)
    for at in range(0, len(reports), 2):
        last, report, other = reports[at], reports[at + 1], reports[(at + 3) % len(reports)]
        code, changed = _fitting(report, waiting, rng, last, other)
        form = FORMATS[(at // 2) % len(FORMATS)]
        (folder / f"{last.key}.txt").write_bytes(as_bytes(last, "txt"))
        if code.startswith("REV"):
            (folder / f"{report.key}-1.{form}").write_bytes(as_bytes(report, form))
        (folder / f"{report.key}-2.{form}").write_bytes(as_bytes(changed, form))
        made.append(Planted(report.who.name, report.year, code, form))
    return made


def _fitting(
    report: DepartmentYear,
    waiting: list[str],
    rng: random.Random,
    last: DepartmentYear,
    other: DepartmentYear,
) -> tuple[str, DepartmentYear]:
    """The code that waits longest of those that fit the report."""
    for code in waiting:
        try:
            needed = {"last": last}.get(PLANTS[code].needs, _stranger(other) if code == "DOC-04" else other)
            changed = plant(report, code, rng, needed)
        except UnfitError:
            continue
        waiting.remove(code)
        waiting.append(code)
        return code, changed
    raise UnfitError(report.key)


def _stranger(report: DepartmentYear) -> DepartmentYear:
    """The same department of a county of which nothing is written: a form under its name meets no report of its own."""
    organ = report.who.name.partition("示例")[2][1:]
    return replace(report, who=replace(report.who, name=f"远山示例县{organ}"))


def raised(folder: Path, db: Path) -> dict[tuple[str, int], set[str]]:
    """Codes raised by department and year, after taking the folder in."""
    summary = ingest([folder], db, workers=2)
    assert summary.broken_checks == []
    assert summary.problems == []
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    with open_read_only(db) as con:
        for name, year, code in con.execute("SELECT dept_name, fiscal_year, check_code FROM finding").fetchall():
            found[name, year].add(code)
    return found


def messages(db: Path, dept: str, year: int, code: str) -> list[str]:
    """What a check says of a department and year."""
    with open_read_only(db) as con:
        return [
            row[0]
            for row in con.execute(
                "SELECT message FROM finding WHERE (dept_name, fiscal_year, check_code) = (?, ?, ?)", [dept, year, code]
            ).fetchall()
        ]


def missed_and_wrong(
    made: list[Planted], found: dict[tuple[str, int], set[str]]
) -> Iterator[tuple[Planted, frozenset[str], frozenset[str]]]:
    """For every planted error the codes that should have been raised and were not, and those raised wrongly."""
    for one in made:
        told = found.get((one.dept, one.year), set())
        plan = PLANTS[one.code]
        yield one, (plan.expected & CERTAIN) - told, frozenset(told & CERTAIN) - plan.expected - plan.may
