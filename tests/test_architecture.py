"""The house: which way imports run, how long a file may be, and that what is committed names no workplace."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = ("parsers", "pipeline", "warehouse")
FORBIDDEN = {"parsers": {"pipeline", "warehouse"}, "warehouse": {"pipeline", "parsers"}, "pipeline": set()}
INSIDE_PARSERS = {
    "document": {"forms", "readers", "words"},
    "readers": {"forms"},
    "forms": {"readers"},
    "words": {"forms"},
}
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Full names of what a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            yield node.module


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    """pipeline → parsers and pipeline → warehouse; parsers and warehouse do not know each other."""
    package = path.relative_to(ROOT).parts[0]
    assert not {name for name in imported(path) if name.partition(".")[0] in FORBIDDEN[package]}


@pytest.mark.parametrize("path", sorted((ROOT / "parsers").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_readers_and_forms_do_not_know_each_other(path: Path) -> None:
    room = path.relative_to(ROOT / "parsers").with_suffix("").parts[0]
    rooms = {name.split(".")[1] for name in imported(path) if name.startswith("parsers.")}
    assert not rooms & INSIDE_PARSERS.get(room, set())


def test_parsers_do_no_input_or_output() -> None:
    """The core is a pure function: no files, no network, no database, no clock."""
    outside = {
        "pathlib",
        "os",
        "io",
        "socket",
        "urllib",
        "duckdb",
        "subprocess",
        "time",
        "datetime.datetime",
        "logging",
    }
    found = {
        f"{path.name}: {name}"
        for path in (ROOT / "parsers" / "forms").rglob("*.py")
        for name in imported(path)
        if name in outside
    }
    assert not found


def tracked() -> list[Path]:
    """Files that are committed."""
    out = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in out.split("\0") if name]


def test_no_file_is_longer_than_400_lines() -> None:
    kinds = {".py", ".sql", ".sh", ".toml", ".md"}
    long = {
        p.name: n
        for p in tracked()
        if p.suffix in kinds and p.exists() and (n := len(p.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}


def test_requirements_are_hashed_and_name_no_index() -> None:
    files = sorted(ROOT.glob("requirements*.txt"))
    assert [file.name for file in files] == ["requirements-dev.txt", "requirements.txt"]
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text
