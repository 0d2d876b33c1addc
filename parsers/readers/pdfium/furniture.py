"""Page headers, footers and page numbers: told by their place and by what repeats from page to page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.document import ParagraphKind
from parsers.readers.pdfium.layout import GridCell, Line, PageLayout

DRESSED = re.compile(
    r"[-—–－·~～]+\s*(\d{1,4})\s*[-—–－·~～]+|第\s*(\d{1,4})\s*页(?:[，,/\s]*共\s*\d{1,4}\s*页)?"
    r"|(\d{1,4})\s*/\s*\d{1,4}|(?:[Pp]age|PAGE|P\.)\s*(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?"
)
PLAIN = re.compile(r"(\d{1,4})")
ROMAN = re.compile(r"[-—–－]?\s*[ivxIVXⅠ-ⅻ]{1,5}\s*[-—–－]?")
EDGE = 0.085
"""The share of the page's height at its top and bottom where headers and footers stand."""
NUMBER_EDGE = 0.13
NEAR = 6.0
APART = 10.0


@dataclass(slots=True)
class _Candidate:
    line: Line
    page: PageLayout
    cell: GridCell | None

    @property
    def height(self) -> float:
        return self.page.frame.size[1]

    @property
    def at_top(self) -> bool:
        return self.line.base < self.height / 2


def take_furniture(pages: list[PageLayout]) -> dict[int, list[tuple[Line, ParagraphKind]]]:
    """Take the furniture out of the pages' lines and cells; give it by page."""
    usual = _usual_size(pages)
    candidates = [c for page in pages for c in _candidates(page)]
    by_base: dict[int, list[_Candidate]] = {}
    for candidate in candidates:
        by_base.setdefault(int(candidate.line.base // NEAR), []).append(candidate)
    out: dict[int, list[tuple[Line, ParagraphKind]]] = {}
    for candidate in candidates:
        at = int(candidate.line.base // NEAR)
        near = [other for n in (at - 1, at, at + 1) for other in by_base.get(n, [])]
        kind = _kind(candidate, near, len(pages), usual)
        if kind is None:
            continue
        holder = candidate.cell.lines if candidate.cell else candidate.page.lines
        holder[:] = [line for line in holder if line is not candidate.line]
        out.setdefault(candidate.page.number, []).append((candidate.line, kind))
    return out


def _usual_size(pages: list[PageLayout]) -> float:
    sizes = sorted(line.size for page in pages for line in page.lines)
    return sizes[len(sizes) // 2] if sizes else 0.0


def _candidates(page: PageLayout) -> list[_Candidate]:
    height = page.frame.size[1]
    low, high = NUMBER_EDGE * height, (1 - NUMBER_EDGE) * height
    edge = EDGE * height
    found = [_Candidate(line, page, None) for line in page.lines if line.base < low or line.base > high]
    found = [
        c for c in found if not edge < c.line.base < height - edge or _number(c.line.text) is not None or _roman(c)
    ]
    for grid in page.grids:
        if grid.box[1] < low or grid.box[3] > high:
            cells = [cell for cell in grid.cells if cell.box[1] < low or cell.box[3] > high]
            lines = [(cell, line) for cell in cells for line in cell.lines if line.base < low or line.base > high]
            found += [
                _Candidate(line, page, cell)
                for cell, line in lines
                if _number(line.text) is not None or not edge < line.base < height - edge
            ]
    return found


def _roman(one: _Candidate) -> bool:
    return ROMAN.fullmatch(one.line.text.strip()) is not None


def _kind(one: _Candidate, near: list[_Candidate], n_pages: int, usual: float) -> ParagraphKind | None:
    text = one.line.text.strip()
    if not one.line.turned:
        if DRESSED.fullmatch(text) and (_outermost(one) or _counts(one, near)):
            return "page_number"
        if (PLAIN.fullmatch(text) or ROMAN.fullmatch(text)) and _is_plain_number(one, near, n_pages):
            return "page_number"
    if one.line.size > 1.15 * usual:
        return None
    if one.cell is not None and not any(other.cell is None and _same(one, other) for other in near):
        # what repeats within tables only is a table's own text
        return None
    edge = EDGE * one.height
    if edge < one.line.base < one.height - edge or not _repeats(one, near, n_pages):
        return None
    if one.at_top:
        return "header" if _set_apart(one, edge) else None
    return "footer"


def _set_apart(one: _Candidate, edge: float) -> bool:
    """Whether the page's content begins well below: a heading stands near to what it heads."""
    below = [(line.top, line.bottom, line.base > edge) for line in one.page.lines if line.top > one.line.top]
    below += [(grid.box[1], grid.box[3], True) for grid in one.page.grids]
    bottom = one.line.bottom
    for top, end, content in sorted(below):
        if top - bottom >= APART:
            return True
        if content:
            return False
        bottom = max(bottom, end)
    return True


def _outermost(one: _Candidate) -> bool:
    """Whether nothing of the page's own text stands between the line and the edge of the page."""
    lines = [line for line in one.page.lines if line is not one.line]
    for grid in one.page.grids:
        lines += [line for cell in grid.cells for line in cell.lines if line is not one.line]
    if one.at_top:
        return all(line.base > one.line.base for line in lines if abs(line.base - one.line.base) > 3)
    return all(line.base < one.line.base for line in lines if abs(line.base - one.line.base) > 3)


def _alone(one: _Candidate) -> bool:
    lines = [*one.page.lines, *(line for grid in one.page.grids for cell in grid.cells for line in cell.lines)]
    return all(line is one.line or abs(line.base - one.line.base) > 3 for line in lines)


def _is_plain_number(one: _Candidate, near: list[_Candidate], n_pages: int) -> bool:
    """A bare number: the last of its page, alone on its line (rows of tables have more), counting with the pages."""
    if not _outermost(one) or not _alone(one):
        return False
    if _counts(one, near):
        return True
    return one.cell is None and one.line.text.strip() == str(one.page.number) and not one.at_top and n_pages <= 2


def _counts(one: _Candidate, near: list[_Candidate]) -> bool:
    """Whether another page prints a number at this height that differs by as much as the pages do."""
    mine = _number(one.line.text)
    for other in near:
        if other.page is one.page or abs(other.line.base - one.line.base) > NEAR or other.at_top != one.at_top:
            continue
        theirs = _number(other.line.text)
        if mine is None and theirs is None:
            continue
        if mine is not None and theirs is not None and theirs - mine == other.page.number - one.page.number:
            return True
    return False


def _number(text: str) -> int | None:
    match = DRESSED.fullmatch(text.strip()) or PLAIN.fullmatch(text.strip())
    if not match:
        return None
    return int(next(group for group in match.groups() if group))


def _repeats(one: _Candidate, near: list[_Candidate], n_pages: int) -> bool:
    """Whether enough pages print the same at this height; odd and even pages may differ."""
    enough = max(2, 0.3 * n_pages)
    pages = {one.page.number}
    for other in near:
        if abs(other.line.base - one.line.base) <= 3 and _same(one, other):
            pages.add(other.page.number)
            if len(pages) >= enough:
                return True
    return False


def _same(one: _Candidate, other: _Candidate) -> bool:
    if one.line.text == other.line.text:
        return True
    mine, theirs = re.findall(r"\d+", one.line.text), re.findall(r"\d+", other.line.text)
    if len(mine) != len(theirs) or re.sub(r"\d+", "#", one.line.text) != re.sub(r"\d+", "#", other.line.text):
        return False
    step = other.page.number - one.page.number
    return all(a == b or int(b) - int(a) == step for a, b in zip(mine, theirs, strict=True))
