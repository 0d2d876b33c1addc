"""Files that python-docx writes, with its styles and its way of merging, read to the grid that python-docx reports."""

from __future__ import annotations

import io

import docx
import docx.enum.text
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.document import Paragraph, Table
from parsers.readers.docx import read_docx


def _saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@st.composite
def merges(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """A grid, and rectangles to merge in it that do not touch one another."""
    n_rows, n_cols = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    out: list[tuple[int, int, int, int]] = []
    for _ in range(draw(st.integers(0, 4))):
        top, left = draw(st.integers(0, n_rows - 1)), draw(st.integers(0, n_cols - 1))
        bottom, right = draw(st.integers(top, n_rows - 1)), draw(st.integers(left, n_cols - 1))
        covered = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if len(covered) > 1 and not covered & taken:
            taken |= covered
            out.append((top, left, bottom, right))
    return n_rows, n_cols, out


@settings(max_examples=25, deadline=None)
@given(merges())
def test_merged_tables_of_python_docx(plan: tuple[int, int, list[tuple[int, int, int, int]]]) -> None:
    n_rows, n_cols, rectangles = plan
    written = docx.Document()
    table = written.add_table(n_rows, n_cols)
    for r in range(n_rows):
        for c in range(n_cols):
            table.cell(r, c).text = f"{r}.{c}"
    for top, left, bottom, right in rectangles:
        table.cell(top, left).merge(table.cell(bottom, right)).text = f"合并{top}.{left}"
    (read,) = read_docx(_saved(written)).tables()
    covered = {(r, c) for t, le, b, ri in rectangles for r in range(t, b + 1) for c in range(le, ri + 1)}
    single = [(r, c, 1, 1, f"{r}.{c}") for r in range(n_rows) for c in range(n_cols) if (r, c) not in covered]
    merged = [(t, le, b - t + 1, ri - le + 1, f"合并{t}.{le}") for t, le, b, ri in rectangles]
    assert [(c.row, c.col, c.row_span, c.col_span, c.text) for c in read.cells] == sorted(single + merged)
    assert (read.n_rows, read.n_cols) == (n_rows, n_cols)


def test_headings_paragraphs_and_breaks_of_python_docx() -> None:
    written = docx.Document()
    written.add_heading("绩效自评报告", 0)
    written.add_heading("一、基本情况", 1)
    written.add_heading("（一）单位", 2)
    paragraph = written.add_paragraph("支出")
    paragraph.add_run("276.7").bold = True
    paragraph.add_run("\t万元\n其中")
    written.add_paragraph().add_run().add_break(docx.enum.text.WD_BREAK.PAGE)
    written.add_table(1, 2).cell(0, 1).text = "右"
    written.add_paragraph("末")
    blocks = read_docx(_saved(written)).blocks
    shown = [(b.text, b.outline_level) if isinstance(b, Paragraph) else b for b in blocks if b.place.part is None]
    table = shown.pop(5)
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["", "右"]
    assert shown == [
        ("绩效自评报告", None),
        ("一、基本情况", 1),
        ("（一）单位", 2),
        ("支出276.7\t万元\n其中", None),
        ("", None),
        ("末", None),
    ]
