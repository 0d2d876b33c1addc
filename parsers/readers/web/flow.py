"""From a block of a page to paragraphs and tables in reading order, white space as a browser shows it."""

from __future__ import annotations

import regex
from lxml import etree

from parsers.document import Block, Cell, Note, Paragraph, ParagraphKind, Place, Table
from parsers.readers.web.block import Weights, is_data_table
from parsers.readers.web.grid import grid_of
from parsers.readers.web.tree import is_wide, line_of, words_of
from parsers.titles import caption_kind, title_kind
from parsers.words import vocabulary

Element = etree._Element

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "del",
        "o:p",
        "st1:chsdate",
        "st1:chmetcnv",
    ]
)
_HEADING = regex.compile(r"h([1-6])")
_SPACES = regex.compile(r"([ \t\r\n\f]+)")
_RAISED = {"sup": "^", "sub": "_"}
_SHORT = 80
_SKIPPED = frozenset({"caption", "colgroup", "col"})


class Text:
    """Text that is being put together, its white space collapsed."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.value = ""
        self.line: int | None = None
        self._waiting = ""

    def add(self, text: str | None, line: int | None, kept: bool = False) -> None:
        """Add a run; where it is `kept`, every space of it counts."""
        if not text:
            return
        if kept:
            self._flush(text[:1])
            self.value += text
        else:
            for at, piece in enumerate(_SPACES.split(text)):
                if at % 2:
                    self._waiting = self._waiting or ("\n" if "\n" in piece else " ")
                elif piece:
                    self._flush(piece[0])
                    self.value += piece
        if self.line is None and self.value.strip():
            self.line = line

    def end_line(self) -> None:
        """A line break that is shown."""
        self._waiting = ""
        if self.value and not self.value.endswith("\n"):
            self.value += "\n"

    def _flush(self, behind: str) -> None:
        """White space that waited: nothing between two wide characters on two lines of the source, else one space."""
        if not self._waiting or not self.value or self.value.endswith("\n"):
            self._waiting = ""
            return
        joined = self._waiting == "\n" and is_wide(self.value[-1]) and is_wide(behind)
        self.value += "" if joined else " "
        self._waiting = ""


class Flow:
    """Walks one block; `blocks` and `notes` are what came out."""

    def __init__(self, weights: Weights) -> None:
        """Begin an empty document."""
        self.weights = weights
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.links: list[str] = []
        self.paragraphs = self.tables = 0
        self._text = Text()
        self._level: int | None = None

    def read(self, element: Element) -> None:
        """Read an element and everything in it, and end the paragraph."""
        self._walk(element, kept=False)
        self._end_paragraph()

    def _walk(self, element: Element, kept: bool) -> None:
        kept = kept or element.tag == "pre" or "white-space:pre" in (element.get("style") or "").replace(" ", "")
        line = line_of(element)
        self._text.add(element.text, line, kept)
        for child in element:
            self._child(child, kept)
            self._text.add(child.tail, line_of(child), kept)

    def _child(self, child: Element, kept: bool) -> None:
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return
        if tag == "br":
            self._end_paragraph()
        elif tag in _RAISED:
            _raise(self._text, child)
        elif tag in INLINE:
            self._walk(child, kept)
        elif tag == "table" and is_data_table(child, self.weights):
            self._end_paragraph()
            self._table_block(child)
        elif self._is_menu(child):
            self.links.append(" ".join(words_of(child).split()))
        else:
            self._end_paragraph()
            level = _HEADING.fullmatch(tag)
            self._level = int(level[1]) if level else None
            if tag == "li":
                self._text.add(_number(child), line_of(child))
            self._walk(child, kept)
            self._end_paragraph()
            self._level = None

    def _is_menu(self, element: Element) -> bool:
        """Whether an element is links to other pages: what a report says of itself stands in plain text."""
        weight = self.weights.get(element)
        return weight is not None and weight.is_links and not weight.figures

    def _end_paragraph(self) -> None:
        text, self._text = self._text, Text()
        words = text.value.strip(" \n")
        if words.strip():
            self.paragraphs += 1
            place = Place(paragraph=self.paragraphs, line=text.line)
            self.blocks.append(Paragraph(words, place, _kind(words), self._level))

    def _table_block(self, element: Element) -> None:
        for caption in element.iterchildren("caption"):
            self._walk(caption, kept=False)
            self._end_paragraph()
        table = self._table(element)
        if table is not None:
            self.blocks.append(table)

    def _table(self, element: Element) -> Table | None:
        grid = grid_of(element)
        if not grid.cells:
            return None
        self.tables += 1
        number = self.tables
        for row, col in grid.cut[:20]:
            place = Place(table=number, row=row + 1, col=col + 1)
            self.notes.append(Note("span", "a span that reaches out of its rows or into another cell was cut", place))
        cells = []
        for placed in grid.cells:
            text = Text()
            inner: list[Element] = []
            self._cell(placed.element, text, inner)
            nested = tuple(table for each in inner if (table := self._table(each)) is not None)
            place = Place(
                table=number, row=placed.row + 1, col=placed.col + 1, line=text.line or line_of(placed.element)
            )
            words = text.value.strip(" \n")
            stored = placed.element.get("x:num") or ""
            cells.append(
                Cell(
                    placed.row, placed.col, words, place, placed.row_span, placed.col_span, nested=nested,
                    stored="" if stored == words else stored,
                )
            )  # fmt: skip
        where = Place(table=number, line=line_of(element))
        return Table(number, tuple(cells), grid.n_rows, grid.n_cols, where)

    def _cell(self, element: Element, text: Text, inner: list[Element]) -> None:
        """The text of a cell, its tables aside."""
        text.add(element.text, line_of(element))
        for child in element:
            tag = child.tag
            if tag == "br":
                text.end_line()
            elif tag in _RAISED:
                _raise(text, child)
            elif tag == "table" and is_data_table(child, self.weights):
                inner.append(child)
            elif isinstance(tag, str) and tag not in _SKIPPED:
                if tag not in INLINE:
                    text.end_line()
                if tag == "li":
                    text.add(_number(child), line_of(child))
                self._cell(child, text, inner)
                if tag not in INLINE:
                    text.end_line()
            text.add(child.tail, line_of(child))


def _raise(text: Text, element: Element) -> None:
    """A raised or lowered digit behind a digit is no part of the number: 10 and a raised 4 are 10^4."""
    inside = words_of(element)
    if inside.strip()[:1].isdigit() and text.value[-1:].isdigit():
        text.add(_RAISED[str(element.tag)], line_of(element))
    text.add(inside, line_of(element))


def _number(item: Element) -> str:
    """The number that a browser prints in front of an item of an ordered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or (parent.get("type") or "1") != "1":
        return ""
    if "list-style" in (parent.get("style") or "") or "list-style" in (item.get("style") or ""):
        return ""
    start = parent.get("start") or "1"
    before = sum(1 for _ in item.itersiblings("li", preceding=True))
    return f"{int(start) + before}. " if start.isdigit() else ""


def _kind(words: str) -> ParagraphKind:
    """Lines that the site and not the department wrote (source, date, clicks, share) are furniture of the page."""
    if len(words) > _SHORT or title_kind(words) or caption_kind(words):
        return "body"
    return "header" if vocabulary("site_furniture").match("".join(words.split())) else "body"
