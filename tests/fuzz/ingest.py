"""Fuzzes the whole way: `python -m tests.fuzz.ingest --inputs 20000`. Every file offered must have one row at the end.

Damaged Word, PDF and text files go through the real ingest: workers, limits, lifecycle. Exit status 1 where a file has
no row, more than one, or ended with `parser_error` or `crashed`.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from pipeline.ingest import ingest
from pipeline.workers import Limits
from tests.fuzz import docx, pdf
from warehouse.publish import open_read_only

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "samples").rglob("*.txt")) + sorted((ROOT / "tests" / "cases").glob("*.txt"))
PDFS = sorted(pdf.SAMPLES.glob("*.pdf")) + sorted((ROOT / "tests" / "data").rglob("*.pdf"))
_DEFECTS = {"parser_error", "crashed", "time_limit", "memory_limit", "interrupted"}


def text_input(seed: int) -> bytes:
    """A dump with lines dropped, doubled, moved, joined, or its bytes changed."""
    chance = random.Random(seed)
    data = chance.choice(TEXTS).read_bytes()
    if chance.random() < 0.3:
        return docx.changed_bytes(data, chance)
    lines = data.splitlines(keepends=True)
    for _ in range(chance.randint(1, 25)):
        at, kind = chance.randrange(len(lines)), chance.randrange(5)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, lines[chance.randrange(len(lines))])
        elif kind == 2:
            lines[at] = lines[at].rstrip(b"\r\n")
        elif kind == 3:
            lines.insert(at, b"\n")
        else:
            lines[at] = b"\t" + lines[at]
        if not lines:
            return b""
    return b"".join(lines)


def pdf_input(seed: int) -> bytes:
    """A damaged PDF."""
    chance = random.Random(seed)
    return pdf.mutated(chance.choice(PDFS).read_bytes(), chance)


def write_inputs(folder: Path, count: int, seed: int) -> None:
    """A third each of text, Word and PDF, all from the seed of the run."""
    makers = ((text_input, "txt"), (docx.make_input, "docx"), (pdf_input, "pdf"))
    for number in range(count):
        make, suffix = makers[number % 3]
        (folder / f"{number:06d}.{suffix}").write_bytes(make(seed * 1_000_000 + number))


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, db = Path(name) / "in", Path(name) / "w.duckdb"
        folder.mkdir()
        write_inputs(folder, given.inputs, given.seed)
        ingest([folder], db, given.workers, Limits(seconds=20))
        with open_read_only(db) as con:
            rows = con.execute("SELECT source_file, status, reason_code, reason FROM document").fetchall()
    files = Counter(row[0] for row in rows)
    lost = given.inputs - len(files)
    doubled = sum(count > 1 for count in files.values())
    defects = [row for row in rows if row[2] in _DEFECTS]
    for source_file, _, code, reason in defects[:20]:
        print(f"{source_file}: {code}: {reason}", file=sys.stderr)
    outcomes = Counter(code or status for _, status, code, _ in rows)
    print(f"{given.inputs} files: " + ", ".join(f"{name} {count}" for name, count in outcomes.most_common()))
    print(f"{lost} without a row, {doubled} with several, {len(defects)} defects")
    return 1 if lost or doubled or defects else 0


if __name__ == "__main__":
    sys.exit(main())
