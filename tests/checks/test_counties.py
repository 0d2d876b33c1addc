"""No check of certain errors fires on reports that agree; every planted error is found, by the right check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.counties import CERTAIN, messages, missed_and_wrong, raised, write_clean, write_planted
from tests.makers.county.plant import PLANTS

CODES = sorted(code for code in PLANTS if code in CERTAIN)


def no_false_alarm(tmp_path: Path, seed: int, departments: int) -> None:
    folder, db = tmp_path / "in", tmp_path / "w.duckdb"
    folder.mkdir()
    write_clean(folder, seed, departments, (2021, 2022, 2023))
    found = raised(folder, db)
    false = {key: codes & CERTAIN for key, codes in found.items() if codes & CERTAIN}
    assert {(key, code, *messages(db, *key, code)[:1]) for key, codes in false.items() for code in codes} == set()


def errors_are_found(tmp_path: Path, seed: int, departments: int) -> None:
    folder, db = tmp_path / "in", tmp_path / "w.duckdb"
    folder.mkdir()
    made = write_planted(folder, seed, departments, CODES)
    judged = list(missed_and_wrong(made, raised(folder, db)))
    wrong = [(one, code, *messages(db, one.dept, one.year, code)[:1]) for one, _, codes in judged for code in codes]
    assert wrong == []
    missed = [(one, codes) for one, codes, _ in judged if codes]
    assert len(missed) <= 0.01 * len(judged), missed


def test_no_check_fires_on_consistent_reports(tmp_path: Path) -> None:
    no_false_alarm(tmp_path, seed=51, departments=20)


def test_each_planted_error_is_found(tmp_path: Path) -> None:
    errors_are_found(tmp_path, seed=61, departments=len(CODES) + 5)


@pytest.mark.slow
def test_no_check_fires_on_300_consistent_department_years(tmp_path: Path) -> None:
    no_false_alarm(tmp_path, seed=52, departments=110)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [62, 63])
def test_99_of_100_errors_in_500_reports_of_three_formats_are_found(tmp_path: Path, seed: int) -> None:
    errors_are_found(tmp_path, seed, departments=255)
