"""Reports made from the seed for tests that need many: other departments, the same layout."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import SEED

_NAME = "君山区委巡察工作领导小组办公室"
_DIGITS = "零一二三四五六七八九"


def office(number: int) -> str:
    """Name of an invented office."""
    return "君山区委第" + "".join(_DIGITS[int(c)] for c in str(number)) + "办公室"


def report(number: int, reception: str = "0.33") -> str:
    """A report like the seed, of the invented office `number`, with another figure for its official reception."""
    text = SEED.read_text(encoding="utf-8").replace(_NAME, office(number))
    return text.replace("\t0.33\u3000", f"\t{reception}\u3000")


def write_reports(folder: Path, count: int) -> list[Path]:
    """Write `count` reports of different offices into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"report-{n:03d}.txt" for n in range(count)]
    for number, path in enumerate(paths):
        path.write_text(report(number, f"0.{number + 10}"), encoding="utf-8")
    return paths
