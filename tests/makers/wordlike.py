"""Sets a layout of paragraphs and tables into pages the way Word prints them.

One CID font, every border as filled rectangles of 0.48 pt with the corners apart, rows cut by the page break, merged
cells that run on, the heading row repeated where asked. What is drawn where follows only from the layout, so the
layout is the truth that a reader is measured against.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.makers.pdf_file import CidFont, PageOps, PdfFile

BORDER = 0.48
PAD = 5.4
LEADING = 1.35


@dataclass(frozen=True)
class FlowCell:
    """A cell to set: grid position, spans, text; line feeds are hard breaks."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str


class Wordlike:
    """A page flow with one font."""

    def __init__(self, text: str, margin: float = 72.0) -> None:
        """Prepare the font for all characters of `text` and an empty first page."""
        self.pdf = PdfFile()
        self.face = CidFont.subset_of(text + "0123456789- ")
        self.pdf.font("F1", self.face)
        self.margin = margin
        self.page = PageOps()
        self.y = self.page.height - margin
        self.number = 1

    @property
    def width(self) -> float:
        """Width of the text area."""
        return self.page.width - 2 * self.margin

    def break_page(self) -> None:
        """Print the page number and begin a new page."""
        label = f"- {self.number} -"
        at = (self.page.width - self.face.width(label, 9)) / 2
        self.page.show(self.face, "F1", at, 42.0, 9, label)
        self.pdf.page(self.page)
        self.page = PageOps()
        self.y = self.page.height - self.margin
        self.number += 1

    def wrap(self, text: str, size: float, width: float, indent: float = 0.0) -> list[str]:
        """Break a paragraph by width; words and numbers stay whole where they fit, closing marks hang on."""
        lines: list[str] = []
        line, room = "", width - indent
        for token in _tokens(text):
            parts = [token] if self.face.width(token, size) <= width else list(token)
            for part in parts:
                if line and self.face.width(line + part, size) > room and part not in "，。；：、）”！？":
                    lines.append(line)
                    line, room = "", width
                line += part
        lines.append(line)
        return lines

    def paragraph(
        self, text: str, size: float = 10.5, indent: float = 0.0, align: str = "left", gap: float = 0.0
    ) -> None:
        """Set one paragraph, across the page break if need be."""
        step = size * LEADING * 1.15
        self.y -= gap
        for number, line in enumerate(self.wrap(text, size, self.width, indent)):
            if self.y - step < self.margin:
                self.break_page()
            x = self.margin + (indent if number == 0 else 0.0)
            if align == "center":
                x = self.margin + (self.width - self.face.width(line.strip(), size)) / 2
                line = line.strip()
            self.page.show(self.face, "F1", x, self.y - size, size, line)
            self.y -= step

    def table(
        self, widths: tuple[float, ...], n_rows: int, cells: list[FlowCell], size: float = 10.5, repeat: int = 0
    ) -> None:
        """Set a table; `repeat` is the number of heading rows printed again on every page."""
        edges = [self.margin]
        for share in widths:
            edges.append(edges[-1] + share * self.width / sum(widths))
        step = size * LEADING
        texts = {cell: self._cell_lines(cell, edges, size) for cell in cells}
        heights = [step + 1.0] * n_rows
        for cell in sorted(cells, key=lambda c: c.row_span):
            need = len(texts[cell]) * step + 1.0
            if cell.row_span > 1:
                continue
            heights[cell.row] = max(heights[cell.row], need)
        for cell in cells:
            have = sum(heights[cell.row : cell.row + cell.row_span])
            need = len(texts[cell]) * step + 1.0
            if need > have:
                heights[cell.row + cell.row_span - 1] += need - have
        _TableSetter(self, edges, heights, texts, size, repeat).run()

    def _cell_lines(self, cell: FlowCell, edges: list[float], size: float) -> list[str]:
        width = edges[cell.col + cell.col_span] - edges[cell.col] - 2 * PAD
        lines: list[str] = []
        for part in cell.text.split("\n"):
            lines += self.wrap(part, size, width)
        return lines

    def bytes(self) -> bytes:
        """Finish the last page and the file."""
        self.break_page()
        return self.pdf.bytes()


class _TableSetter:
    """Sets the rows of one table; a part is what stands on one page."""

    def __init__(
        self,
        flow: Wordlike,
        edges: list[float],
        heights: list[float],
        texts: dict[FlowCell, list[str]],
        size: float,
        repeat: int,
    ) -> None:
        self.flow, self.edges, self.heights, self.texts = flow, edges, heights, texts
        self.size, self.repeat = size, repeat
        self.step = size * LEADING
        self.done = dict.fromkeys(texts, 0)

    def run(self) -> None:
        row, cut = 0, 0.0
        first = True
        while row < len(self.heights):
            strips: list[tuple[int, float]] = []
            if not first:
                strips += [(r, self.heights[r]) for r in range(self.repeat)]
                for cell in self.texts:
                    if cell.row < self.repeat:
                        self.done[cell] = 0
            room = self.flow.y - self.flow.margin - sum(h for _, h in strips)
            start = row
            while row < len(self.heights):
                left = self.heights[row] - cut
                if left <= room:
                    strips.append((row, left))
                    room -= left
                    row, cut = row + 1, 0.0
                    continue
                lines = int((room - 1.0) / self.step)
                if self.heights[row] > 6 * self.step and lines >= 2:
                    strips.append((row, lines * self.step + 1.0))
                    cut += lines * self.step
                break
            if row == start and not cut and first and room < self.heights[row]:
                self.flow.break_page()
                continue
            self._draw(strips)
            first = False
            if row < len(self.heights):
                self.flow.break_page()

    def _draw(self, strips: list[tuple[int, float]]) -> None:
        top = self.flow.y
        tops = [top]
        for _, height in strips:
            tops.append(tops[-1] - height)
        rows = [row for row, _ in strips]
        for cell, lines in self.texts.items():
            inside = [i for i, row in enumerate(rows) if cell.row <= row < cell.row + cell.row_span]
            if not inside:
                continue
            upper, lower = tops[inside[0]], tops[inside[-1] + 1]
            self._borders(self.edges[cell.col], self.edges[cell.col + cell.col_span], upper, lower)
            fits = max(1, int((upper - lower - 0.5) / self.step))
            todo = lines[self.done[cell] : self.done[cell] + fits]
            self.done[cell] += len(todo)
            y = upper - self.size - 1.0
            for line in todo:
                if line.strip():
                    self.flow.page.show(self.flow.face, "F1", self.edges[cell.col] + PAD, y, self.size, line)
                y -= self.step
        self.flow.y = tops[-1]

    def _borders(self, x0: float, x1: float, upper: float, lower: float) -> None:
        page = self.flow.page
        for x in (x0, x1):
            page.fill_rect(x, lower + BORDER, BORDER, upper - lower - BORDER)
            page.fill_rect(x, upper, BORDER, BORDER)
            page.fill_rect(x, lower, BORDER, BORDER)
        page.fill_rect(x0 + BORDER, upper, x1 - x0 - BORDER, BORDER)
        page.fill_rect(x0 + BORDER, lower, x1 - x0 - BORDER, BORDER)


def _tokens(text: str) -> list[str]:
    """Characters, with runs of ASCII kept whole."""
    out: list[str] = []
    for char in text:
        plain = "!" <= char <= "~"
        if plain and out and "!" <= out[-1][-1] <= "~":
            out[-1] += char
        else:
            out.append(char)
    return out
