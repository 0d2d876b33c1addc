"""The inline content of one paragraph: runs, fields, tracked changes, symbols, hidden text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.readers.ooxml.context import Context, shortened
from parsers.readers.ooxml.drawings import Drawing, read_drawing
from parsers.readers.ooxml.fields import Fields
from parsers.readers.ooxml.formulas import linear
from parsers.readers.ooxml.names import (
    ALTERNATE,
    DELETED,
    DELETED_TEXT,
    FIELD_CHAR,
    MATH,
    MATH_PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    TYPE,
    VAL,
    WRAPPERS,
    W,
)
from parsers.readers.ooxml.paragraphs import NO_PROPERTIES, Properties, numbered, read_properties
from parsers.readers.ooxml.symbols import PRIVATE_USE, is_symbol_font, symbol
from parsers.readers.ooxml.xmlpart import Element, branch, child, children, is_on

BREAK = W + "br"
SYMBOL = W + "sym"
RUBY = W + "ruby"
_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
_DRAWINGS = frozenset({W + "drawing", W + "pict", W + "object"})
_SKIPPED = frozenset({W + "instrText", W + "lastRenderedPageBreak"})
_NONE: tuple[Drawing, ...] = ()
_FORMULAS = frozenset({MATH, MATH_PARAGRAPH})
_AROUND_RUNS = WRAPPERS | DELETED | _FORMULAS | {ALTERNATE}
_has_private_use = PRIVATE_USE.search
_PAGE_BREAK = "\f"
"""Stands for a page break until the paragraph is complete; XML cannot hold this character, so no text is mistaken."""


@dataclass(slots=True)
class Line:
    """One paragraph as read."""

    text: str
    number: str = ""
    outline: int | None = None
    drawings: Sequence[Drawing] = ()
    joins_next: bool = False
    """The mark at its end is deleted: its text belongs to the paragraph that follows."""


class LineReader:
    """Reads paragraphs one after another; holds what has been gathered of the one at hand."""

    def __init__(self, context: Context) -> None:
        """Read in this context."""
        self.context = context
        self.fields = Fields()
        self._parts: list[str] = []
        self._hidden: list[str] = []
        self._deleted: list[str] = []
        self.drawings: Sequence[Drawing] = _NONE
        self._properties: Properties = NO_PROPERTIES
        self._number = ""

    def read(self, paragraph: Element, fields: Fields, *, counted: bool = True) -> Line:
        """A paragraph with its automatic number; one that is not `counted` moves no counter."""
        text = self.text_of(paragraph, fields, counted=counted)
        properties = self._properties
        return Line(text, self._number, properties.outline, self.drawings, properties.mark_deleted)

    def text_of(self, paragraph: Element, fields: Fields, *, counted: bool = True) -> str:
        """The text of a paragraph, its number in front; what hangs on it is in `drawings` until the next is read."""
        self.fields = fields
        parts: list[str] = []
        self._parts = parts
        self.drawings = _NONE
        self._properties = NO_PROPERTIES
        self._number = ""
        self._inline(paragraph)
        text = parts[0] if len(parts) == 1 else "".join(parts)
        if _PAGE_BREAK in text:
            text = text.strip(_PAGE_BREAK).replace(_PAGE_BREAK, "\n")
        properties = self._properties
        if properties.number_id is not None and counted and not properties.mark_deleted:
            hides_all = bool(self._hidden) and not text and properties.mark_hidden
            if not hides_all:
                self._number, text = numbered(text, properties, self.context.numbering)
        if self._hidden or self._deleted:
            self._report()
        return text

    def _report(self) -> None:
        for code, gathered in (("hidden_text", self._hidden), ("deleted_text", self._deleted)):
            text = "".join(gathered).replace(_PAGE_BREAK, "\n")
            if text.strip():
                self.context.note(code, shortened(text))
            gathered.clear()

    def _inline(self, parent: Element) -> None:
        only_text = self.context.only_text
        parts, fields = self._parts, self.fields
        for element in children(parent):
            tag = element.tag
            if tag == RUN:
                if only_text and len(element) == 1 and (only := element[0]).tag == TEXT and not fields.in_code:
                    # nearly every run, once the properties that say only how it looks are left out
                    text = only.text
                    if text:
                        parts.append(text)
                else:
                    self._run(element)
            elif tag == PARAGRAPH_PROPERTIES:
                self._properties = read_properties(element, self.context)
            elif tag in _AROUND_RUNS:
                self._around_runs(element)

    def _around_runs(self, element: Element) -> None:
        """What may stand around runs or in their place: content controls, links, tracked changes, formulas."""
        stack = [iter((element,))]
        while stack:
            for inner in stack[-1]:
                tag = inner.tag
                if tag == RUN:
                    self._run(inner)
                elif tag in WRAPPERS:
                    stack.append(iter(tuple(inner)))
                    break
                elif tag == ALTERNATE:
                    chosen = branch(inner)
                    if chosen is not None:
                        stack.append(iter(tuple(chosen)))
                        break
                elif tag in DELETED:
                    self._deleted.extend(part.text or "" for part in inner.iter(TEXT, DELETED_TEXT))
                elif tag in _FORMULAS and not self.fields.in_code:
                    self._parts.append(linear(inner))
            else:
                stack.pop()

    def _run(self, run: Element) -> None:
        parts = self._parts
        context = self.context
        if context.may_hide and self._is_hidden(child(run, RUN_PROPERTIES)):
            parts = self._hidden
        if context.may_raise and (mark := _raised(run)) and self._after_digit(run):
            parts.append(mark)
        for element in children(run):
            tag = element.tag
            if tag == TEXT:
                text = element.text
                if text and not self.fields.in_code:
                    if context.may_use_symbol_fonts or (context.may_use_private_codes and _has_private_use(text)):
                        text = self._spelled_out(text, run)
                    parts.append(text)
            elif tag != RUN_PROPERTIES and tag not in _SKIPPED:
                self._special(element, parts)

    def _after_digit(self, run: Element) -> bool:
        """True where a run begins with a digit right behind one: 436.80 and a raised 1 are not 436.801."""
        text = run.findtext(TEXT) or ""
        before = next((part for part in reversed(self._parts) if part), "")
        return text[:1].isdigit() and before[-1:].isdigit()

    def _special(self, element: Element, parts: list[str]) -> None:
        tag = element.tag
        if tag == FIELD_CHAR:
            parts.append(self.fields.meet(element))
        elif self.fields.in_code:
            return
        elif tag in _CHARACTERS:
            parts.append(_CHARACTERS[tag])
        elif tag == BREAK:
            parts.append(_PAGE_BREAK if element.get(TYPE) in ("page", "column") else "\n")
        elif tag == SYMBOL:
            parts.append(self._symbol(element))
        elif tag in _DRAWINGS:
            self._drawing(element)
        elif tag == RUBY:
            base = element.find(W + "rubyBase")
            if base is not None:
                self._inline(base)
        elif tag == ALTERNATE:
            chosen = branch(element)
            for inner in () if chosen is None else chosen:
                self._special(inner, parts)
        elif tag == TEXT and element.text:
            parts.append(element.text)

    def _drawing(self, element: Element) -> None:
        drawing = read_drawing(element)
        self.context.pictures += drawing.pictures
        if drawing.pictures:
            self.context.note("picture", f"{drawing.pictures} picture(s) here; what they show is not read")
        for what in drawing.unread:
            self.context.note("embedded_object", f"{what} here; its content is not read")
        if drawing.boxes or drawing.watermarks:
            if not isinstance(self.drawings, list):
                self.drawings = []
            self.drawings.append(drawing)

    def _symbol(self, element: Element) -> str:
        font, code = element.get(W + "font"), element.get(W + "char") or ""
        try:
            found = symbol(font, int(code, 16))
        except ValueError:
            found = None
        if found is None:
            self.context.note("symbol", f"symbol {code[:8]} of font {font} is not known, U+FFFD stands for it")
            return "\ufffd"
        return found

    def _spelled_out(self, text: str, run: Element) -> str:
        """Text in a symbol font, be it in private-use codes or in the ordinary codes of that font."""
        fonts = run.find(f"{RUN_PROPERTIES}/{W}rFonts")
        names = [] if fonts is None else [fonts.get(W + slot) for slot in ("ascii", "hAnsi", "eastAsia", "cs")]
        signs = next((name for name in names[:2] if is_symbol_font(name)), None)
        out: list[str] = []
        for character in text:
            private = PRIVATE_USE.match(character) is not None
            if not private and (signs is None or ord(character) > 0xFF):
                out.append(character)
                continue
            known = names if private else (signs,)
            found = next((seen for name in known if name and (seen := symbol(name, ord(character)))), None)
            if found is None:
                self.context.note("symbol", f"U+{ord(character):04X} in font {names[:1]} is not known, kept as it is")
            out.append(character if found is None else found)
        return "".join(out)

    def _is_hidden(self, properties: Element | None) -> bool:
        """w:vanish is a toggle: set directly it is final, else the paragraph's and the run's style are combined."""
        character = None
        if properties is not None:
            vanish = child(properties, W + "vanish")
            if vanish is not None:
                return is_on(vanish)
            style = child(properties, W + "rStyle")
            character = None if style is None else self.context.styles.style(style.get(VAL)).hidden
        if self.context.styles.hidden_by_default:
            return True
        return bool(self.context.styles.paragraph(self._properties.style).hidden) != bool(character)


_MARKS = {"superscript": "^", "subscript": "_"}


def _raised(run: Element) -> str | None:
    """`^` for a superscript run, `_` for a subscript one; None for one on the line (ISO/IEC 29500-1, 17.3.2.42)."""
    aligned = run.find(f"{RUN_PROPERTIES}/{W}vertAlign")
    return None if aligned is None else _MARKS.get(aligned.get(VAL) or "")
