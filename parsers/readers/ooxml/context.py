"""What one reading of one file carries along: definitions, counters, notes and the place it has reached."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.document import Note, Place
from parsers.readers.ooxml.numbering import Numbering
from parsers.readers.ooxml.paragraphs import Properties
from parsers.readers.ooxml.styles import Styles

_SYMBOL_FONTS = (b'"Symbol"', b"dings")
"""Parts of their names that are quick to look for: Wingdings and Webdings share the second."""
SHOWN_IN_A_NOTE = 200


@dataclass(slots=True)
class Context:
    """Lives as long as one call of the reader."""

    styles: Styles
    numbering: Numbering
    notes: list[Note] = field(default_factory=list)
    part: str | None = None
    table: int | None = None
    row: int | None = None
    col: int | None = None
    paragraphs: int = 0
    tables: int = 0
    pictures: int = 0
    plain_properties: dict[str | None, Properties] = field(default_factory=dict)
    """Properties of paragraphs that state nothing but their style, by that style."""
    may_hide: bool = False
    """The part or the styles name w:vanish at all; without it no run needs to be asked."""

    may_use_symbol_fonts: bool = False
    """The part names a symbol font, in which ordinary letters may stand for signs: R is ☑ in Wingdings 2."""

    may_raise: bool = False
    """The part may hold raised or lowered text, which after a digit is no part of the number."""

    only_text: bool = False
    """A run that holds nothing but a w:t shows what that says."""

    may_use_private_codes: bool = True
    """The part may hold signs in private-use codes, which only their font explains."""

    def look_at(self, xml: bytes, *, slim: bool) -> None:
        """Note which rare features a part can hold, so that the walk need not ask every run for them."""
        self.may_use_private_codes = not slim
        self.may_use_symbol_fonts = any(font in xml for font in _SYMBOL_FONTS)
        self.may_raise = b"script" in xml
        styles = self.styles
        styled = styles.hidden_by_default or any(style.hidden for style in styles.own.values())
        self.may_hide = styled or b"vanish" in xml
        self.only_text = slim and not self.may_use_symbol_fonts and not self.may_hide

    def place(self) -> Place:
        """Where the walk stands: a cell, or the paragraph that is being read."""
        if self.table is not None:
            return Place(table=self.table, row=self.row, col=self.col, part=self.part)
        return Place(paragraph=self.paragraphs + 1, part=self.part)

    def note(self, code: str, message: str) -> None:
        """Record something that was repaired or left aside."""
        self.notes.append(Note(code, message, self.place()))


def shortened(text: str) -> str:
    """A text for a note, in one line and of bounded length."""
    text = " ".join(text.split())
    return text if len(text) <= SHOWN_IN_A_NOTE else text[:SHOWN_IN_A_NOTE] + "…"
