"""Scans of reports against the text that they are printed from: cells, facts, time; tesseract beside it if installed.

python -m benchmarks.ocr [--dpi 200 150] [--samples N] [--seed N] [--wear all|clean] [--tell]

Every report is printed to PDF with real characters, which give the truth, and scanned again (tests.makers.scan).
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, fields
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import cv2

from parsers.characters import squeeze
from parsers.document import Document
from parsers.grid import Slot
from parsers.ledger import in_doubt
from parsers.readers import read
from pipeline.parse import Parsed, parse
from tests.makers.scan import Wear, jpeg, pages_of, pdf, printed, worn

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
CLEAN = Wear(skew=0.3, noise=2.0, jpeg=90, stamp=False, fold=False)


@dataclass
class Score:
    """Counts of one run; rates are worked out from the sums."""

    pages: int = 0
    cells: int = 0
    cells_right: int = 0
    numeric: int = 0
    numeric_right: int = 0
    numeric_doubted: int = 0
    """Numeric cells that were read, rightly or wrongly, and whose number was not taken."""
    wrong_trusted: int = 0
    """Numeric cells with a wrong number that nothing doubted."""
    numbers: int = 0
    """Numbers that became facts, indicator values or key figures."""
    numbers_wrong: int = 0
    numbers_lost: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    told: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add the counts of another run."""
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))


def samples(most: int) -> list[Path]:
    """The seed, then families and variants in turn."""
    seed = sorted((SAMPLES / "seed").glob("*.txt"))
    families, variants = sorted((SAMPLES / "families").glob("*.txt")), sorted((SAMPLES / "variants").glob("*.txt"))
    rest = [path for pair in zip(families, variants, strict=False) for path in pair]
    rest += [path for path in families + variants if path not in rest]
    return (seed + rest)[:most]


def cells_of(document: Document) -> list[tuple[str, Any]]:
    """Cells in reading order, by what they say."""
    return [(squeeze(cell.text), cell) for table in document.tables() for cell in table.cells]


def compare_cells(truth: Document, scan: Document, score: Score, name: str) -> None:
    """Hold cell against cell; tables of another shape are aligned by their texts."""
    wanted, found = cells_of(truth), cells_of(scan)
    shape = [(table.n_rows, table.n_cols, len(table.cells)) for table in truth.tables()]
    same = shape == [(table.n_rows, table.n_cols, len(table.cells)) for table in scan.tables()]
    pairs: list[tuple[tuple[str, Any], tuple[str, Any] | None]]
    if same:
        pairs = list(zip(wanted, found, strict=True))
    else:
        score.told.append(f"{name}: tables of another shape")
        matcher = SequenceMatcher(None, [text for text, _ in wanted], [text for text, _ in found], autojunk=False)
        partner: dict[int, int] = {}
        for _, a, b, c, d in matcher.get_opcodes():
            partner.update(zip(range(a, b), range(c, d), strict=False))
        pairs = [(cell, found[partner[at]] if at in partner else None) for at, cell in enumerate(wanted)]
    for (text, cell), other in pairs:
        right = other is not None and other[0] == text
        score.cells += 1
        score.cells_right += right
        numeric = Slot(cell).is_number
        if numeric:
            score.numeric += 1
            score.numeric_right += right
        doubted = other is not None and in_doubt(other[1])
        if numeric and doubted:
            score.numeric_doubted += 1
        if not right and not doubted and other is not None and Slot(other[1]).is_number:
            score.wrong_trusted += 1
        if not right and (numeric or (other is not None and Slot(other[1]).is_number)):
            score.told.append(f"{name}: {text!r} read as {other and other[0]!r}{' (doubted)' if doubted else ''}")


_VALUES = {
    "core.fact": (("concept", "period"), ("value",)),
    "core.indicator": (("name",), ("target_value", "target_high", "actual_value", "weight", "score")),
    "core.key_figure": ((), ("value",)),
}


def numbers_of(parsed: Parsed) -> Counter[tuple[Any, ...]]:
    """Every number that became a fact, an indicator value or a key figure, with what it says."""
    out: Counter[tuple[Any, ...]] = Counter()
    for table, (keys, values) in _VALUES.items():
        for row in parsed.rows.get(table, []):
            # names and items are words, which may have a character wrong; what counts here are the numbers
            named = tuple(row[key] for key in keys if key != "name")
            for column in values:
                if row[column] is not None:
                    out[(table, column, *named, Decimal(row[column]).normalize())] += 1
    return out


def compare_facts(truth: Parsed, scan: Parsed, score: Score, name: str) -> None:
    """Count the numbers of the scan that the text version does not give, and those it gives and the scan does not."""
    wanted, found = numbers_of(truth), numbers_of(scan)
    wrong, lost = found - wanted, wanted - found
    score.numbers += found.total()
    score.numbers_wrong += wrong.total()
    score.numbers_lost += lost.total()
    score.told += [f"{name}: WRONG {row}" for row in wrong.elements()]
    score.told += [f"{name}: lost {row}" for row in lost.elements()]
    if scan.status != truth.status:
        score.told.append(f"{name}: {scan.status} {scan.reason_code} instead of {truth.status}")


def run(sample: Path, wear: Wear, seed: int) -> Score:
    """One report scanned, read and compared."""
    score = Score()
    text = printed(sample)
    pictures = [
        jpeg(worn(page, wear, seed + at), wear.jpeg, wear.dpi) for at, page in enumerate(pages_of(text, wear.dpi))
    ]
    data = pdf(pictures, wear.dpi)
    began, cpu = time.perf_counter(), time.process_time()
    document = read(data)
    score.seconds, score.cpu = time.perf_counter() - began, time.process_time() - cpu
    score.pages = len(pictures)
    name = f"{sample.stem}@{wear.dpi}"
    compare_cells(read(text), document, score, name)
    compare_facts(parse(text), parse(data, document), score, name)
    return score


def tesseract(sample: Path, wear: Wear, seed: int) -> tuple[int, int, float]:
    """Numeric cells whose number stands anywhere in what tesseract reads, their count, and its seconds a page."""
    text = printed(sample)
    began = time.perf_counter()
    said: Counter[str] = Counter()
    pages = pages_of(text, wear.dpi)
    with tempfile.TemporaryDirectory() as folder:
        for at, page in enumerate(pages):
            path = Path(folder) / f"{at}.png"
            cv2.imwrite(str(path), worn(page, wear, seed + at)[:, :, ::-1])
            command = ["tesseract", str(path), "-", "-l", "chi_sim", "--psm", "6"]
            out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout
            said.update(squeeze(word) for word in out.split())
    seconds = (time.perf_counter() - began) / max(len(pages), 1)
    wanted = Counter(text for text, cell in cells_of(read(text)) if Slot(cell).is_number)
    return (wanted & said).total(), wanted.total(), seconds


def main() -> None:
    """Print a table, one line a resolution."""
    options = argparse.ArgumentParser()
    options.add_argument("--dpi", type=int, nargs="+", default=[200, 150])
    options.add_argument("--samples", type=int, default=12)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--wear", choices=["all", "clean"], default="all")
    options.add_argument("--tell", action="store_true")
    given = options.parse_args()
    chosen = samples(given.samples)
    read(jpeg(pages_of(printed(chosen[0]), 72)[0], 80, 72))  # loads the networks
    columns = ("dpi", "pages", "cells right", "numeric cells right", "doubted", "wrong and trusted", "numbers taken")
    print("| " + " | ".join([*columns, "wrong", "lost", "s/page", "CPU s/page"]) + " |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for dpi in given.dpi:
        base = Wear() if given.wear == "all" else CLEAN
        wear = Wear(dpi, base.skew, base.noise, base.jpeg, base.stamp, base.fold)
        total = Score()
        for at, sample in enumerate(chosen):
            one = run(sample, wear, given.seed + 100 * at)
            total.add(one)
            if given.tell:
                print(sample.stem, f"{one.cpu / max(one.pages, 1):.1f} CPU s/page", *one.told, sep="\n    ", flush=True)
        print(
            f"| {dpi} | {total.pages} | {total.cells_right / total.cells:.2%} of {total.cells} "
            f"| {total.numeric_right / total.numeric:.2%} of {total.numeric} | {total.numeric_doubted} "
            f"| {total.wrong_trusted} | {total.numbers} | {total.numbers_wrong} | {total.numbers_lost} "
            f"| {total.seconds / total.pages:.1f} | {total.cpu / total.pages:.1f} |",
            flush=True,
        )
        if shutil.which("tesseract"):
            parts = [tesseract(sample, wear, given.seed + 100 * at) for at, sample in enumerate(chosen)]
            right, numeric = sum(part[0] for part in parts), sum(part[1] for part in parts)
            print(f"| tesseract at {dpi} | | | {right / numeric:.2%} of {numeric} | | | | | | {parts[0][2]:.1f} | |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
