"""Makes all PDF samples anew: python -m tests.makers.pdf_samples

The expected results beside them are written by hand and never made from what the reader gives.
"""

from __future__ import annotations

from pathlib import Path

from tests.makers import pdf_samples_fonts, pdf_samples_pages, pdf_samples_tables, pdf_samples_text

FOLDER = Path(__file__).resolve().parents[1] / "readers" / "pdf" / "samples"
SAMPLES = {
    **pdf_samples_tables.SAMPLES,
    **pdf_samples_pages.SAMPLES,
    **pdf_samples_text.SAMPLES,
    **pdf_samples_fonts.SAMPLES,
}

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in SAMPLES.items():
        (FOLDER / f"{name}.pdf").write_bytes(make())
