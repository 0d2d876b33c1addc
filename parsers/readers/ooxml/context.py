"""What one reading of one file carries along: definitions, counters, notes and the place it has reached."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.document import Note, Place
from parsers.readers.ooxml.numbering import Numbering
from parsers.readers.ooxml.styles import Styles

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
    may_hide: bool = False
    """The part or the styles name w:vanish at all; without it no run needs to be asked."""
    may_be_private: bool = False
    """The part may hold private-use characters, which only mean something in a symbol font."""

    def look_at(self, xml: bytes) -> None:
        """Note which rare features a part can hold, so that the walk need not ask every run for them."""
        styles = self.styles
        styled = styles.hidden_by_default or any(style.hidden for style in styles.own.values())
        self.may_hide = styled or b"vanish" in xml
        # U+F000 to U+F0FF in UTF-8, or any character given by its number
        self.may_be_private = any(lead in xml for lead in (b"\xef\x80", b"\xef\x81", b"\xef\x82", b"\xef\x83", b"&#"))

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
