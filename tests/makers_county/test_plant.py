"""Every planted error breaks what it says and nothing else."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from pipeline.parse import parse
from tests.makers.county import DepartmentYear, county
from tests.makers.county.demo import COLUMNS, write
from tests.makers.county.files import as_bytes
from tests.makers.county.plant import PLANTS, UnfitError, plant
from tests.makers_county.rules import broken

YEARS = (2022, 2023)
JUDGED = {
    *(f"ARI-{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12)),
    *(f"RAT-{n:02}" for n in (1, 3, 4, 5, 6, 7, 8)),
    *(f"SCO-{n:02}" for n in (1, 2, 3, 4, 5, 6, 13, 15)),
    *(f"XNT-{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 14)),
    *("IND-03", "IND-08", "IND-13", "BUD-06", "PRJ-01", "PRJ-02", "PRJ-04", "TRD-03"),
    *("DOC-03", "DOC-04", "DOC-06", "DOC-12", "DOC-14"),
}
"""Codes of classes E and C that the rules of these tests recompute; REV-02 is about two versions."""


@pytest.fixture(scope="module")
def reports() -> list[DepartmentYear]:
    return county(31, 30, YEARS, clean=True) + county(32, 30, YEARS)


def planted(reports: list[DepartmentYear], code: str) -> list[tuple[DepartmentYear, DepartmentYear, DepartmentYear]]:
    """The report before, after, and last year's, for every report that the error fits."""
    out = []
    for at in range(1, len(reports), 2):
        report, last, other = reports[at], reports[at - 1], reports[(at + 2) % len(reports)]
        try:
            changed = plant(report, code, random.Random(at), last if PLANTS[code].needs == "last" else other)
        except UnfitError:
            continue
        out.append((report, changed, last))
    return out


def test_every_check_of_arithmetic_and_contradiction_has_its_error() -> None:
    assert set(PLANTS) >= JUDGED | {"REV-02"}
    for code, found in PLANTS.items():
        assert code in found.expected
        assert found.says, code
        assert not found.expected & found.may, code


@pytest.mark.parametrize("code", sorted(PLANTS))
def test_a_planted_error_breaks_what_it_says_and_nothing_else(code: str, reports: list[DepartmentYear]) -> None:
    made = planted(reports, code)
    assert len(made) >= 10, f"{code} fits {len(made)} of {len(reports) // 2}"
    for report, changed, last in made:
        assert changed != report
        found = broken(changed, last)
        expected = PLANTS[code].expected
        assert found >= expected & JUDGED, report.key
        assert found <= expected | PLANTS[code].may, report.key


@pytest.mark.parametrize("code", sorted(PLANTS))
def test_a_report_with_an_error_is_read_and_differs(code: str, reports: list[DepartmentYear]) -> None:
    report, changed, _ = planted(reports, code)[0]
    before, after = (parse(as_bytes(each, "txt")) for each in (report, changed))
    assert after.status == "loaded"
    assert after.content_sha256 != before.content_sha256


def test_the_same_random_numbers_plant_the_same(reports: list[DepartmentYear]) -> None:
    for code in sorted(PLANTS):
        assert planted(reports[:20], code) == planted(reports[:20], code)


def test_the_demonstration_writes_every_file_and_a_manifest(tmp_path: Path) -> None:
    made = write(tmp_path, 1, 40, (2021, 2022, 2023))
    files = {path.name for path in (tmp_path / "reports").iterdir()}
    assert files == {each.file for each in made}
    assert len(made) >= 120
    lines = (tmp_path / "manifest.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == len(made) + 1
    forms = Counter(each.form for each in made)
    assert min(forms[form] for form in ("docx", "pdf", "txt")) > 20
    assert 0.15 < sum(each.code is not None for each in made) / len(made) < 0.35
