"""Rebuilds the seed report as the Word file it once was, samples/seed/seed.docx: `python -m tests.makers.seed_docx`.

The text dump does not say what was merged. The layouts below do: each row as the columns that its cells span, and
each vertical merge by its first cell and its height. Cells that a merge covers are empty in the dump, which is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.makers.ooxml import cell, package, paragraph, row, run, table

SEED = Path(__file__).parents[2] / "samples" / "seed" / "000_cc8d8cd76cb08315.txt"
TARGET = SEED.with_name("seed.docx")

BOOKMARK = "[bookmark: _GoBack]"
"""What the converter made of Word's mark of the last edit; in the Word file it is no text."""


@dataclass(frozen=True)
class Layout:
    """The grid of one table."""

    rows: list[list[int]]
    merges: dict[tuple[int, int], int]
    """(row, column), from 0, of the first cell of a vertical merge → how many rows it covers."""


BASE_DATA = Layout(
    rows=[[1, 2, 2, 2]] * 21 + [[1] * 7] * 2 + [[1, 6]],
    merges={(0, 0): 2, (21, 0): 2},
)
_INDICATORS = 11
SELF_EVALUATION = Layout(
    rows=[
        [2, 7],
        [1, 2, 1, 1, 1, 1, 1, 1],
        [1, 2, 1, 1, 1, 1, 1, 1],
        *[[1, 4, 4]] * 5,
        *[[1, 4, 4]] * 2,
        *[[1] * 9] * 17,
        [6, 1, 2],
    ],
    merges={
        (1, 0): 7,
        (8, 0): 2,
        (10, 0): 17,
        (_INDICATORS, 1): 11,
        (_INDICATORS, 2): 5,
        (_INDICATORS + 5, 2): 3,
        (_INDICATORS + 8, 2): 2,
        (_INDICATORS + 11, 1): 4,
    },
)


@dataclass(frozen=True)
class SeedCell:
    """A cell of the seed with its place in the grid."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str


@dataclass(frozen=True)
class SeedTable:
    """A table of the seed: the cells that are printed, and all positions of its rows as the Word file holds them."""

    layout: Layout
    rows: list[list[SeedCell]]

    def printed(self) -> list[SeedCell]:
        """The cells without those that a vertical merge covers."""
        return [item for line in self.rows for item in line if item.row_span]


def seed_blocks(dump: str) -> list[str | SeedTable]:
    """The seed as paragraphs and tables in reading order."""
    lines = dump.removesuffix("\n").split("\n")
    layouts = iter((BASE_DATA, SELF_EVALUATION))
    out: list[str | SeedTable] = []
    index = 0
    while index < len(lines):
        if not lines[index].startswith("\t"):
            out.append(lines[index])
            index += 1
            continue
        layout = next(layouts)
        raw: list[list[str]] = []
        wanted = sum(map(len, layout.rows))
        while len(raw) < wanted:
            raw.append([lines[index].removeprefix("\t")])
            index += 1
            # the last cell of a table is one line long: what follows stands after the table
            while len(raw) < wanted and not lines[index].startswith("\t"):
                raw[-1].append(lines[index])
                index += 1
        if not lines[index]:
            index += 1
        out.append(SeedTable(layout, list(_settled(layout, iter(raw)))))
    return out


def _settled(layout: Layout, raw: Iterator[list[str]]) -> Iterator[list[SeedCell]]:
    covered = {(first + below, col) for (first, col), height in layout.merges.items() for below in range(1, height)}
    for number, spans in enumerate(layout.rows):
        line: list[SeedCell] = []
        col = 0
        for position, span in enumerate(spans):
            parts = next(raw)
            if position == len(spans) - 1 and len(parts) > 1 and not parts[-1]:
                parts = parts[:-1]
            content = "\n".join(parts).replace(BOOKMARK, "")
            height = 0 if (number, col) in covered else layout.merges.get((number, col), 1)
            if not height and content:
                raise ValueError(f"row {number + 1}, column {col + 1} is covered by a merge but holds {content!r}")
            line.append(SeedCell(number, col, height, span, content))
            col += span
        yield line


def build(dump: str) -> bytes:
    """The bytes of the Word file."""
    body: list[str] = []
    for block in seed_blocks(dump):
        body.append(_paragraph(block) if isinstance(block, str) else _table(block))
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1440" w:right="1474" w:bottom="1440" w:left="1474" w:header="851" w:footer="992"/></w:sectPr>'
    )
    return package("".join(body), {"styles": _STYLES}, final=section)


def _paragraph(line: str) -> str:
    style = ""
    if re.match(r"附件\d", line):
        style = "Attachment"
    elif re.match(r" ?2023年度.*(?:表|报告)$", line):
        style = "Title"
    elif re.match(r"(?:[一二三四五六七八九十]+|[148])、", line):
        style = "Heading1"
    elif re.match(r"（[一二三四]）", line) and len(line) < 20:
        style = "Heading2"
    return paragraph(style=style or "BodyText", inner=_runs(line))


def _runs(line: str) -> str:
    """Word starts a new run wherever Chinese and Latin characters meet."""
    return "".join(run(piece, _FONT) for piece in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]+", line))


def _table(block: SeedTable) -> str:
    columns = sum(block.layout.rows[0])
    width = 8958 // columns
    rows = []
    for line in block.rows:
        cells = []
        for item in line:
            merge = "restart" if item.row_span > 1 else "" if item.row_span else "continue"
            content = "".join(
                paragraph(properties='<w:jc w:val="center"/>', inner=_runs(part) + _mark(item))
                for part in item.text.split("\n")
            )
            cells.append(cell("", item.col_span, merge, content, width * item.col_span))
        rows.append(row(cells, '<w:trHeight w:val="340"/><w:jc w:val="center"/>'))
    return table(rows, [width] * columns, '<w:tblW w:w="8958" w:type="dxa"/><w:tblLayout w:type="fixed"/>')


def _mark(item: SeedCell) -> str:
    if (item.row, item.col, item.text) == (22, 4, ""):
        return '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    return ""


def _style(identity: str, name: str, inner: str, default: bool = False) -> str:
    mark = ' w:default="1"' if default else ""
    return f'<w:style w:type="paragraph"{mark} w:styleId="{identity}"><w:name w:val="{name}"/>{inner}</w:style>'


_FONT = '<w:rFonts w:hint="eastAsia" w:ascii="Times New Roman" w:eastAsia="仿宋"/><w:sz w:val="21"/>'
_ON_NORMAL = '<w:basedOn w:val="Normal"/>'
_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    + _style("Normal", "Normal", '<w:rPr><w:sz w:val="21"/></w:rPr>', default=True)
    + _style("Title", "Title", _ON_NORMAL + '<w:pPr><w:jc w:val="center"/></w:pPr>')
    + _style("Attachment", "附件", _ON_NORMAL)
    + _style("BodyText", "Body Text", _ON_NORMAL + '<w:pPr><w:ind w:firstLine="640"/></w:pPr>')
    + _style("Heading1", "heading 1", _ON_NORMAL + '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    + _style("Heading2", "heading 2", _ON_NORMAL + '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
)


def main() -> None:
    """Write the sample."""
    TARGET.write_bytes(build(SEED.read_text("utf-8")))
    print(f"{TARGET} written")


if __name__ == "__main__":
    main()
