"""Measures the PDF reader against other ways to get at the same tables.

python -m benchmarks.pdf [--pages-500] [--repeat N]

Each engine reads each file in a process of its own, several times; the best CPU time counts (all engines run on
one thread), the first run is the warm-up.
`cells right` is the share of the non-blank cells of the truth whose text an engine gives, white space aside; it counts
every text as often as it stands in the truth. For our reader `grid` says whether the joined table is the truth exactly:
positions, spans and texts.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.makers.pdf_reports import Report, as_libreoffice, as_wordlike, report

Texts = list[str]
ROUNDS = 3
"""The engines take turns, so that a busy moment of the machine does not hit one of them alone."""
REPORTS = {"7 pages": (200, 8), "20 pages": (200, 150)}


def ours(data: bytes) -> Texts:
    """All cells of all tables."""
    from parsers.readers.pdf import read_pdf

    return [cell.text for table in read_pdf(data).tables() for cell in table.cells]


def plumber(data: bytes) -> Texts:
    """pdfplumber's extract_tables, pages closed as they are done."""
    import pdfplumber

    texts: Texts = []
    with pdfplumber.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            texts += [cell or "" for table in page.extract_tables() for row in table for cell in row]
            page.close()
    return texts


def text_only(data: bytes) -> Texts:
    """pypdfium2 without any tables: the text of each page, as the limit of what pdfium can do."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        text = page.get_textpage()
        text.get_text_bounded()
        text.close()
        page.close()
    pdf.close()
    return []


def rust(data: bytes) -> Texts:
    """tablers: pdfium and a lattice finder in Rust."""
    import tablers

    texts: Texts = []
    document = tablers.Document(bytes=data)
    for page in document.pages():
        texts += [cell.text for table in tablers.find_tables(page, extract_text=True) for cell in table.cells]
    document.close()
    return texts


ENGINES: dict[str, Callable[[bytes], Texts]] = {
    "ours": ours,
    "pdfplumber extract_tables": plumber,
    "pypdfium2 text only": text_only,
    "tablers": rust,
}


def _child(engine: str, path: Path, repeat: int) -> None:
    data = path.read_bytes()
    texts = ENGINES[engine](data)
    best = 1e9
    for _ in range(repeat):
        start = time.process_time()
        ENGINES[engine](data)
        best = min(best, time.process_time() - start)
    if repeat == 0:
        best = 0.0
    peak = _peak()
    print(json.dumps({"seconds": best, "peak": peak, "texts": texts}))


def _peak() -> float:
    """Peak resident memory of this process in MB; `ru_maxrss` would start from that of the parent."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def _run(engine: str, path: Path, repeat: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.pdf", "--child", engine, "--file", str(path), "--repeat", str(repeat)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["failed"])[-1]}
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _bare(text: str) -> str:
    return "".join(text.split())


def _right(truth: Report, texts: Texts) -> float:
    wanted = Counter(_bare(cell.text) for cell in truth.cells)
    found = Counter(_bare(text) for text in texts)
    return sum((wanted & found).values()) / sum(wanted.values())


def _grid_is_exact(truth: Report, data: bytes) -> bool:
    from parsers.readers.pdf import read_pdf

    tables = list(read_pdf(data).tables())
    read = [(c.row, c.col, c.row_span, c.col_span, _bare(c.text)) for c in tables[0].cells]
    return len(tables) == 1 and read == [(c.row, c.col, c.row_span, c.col_span, _bare(c.text)) for c in truth.cells]


def _pages(data: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(data))


def _measure(name: str, truth: Report, data: bytes, folder: Path, repeat: int) -> None:
    path = folder / "report.pdf"
    path.write_bytes(data)
    pages = _pages(data)
    results: dict[str, dict[str, Any]] = {}
    for _ in range(ROUNDS):
        for engine in ENGINES:
            result = _run(engine, path, repeat)
            if engine not in results or result.get("seconds", 0) < results[engine].get("seconds", 0):
                results[engine] = result
    base = results["pdfplumber extract_tables"].get("seconds", 0.0)
    exact = _grid_is_exact(truth, data)
    for engine, result in results.items():
        if "error" in result:
            print(f"| {name} ({pages} pages) | {engine} | – | – | – | – | {result['error'][:60]} |")
            continue
        seconds = result["seconds"]
        right = f"{_right(truth, result['texts']):.1%}" if result["texts"] else "–"
        grid = f", grid {'exact' if exact else 'WRONG'}" if engine == "ours" else ""
        print(
            f"| {name} ({pages} pages) | {engine} | {seconds * 1000:.0f} ms | {pages / seconds:.0f} | "
            f"{result['peak']:.0f} MB | {base / seconds:.1f} | {right}{grid} |"
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--pages-500", action="store_true", help="read a report of 500 pages and print the peak memory")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        _child(options.child, options.file, options.repeat)
        return
    print(
        "| report | engine | CPU time | pages/s | peak memory | times pdfplumber | cells right |\n" + "|---" * 7 + "|"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, (rows, paragraphs) in REPORTS.items():
            truth = report(rows, paragraphs)
            _measure(f"Word-like, {title}", truth, as_wordlike(truth), folder, options.repeat)
            if shutil.which("soffice"):
                _measure(f"LibreOffice, {title}", truth, as_libreoffice(truth), folder, options.repeat)
        if options.pages_500:
            truth = report(3000, 3000)
            path = folder / "long.pdf"
            data = as_wordlike(truth)
            path.write_bytes(data)
            result = _run("ours", path, 1)
            pages = _pages(data)
            seconds = result["seconds"]
            print(f"\n{pages} pages: {seconds:.1f} s, {pages / seconds:.0f} pages/s, peak {result['peak']:.0f} MB")


if __name__ == "__main__":
    main()
