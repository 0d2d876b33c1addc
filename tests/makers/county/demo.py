"""Writes a county as files with a list of the errors planted in it: `python -m tests.makers.county.demo FOLDER`."""

from __future__ import annotations

import argparse
import csv
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.makers.county.county import county
from tests.makers.county.files import FORMATS, as_bytes
from tests.makers.county.model import DepartmentYear
from tests.makers.county.plant import PLANTS, UnfitError, plant
from tests.makers.county.vocabulary import DIVISIONS

COLUMNS = ("file", "department", "year", "format", "planted", "expected", "may", "what")
LAST_ONLY = {"TRD-01"}
"""Errors that change a final: the next year's report would state the prior year otherwise."""
ONE_IN = 4


@dataclass(frozen=True)
class Offered:
    """A report to write, and what was planted in it."""

    report: DepartmentYear
    file: str
    form: str
    code: str | None


def offered(
    seed: int, departments: int, years: Sequence[int], divisions: Sequence[str] = DIVISIONS
) -> Iterator[Offered]:
    """All reports in the order of their departments; about one in four with an error, every code in turn."""
    rng = random.Random(f"demo-{seed}")
    reports = county(seed, departments, years, divisions=divisions)
    codes = sorted(PLANTS)
    rng.shuffle(codes)
    for at, report in enumerate(reports):
        form = FORMATS[rng.randrange(len(FORMATS))]
        plain = Offered(report, f"{report.key}.{form}", form, None)
        if rng.randrange(ONE_IN):
            yield plain
            continue
        last = reports[at - 1] if report.year > years[0] else None
        other = reports[(at + len(years)) % len(reports)]
        code, changed = _fitting(report, codes, rng, last, other, report.year == years[-1])
        codes.remove(code)
        codes.append(code)
        if code.startswith("REV"):
            yield plain
            yield Offered(changed, f"{report.key}_更正.{form}", form, code)
        else:
            yield Offered(changed, f"{report.key}.{form}", form, code)


def _fitting(
    report: DepartmentYear,
    codes: list[str],
    rng: random.Random,
    last: DepartmentYear | None,
    other: DepartmentYear,
    is_last: bool,
) -> tuple[str, DepartmentYear]:
    """The first code of the list that fits the report, and the report with it."""
    for code in codes:
        needs = PLANTS[code].needs
        if code in LAST_ONLY and not is_last:
            continue
        if needs == "last" and last is None:
            continue
        try:
            return code, plant(report, code, rng, last if needs == "last" else other)
        except UnfitError:
            continue
    raise UnfitError(report.key)


def write(folder: Path, seed: int, departments: int, years: Sequence[int]) -> list[Offered]:
    """Write the files into FOLDER/reports and FOLDER/manifest.csv; what an earlier run left there goes."""
    target = folder / "reports"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    made = list(offered(seed, departments, years))
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for each in made:
            (target / each.file).write_bytes(as_bytes(each.report, each.form))
            planted = PLANTS.get(each.code or "")
            said = (
                (each.code, ";".join(sorted(planted.expected)), ";".join(sorted(planted.may)), planted.says)
                if planted
                else ("", "", "", "")
            )
            rows.writerow((each.file, each.report.who.name, each.report.year, each.form, *said))
    return made


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seed", type=int, default=2024)
    asked.add_argument("--departments", type=int, default=44)
    asked.add_argument("--years", type=int, nargs="+", default=[2021, 2022, 2023])
    args = asked.parse_args()
    made = write(args.folder, args.seed, args.departments, args.years)
    planted = sum(each.code is not None for each in made)
    print(f"{len(made)} reports written to {args.folder}/reports, {planted} with a planted error: see manifest.csv")


if __name__ == "__main__":
    main()
