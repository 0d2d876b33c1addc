"""Take it out and audit what remains: which printed number was used for what, and which was not used at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import regex

from parsers.document import Cell, Document, Paragraph, Place, Table
from parsers.tokens import Token, tokens

Use = Literal["fact", "indicator", "figure", "structure"]
Text = Cell | Paragraph

_NO_DIGIT = regex.compile(r"[^\d.]")
FURNITURE = frozenset({"header", "footer", "page_number", "watermark"})
"""Kinds of paragraphs that stand around the text on every page: no part of what a report says."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A printed number that fed nothing, with the text around it."""

    number: str
    raw_text: str
    reason: str
    place: Place


class Ledger:
    """Holds every number of a document until a form takes it.

    A number is taken once; what is taken as `structure` (a year in a title, the 50 of 产出指标（50分）is an indicator
    field, the 3 of 3、市级专项资金 is structure) does not count as a figure.
    """

    def __init__(self, document: Document) -> None:
        """List every number of the body of the document."""
        self._open: dict[int, tuple[Text, list[Token]]] = {}
        self._why: dict[int, str] = {}
        self.numbers = 0
        self.mapped = 0
        for text in texts(document):
            printed = tokens(text.text)
            if printed and (found := [token for token in printed if token.structural is None]):
                self._open[id(text)] = (text, found)
                self.numbers += len(found)

    def take(self, text: Text, use: Use, start: int = 0, end: int | None = None) -> None:
        """Mark the numbers of a cell or paragraph between two offsets as used."""
        entry = self._open.get(id(text))
        if entry is None:
            return
        stop = len(text.text) if end is None else end
        doubts = bool(text.doubts)
        kept = [
            t
            for t in entry[1]
            if t.confusable or (doubts and is_doubted(text, t)) or not (start <= t.start and t.end <= stop)
        ]
        taken = len(entry[1]) - len(kept)
        if use == "structure":
            self.numbers -= taken
        else:
            self.mapped += taken
        if kept:
            self._open[id(text)] = (text, kept)
        else:
            del self._open[id(text)]

    def give_back(self, text: Text, start: int = 0, end: int | None = None) -> None:
        """Open the numbers of a cell again after what was taken from it turned out to be uncertain."""
        stop = len(text.text) if end is None else end
        left = self._open.get(id(text), (text, []))[1]
        found = [
            token
            for token in tokens(text.text)
            if token.structural is None and (token in left or (start <= token.start and token.end <= stop))
        ]
        self.mapped -= len(found) - len(left)
        if found:
            self._open[id(text)] = (text, found)

    def refuse(self, text: Text, reason: str) -> None:
        """Say why the numbers of a cell or paragraph that stay open could not be taken."""
        self._why.setdefault(id(text), reason)

    def left_in(self, text: Text) -> list[str]:
        """The numbers of a cell or paragraph that nothing took, as printed."""
        return [token.text for token in self._open.get(id(text), (text, []))[1]]

    def leftovers(self) -> list[Leftover]:
        """Every number that nothing took, in reading order."""
        return [
            Leftover(token.text, text.text, self._reason(key, text, token), text.place)
            for key, (text, found) in self._open.items()
            for token in found
        ]

    def _reason(self, key: int, text: Text, token: Token) -> str:
        if is_doubted(text, token):
            return "low_confidence"
        return "confusable" if token.confusable else self._why.get(key, "unknown_label")


def is_doubted(text: Text, token: Token) -> bool:
    """True for a number that a scan does not show with certainty; one broken over two lines is doubted by its parts."""
    if not text.doubts:
        return False
    plain = token.text.replace(",", "")
    for doubt in text.doubts:
        core = _NO_DIGIT.sub("", doubt).strip(".") or doubt
        if core == plain or (len(core) > 1 and (plain.startswith(core) or plain.endswith(core))):
            return True
    return False


def in_doubt(text: Text, start: int = 0, end: int | None = None) -> bool:
    """True where a number between two offsets of a cell or paragraph is not certain."""
    if not text.doubts:
        return False
    stop = len(text.text) if end is None else end
    return any(is_doubted(text, token) for token in tokens(text.text) if token.end > start and token.start < stop)


def texts(document: Document) -> Iterator[Text]:
    """Cells and paragraphs of the body in reading order; page furniture is left out."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _cells(block)
        elif block.kind not in FURNITURE:
            yield block


def _cells(table: Table) -> Iterator[Cell]:
    for cell in table.cells:
        yield cell
        for inner in cell.nested:
            yield from _cells(inner)
