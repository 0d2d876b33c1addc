"""Prints the variants of the seed as PDF, as Word would and through LibreOffice: `python -m tests.makers.variant_pdfs`.

Needs soffice and the fonts that docs/readers-pdf.md names; the tests only read what it wrote to tests/data/variants.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from parsers.readers.text import read_text
from tests.makers.layouts import laid_out
from tests.makers.print import pdf_file
from tests.makers.seed_pdfs import through_libreoffice
from tests.makers.word import word_file

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "tests" / "data" / "variants"
# LibreOffice breaks 14，986，000元 inside its digits in the narrow columns of this one: rightly refused, so no twin
UNFIT = {"kaiyun-town-2024"}


def main() -> None:
    """Write both PDFs of every variant."""
    for sample in sorted((ROOT / "samples" / "variants").glob("*.txt")):
        blocks = laid_out(read_text(sample.read_bytes()))
        (TARGET / f"{sample.stem}.pdf").write_bytes(pdf_file(blocks))
        if sample.stem in UNFIT:
            continue
        with tempfile.TemporaryDirectory() as folder:
            word = Path(folder) / "report.docx"
            word.write_bytes(word_file(blocks))
            (TARGET / f"{sample.stem}-libreoffice.pdf").write_bytes(through_libreoffice(word))


if __name__ == "__main__":
    main()
