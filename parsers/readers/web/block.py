"""The block of a page that holds the report: found by how text, links and tables are spread, not by names of classes.

From the body down, the one child that holds nearly everything is followed as long as nothing that could belong to the
report stands beside it: no table with figures, no sentence, no paragraph of its own. Where in doubt, more is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex
from lxml import etree

from parsers.characters import squeeze
from parsers.readers.web.tree import words_of
from parsers.titles import title_kind

Element = etree._Element

FLOWING = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "pre", "blockquote"])
HEADINGS = frozenset({"h1", "h2", "h3"})
_WRAPPERS = frozenset(
    [
        "html",
        "body",
        "div",
        "section",
        "article",
        "main",
        "form",
        "center",
        "td",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "table",
        "span",
        "font",
    ]
)
_DOMINANT = 0.6
_LINKED = 0.5
_FEWEST_FIGURES = 4
_LONG_SENTENCE = 25
_LOOSE_TEXT = 20
_SENTENCE = regex.compile(r"[^。；！？\n]{15,}[。；！？]")
_TITLE_PARTS = regex.compile(r"\s*[-_|–—>»]+\s*")
_SHORTEST_TITLE = 8


@dataclass(slots=True)
class Weight:
    """What stands inside an element: characters, those that are links, and cells with digits."""

    chars: int = 0
    linked: int = 0
    figures: int = 0

    @property
    def is_links(self) -> bool:
        """Whether it is a menu or a list of other pages."""
        return self.chars > 0 and self.linked >= _LINKED * self.chars

    @property
    def own(self) -> int:
        """Characters that are no links."""
        return self.chars - self.linked


Weights = dict[Element, Weight]


def weigh(root: Element) -> Weights:
    """The weight of every element, its children's included."""
    weights: Weights = {}
    linked = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        is_link = element.tag == "a" and bool(element.get("href")) and not (element.get("href") or "").startswith("#")
        if event == "start":
            linked += is_link
            size = _size(element.text)
            weights[element] = Weight(size, size if linked else 0)
            continue
        linked -= is_link
        mine, parent = weights[element], element.getparent()
        if element.tag in {"td", "th"} and any(c.isdigit() for c in words_of(element)[:40]):
            mine.figures += 1
        if parent is not None and parent in weights:
            tail = _size(element.tail)
            above = weights[parent]
            above.chars += mine.chars + tail
            above.linked += mine.linked + (tail if linked else 0)
            above.figures += mine.figures
    return weights


def main_block(body: Element, weights: Weights) -> Element:
    """The innermost element that surely holds all of the report."""
    current = body
    while True:
        children = [child for child in current if weights[child].chars]
        if not children or _flows(current, weights):
            return current
        best = max(children, key=lambda child: weights[child].own)
        if best.tag not in _WRAPPERS or (best.tag == "table" and is_data_table(best, weights)):
            return current
        if weights[best].own < _DOMINANT * weights[current].own:
            return current
        if not all(child is best or _is_beside(child, weights) for child in children):
            return current
        current = best


def _flows(element: Element, weights: Weights) -> bool:
    """Whether an element has text of its own: paragraphs, headings, tables of figures, loose words."""
    loose = _size(element.text) + sum(_size(child.tail) for child in element)
    if loose >= _LOOSE_TEXT:
        return True
    for child in element:
        if child.tag not in FLOWING or weights[child].is_links or not weights[child].chars:
            continue
        if child.tag != "table" or is_data_table(child, weights):
            return True
    return False


def _is_beside(element: Element, weights: Weights) -> bool:
    """Whether an element beside the main one is none of the report: links, or neither figures nor a sentence."""
    weight = weights[element]
    if weight.is_links:
        return True
    if weight.figures >= _FEWEST_FIGURES:
        return False
    return _SENTENCE.search(words_of(element)) is None


def is_data_table(table: Element, weights: Weights) -> bool:
    """Whether a table is one, and not a page laid out in rows and columns."""
    if (table.get("role") or "") == "presentation":
        return False
    rows = own_rows(table)
    cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in rows]
    widest = max((len(row) for row in cells), default=0)
    inner = [other for other in table.iter("table") if other is not table and nearest_table(other) is table]
    within = sum(weights[other].own for other in inner)
    if widest < 2:
        return False  # one column is no table: nothing stands beside anything
    if inner and within * 2 >= weights[table].own:
        return False
    if weights[table].is_links:
        return False
    return not _has_one_story(cells, weights)


def _has_one_story(rows: list[list[Element]], weights: Weights) -> bool:
    """Whether one cell is the page and the others are its margins: menus, pictures, nothing."""
    cells = [cell for row in rows for cell in row]
    story = max(cells, key=lambda cell: weights[cell].own)
    if sum(1 for _ in story.iter("p", "div", "table")) < 5:
        return False
    return all(cell is story or weights[cell].is_links or not weights[cell].own for cell in cells)


def own_rows(table: Element) -> list[Element]:
    """The rows of a table itself, head first and foot last, none of the tables inside it."""
    groups: dict[str, list[Element]] = {"thead": [], "": [], "tfoot": []}
    for child in table:
        if child.tag == "tr":
            groups[""].append(child)
        elif child.tag in {"thead", "tbody", "tfoot"}:
            key = str(child.tag) if child.tag != "tbody" else ""
            groups[key] += [row for row in child if row.tag == "tr"]
    return groups["thead"] + groups[""] + groups["tfoot"]


def nearest_table(element: Element) -> Element | None:
    """The table around an element, itself not counted."""
    return next(element.iterancestors("table"), None)


def titles_outside(body: Element, block: Element, page_title: str, weights: Weights) -> list[Element]:
    """Headings in front of the block that name the report: a site often prints the title in a bar of its own."""
    whole = squeeze(page_title)
    found: list[Element] = []
    around = set(block.iterancestors())
    taken: set[Element] = set()
    for element in body.iter():
        if element is block:
            break
        if element in around or element in taken or weights[element].is_links:
            continue
        words = squeeze(words_of(element))
        if not words:
            continue
        named = len(words) >= _SHORTEST_TITLE and words in whole
        if named or element.tag in HEADINGS or title_kind(words) is not None:
            found.append(element)
            taken.update(element.iter())
    return found


def title_of_page(page_title: str) -> str | None:
    """The part of <title> that is the title of a report, without the name of the site."""
    pieces = [page_title.strip(), *(piece.strip() for piece in _TITLE_PARTS.split(page_title))]
    return next((piece for piece in pieces if piece and title_kind(piece) is not None), None)


def _size(text: str | None) -> int:
    return len("".join(text.split())) if text else 0
