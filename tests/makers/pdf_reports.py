"""Reports of any length for measurements: prose and a long indicator table, with the truth of every cell."""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

from docx import Document as new_docx
from docx.shared import Cm, Pt

from tests.makers.seed_pdfs import through_libreoffice
from tests.makers.wordlike import FlowCell, Wordlike

HEAD = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
WIDTHS = (2.0, 2.0, 4.0, 2.0, 2.0, 1.4, 1.4)
WORDS = "整改落实公开及时预算执行项目支出资金使用管理制度健全满意度提升培训组织协调监督检查完成情况效益明显"


@dataclass(frozen=True)
class Report:
    """What is printed: paragraphs before and after one table."""

    before: tuple[str, ...]
    cells: tuple[FlowCell, ...]
    n_rows: int
    after: tuple[str, ...]


def report(rows: int, paragraphs: int, seed: int = 7) -> Report:
    """A report with a table of `rows` rows and so many paragraphs around it; the same for the same seed."""
    rng = random.Random(seed)

    def words(least: int, most: int) -> str:
        return "".join(rng.choice(WORDS) for _ in range(rng.randint(least, most)))

    cells = [FlowCell(0, col, 1, 1, text) for col, text in enumerate(HEAD)]
    row = 1
    while row < rows:
        span = min(rng.randint(1, 5), rows - row)
        cells.append(FlowCell(row, 0, span, 1, words(4, 4)))
        cells.append(FlowCell(row, 1, span, 1, words(4, 4)))
        for line in range(row, row + span):
            target, score = rng.randint(1, 99), rng.randint(1, 10)
            texts = (
                words(4, 16),
                f"≥{target}%",
                f"{target + rng.random():.2f}%",
                str(score),
                f"{score - rng.random():.2f}",
            )
            cells += [FlowCell(line, col, 1, 1, text) for col, text in enumerate(texts, start=2)]
        row += span
    cells.sort(key=lambda cell: (cell.row, cell.col))
    prose = [words(60, 220) + "。" for _ in range(paragraphs)]
    return Report(tuple(prose[: paragraphs // 2]), tuple(cells), rows, tuple(prose[paragraphs // 2 :]))


def as_wordlike(content: Report) -> bytes:
    """The report as Word prints it."""
    flow = Wordlike("".join([*content.before, *content.after, *(cell.text for cell in content.cells)]))
    for text in content.before:
        flow.paragraph(text, 12, indent=24)
    flow.table(WIDTHS, content.n_rows, list(content.cells), 9, repeat=1)
    for text in content.after:
        flow.paragraph(text, 12, indent=24)
    return flow.bytes()


def as_libreoffice(content: Report) -> bytes:
    """The report through Word's format and LibreOffice."""
    docx = new_docx()
    section = docx.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for text in content.before:
        _prose(docx.add_paragraph(), text)
    table = docx.add_table(content.n_rows, len(WIDTHS))
    table.style = "Table Grid"
    grid = [list(row.cells) for row in table.rows]
    for cell in content.cells:
        target = grid[cell.row][cell.col]
        if cell.row_span > 1:
            target = target.merge(grid[cell.row + cell.row_span - 1][cell.col])
        target.paragraphs[0].add_run(cell.text).font.size = Pt(9)
    for text in content.after:
        _prose(docx.add_paragraph(), text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        docx.save(str(path))
        return through_libreoffice(path)


def _prose(paragraph: object, text: str) -> None:
    paragraph.paragraph_format.first_line_indent = Pt(24)  # type: ignore[attr-defined]
    paragraph.add_run(text).font.size = Pt(12)  # type: ignore[attr-defined]
