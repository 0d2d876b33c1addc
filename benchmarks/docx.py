"""Measures the Word reader against other libraries in one run: `python -m benchmarks.docx`; prints a Markdown table.

The reports are rebuilt from the seed, so the truth is known: every cell of the grid with its text. A reader is given
each cell right if the text of that grid position is exactly right (a merged cell counts at each position it covers,
because that is how the others show it). docx2python, mammoth and docling are measured where they are installed.
"""

from __future__ import annotations

import argparse
import gc
import html.parser
import io
import logging
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from parsers.document import Document, Table
from parsers.readers.docx import read_docx
from tests.makers.ooxml import cell, package, paragraph, row, run, table
from tests.makers.seed_docx import SEED, build

Grid = dict[tuple[int, int], str]
Reader = Callable[[bytes], list[Grid]]

_FONT = '<w:rFonts w:hint="eastAsia" w:ascii="仿宋" w:eastAsia="仿宋"/><w:kern w:val="0"/><w:sz w:val="21"/>'


@dataclass
class Result:
    """How one reader did on one report."""

    milliseconds: float
    megabytes: float
    right: float


def long_report(rows: int = 200) -> bytes:
    """A report of about twenty pages: narrative and one table of many rows in nine columns with merged labels."""
    body: list[str] = []
    text = "2023年全年基本支出215.81万元，其中人员经费160.3万元，公用经费55.51万元，占本年整体支出的77.99%。" * 3
    for number in range(1, 91):
        body.append(paragraph(f"{number}.支出情况", properties='<w:jc w:val="left"/>'))
        body.append(paragraph(inner="".join(run(piece, _FONT) for piece in text.split("，"))))
    lines: list[str] = []
    for number in range(rows):
        label = "restart" if number % 10 == 0 else "continue"
        kind = "restart" if number % 5 == 0 else "continue"
        values = [
            cell("产出指标" if label == "restart" else "", vertical=label, width=900),
            cell("数量指标" if kind == "restart" else "", vertical=kind, width=900),
        ]
        values += [
            cell(content=paragraph(properties='<w:jc w:val="center"/>', inner=run(value, _FONT)), width=900)
            for value in (f"指标{number}", f"≥{number}", f"{number}.5%", "10", f"{number % 10}")
        ]
        values.append(cell(content=paragraph(inner=run("无偏差", _FONT)), span=2, width=1800))
        lines.append(row(values))
    return package("".join(body) + table(lines, [900] * 9) + paragraph("末"))


def ours(data: bytes) -> list[Grid]:
    """This reader."""
    return grids(read_docx(data))


def grids(document: Document) -> list[Grid]:
    """Each table as its positions, a merged cell at every position it covers."""
    return [_grid(block) for block in document.blocks if isinstance(block, Table)]


def _grid(block: Table) -> Grid:
    return {
        (r, c): item.text
        for item in block.cells
        for r in range(item.row, item.row + item.row_span)
        for c in range(item.col, item.col + item.col_span)
    }


def python_docx(data: bytes) -> list[Grid]:
    """python-docx with `row.cells`."""
    document = import_module("docx").Document(io.BytesIO(data))
    _ = [item.text for item in document.paragraphs]
    return [
        {(r, c): item.text for r, line in enumerate(found.rows) for c, item in enumerate(line.cells)}
        for found in document.tables
    ]


def docx2python(data: bytes) -> list[Grid]:
    """docx2python: tables are nested lists; merged cells are repeated by its option."""
    with import_module("docx2python").docx2python(io.BytesIO(data), duplicate_merged_cells=True) as found:
        return [
            {(r, c): "\n".join(item) for r, line in enumerate(block) for c, item in enumerate(line)}
            for block in found.document
            if len(block) > 1
        ]


class _HtmlTables(html.parser.HTMLParser):
    """Reads HTML tables with their spans."""

    def __init__(self) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self._row = self._col = -1
        self._spans = (1, 1)
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.grids.append({})
            self._row = -1
        elif tag == "tr":
            self._row, self._col = self._row + 1, 0
        elif tag in ("td", "th"):
            named = dict(attrs)
            self._spans = (int(named.get("rowspan") or 1), int(named.get("colspan") or 1))
            self._text = []
        elif tag in ("p", "br") and self._text:
            self._text.append("\n")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._text is not None:
            grid = self.grids[-1]
            while (self._row, self._col) in grid:
                self._col += 1
            for r in range(self._row, self._row + self._spans[0]):
                for c in range(self._col, self._col + self._spans[1]):
                    grid[r, c] = "".join(self._text)
            self._text = None


def mammoth(data: bytes) -> list[Grid]:
    """mammoth: HTML, read back by the parser of the standard library."""
    parser = _HtmlTables()
    parser.feed(import_module("mammoth").convert_to_html(io.BytesIO(data)).value)
    return parser.grids


def docling(data: bytes) -> list[Grid]:
    """docling."""
    stream = import_module("docling.datamodel.base_models").DocumentStream(name="a.docx", stream=io.BytesIO(data))
    converted: Any = import_module("docling.document_converter").DocumentConverter().convert(stream)
    return [
        {(r, c): item.text for r, line in enumerate(found.data.grid) for c, item in enumerate(line)}
        for found in converted.document.tables
    ]


READERS: dict[str, tuple[str, Reader]] = {
    "this reader": ("parsers", ours),
    "python-docx, row.cells": ("docx", python_docx),
    "docx2python": ("docx2python", docx2python),
    "mammoth": ("mammoth", mammoth),
    "docling": ("docling", docling),
}


def measure(names: list[str], data: bytes, truth: list[Grid], runs: int) -> dict[str, Result]:
    """Median processor time, growth of memory in a fresh process, and the share of positions that are exactly right.

    The readers take turns, so that a machine that slows down slows all of them.
    """
    times: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(runs):
        for name in names:
            timed = _timed(name)
            gc.collect()
            begun = time.process_time()
            timed(data)
            times[name].append(time.process_time() - begun)
    wanted = sum(map(len, truth))
    out: dict[str, Result] = {}
    for name in names:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            grown = pool.submit(growth, name, data).result()
        found = READERS[name][1](data)
        pairs = zip(truth, found, strict=False)
        right = sum(seen.get(position) == text for grid, seen in pairs for position, text in grid.items())
        out[name] = Result(statistics.median(times[name]) * 1000, grown / 1024, right / wanted)
    return out


def growth(name: str, data: bytes) -> int:
    """By how many KB the most memory a process ever held grows when it reads one report, its imports not counted."""
    logging.disable(logging.CRITICAL)
    import_module(READERS[name][0])
    timed = _timed(name)
    timed(package(paragraph("一") + table([row([cell("1")])], [900])))
    before = _most_held()
    timed(data)
    return _most_held() - before


def _most_held() -> int:
    """The high-water mark of this process in KB; `ru_maxrss` would be that of the process which started it."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


def _timed(name: str) -> Callable[[bytes], object]:
    """What is measured: for this reader the reading alone, without the spreading out for the comparison."""
    reader = READERS[name][1]
    return read_docx if reader is ours else reader


def truth_of_seed() -> list[Grid]:
    """The grids of the seed, from the layouts its maker holds, not from any reader."""
    from tests.makers.seed_docx import SeedTable, seed_blocks

    out: list[Grid] = []
    for block in seed_blocks(SEED.read_text("utf-8")):
        if isinstance(block, SeedTable):
            out.append(
                {
                    (r, c): item.text
                    for item in block.printed()
                    for r in range(item.row, item.row + item.row_span)
                    for c in range(item.col, item.col + item.col_span)
                }
            )
    return out


def truth_of_long_report(rows: int = 200) -> list[Grid]:
    """The grid of the long report, written out by its rule."""
    grid: Grid = {}
    for r in range(rows):
        values = ["产出指标", "数量指标", f"指标{r}", f"≥{r}", f"{r}.5%", "10", f"{r % 10}", "无偏差", "无偏差"]
        grid.update({(r, c): value for c, value in enumerate(values)})
    return [grid]


def main() -> None:
    """Run all and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    logging.disable(logging.CRITICAL)
    reports = {
        "seed, 7 pages": (build(SEED.read_text("utf-8")), truth_of_seed()),
        "20 pages, 200 rows": (long_report(), truth_of_long_report()),
    }
    print("| report | reader | CPU ms | times ours | memory MB | positions right |")
    print("|---|---|--:|--:|--:|--:|")
    names = [name for name, (module, _) in READERS.items() if _is_installed(module)]
    for report, (data, truth) in reports.items():
        results = measure(names, data, truth, runs)
        base = results["this reader"].milliseconds
        for name, result in results.items():
            print(
                f"| {report} | {name} | {result.milliseconds:.1f} | {result.milliseconds / base:.1f} "
                f"| {result.megabytes:.1f} | {result.right:.1%} |"
            )


def _is_installed(module: str) -> bool:
    try:
        import_module(module)
    except ImportError:
        return False
    return True


if __name__ == "__main__":
    main()
