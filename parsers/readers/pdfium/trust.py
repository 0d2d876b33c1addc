"""Text that cannot be trusted: glyphs that say no character, or that look like another one than they say."""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np

from parsers.document import Place
from parsers.readers.pdfium import library as pdf
from parsers.readers.pdfium.chars import Array, Chars
from parsers.reasons import Reason, UnreadableError

SYMBOLS = {
    "symbol": {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞"}
    | {0xD7: "⋅", 0xD6: "√", 0xAE: "→", 0x6D: "μ", 0x57: "Ω", 0x25: "%", 0x2B: "+", 0x2D: "−", 0x3D: "=", 0x2E: "."}
    | {0x3C: "<", 0x3E: ">", 0x28: "(", 0x29: ")", 0x2C: ",", 0x2F: "/"}
    | {0x30 + n: str(n) for n in range(10)},
    "wingdings": {0x6C: "●", 0x6E: "■", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xFC: "✓"}
    | {0xFB: "✗", 0xFE: "☑", 0x6F: "□", 0x71: "❑", 0xB2: "✧", 0x9F: "•", 0x46: "☞", 0xE0: "→", 0xF0: "⇨"},
}
"""What the glyphs of the common symbol fonts are; Word prints them as U+F000 plus the code."""

CONTOURS: dict[str, set[int]] = {
    **{char: {1} for char in "12357CEGHIJKLMNSTUVWXYZchklmnrsvwxz(),-./"},
    **{char: {2} for char in "ADOPQRabdeopq!:;=?#"},
    **{char: {1, 2} for char in '469+"'},
    **{char: {3} for char in "8B"},
    "0": {2, 3},
    "%": {5},
}
"""Number of closed outlines of a glyph: the same in nearly all text fonts, so what ToUnicode says is held against it.

Chinese characters are left out: many fonts draw them stroke over stroke.
"""
MOST_WITNESSES = 20
_TELLING = np.zeros(128, bool)
_TELLING[[ord(char) for char in CONTOURS]] = True


@dataclass
class Trust:
    """Judges the characters of a document page by page; remembers which fonts were looked at."""

    names: dict[int, str] = field(default_factory=dict)
    seen: dict[int, set[str]] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)
    """Fonts of which nothing more is to be looked at."""

    def name(self, font: int) -> str:
        """The font's name, fetched once."""
        if font not in self.names:
            self.names[font] = pdf.name_of_font(font) if font else "(unnamed)"
        return self.names[font]

    def check(self, chars: Chars, text: int, page: int) -> Chars:
        """Replace the known glyphs of symbol fonts, drop glyphs without ink; raise where a character is not sure."""
        odd = _odd(chars)
        if odd.any():
            chars = self._settle(chars, odd, text, page)
        self._witness(chars, page)
        return chars

    def _settle(self, chars: Chars, odd: Array, text: int, page: int) -> Chars:
        keep = np.ones(len(chars), bool)
        for at in np.flatnonzero(odd).tolist():
            font = chars.objects.font[int(chars.obj[at])]
            known = self._symbol(font, int(chars.code[at]))
            if known:
                chars.code[at] = ord(known)
            elif not _has_ink(text, int(chars.index[at])):
                keep[at] = False
            else:
                self._refuse(page, font, "its glyphs do not say which characters they are")
        return chars.take(keep)

    def _symbol(self, font: int, code: int) -> str | None:
        name = self.name(font).lower()
        for family, table in SYMBOLS.items():
            if name.startswith(family):
                return table.get(code - 0xF000 if code >= 0xF000 else code)
        return None

    def _witness(self, chars: Chars, page: int) -> None:
        """Hold the outlines of an embedded font against the characters that it claims."""
        if self.settled.issuperset(chars.objects.font):
            return
        told = np.flatnonzero(_TELLING[np.minimum(chars.code, 127)])
        if not len(told):
            return
        fonts = list(dict.fromkeys(chars.objects.font))
        number = {font: at for at, font in enumerate(fonts)}
        font_of = np.array([number[font] for font in chars.objects.font])
        pairs: dict[int, set[int]] = {}
        for key in np.flatnonzero(np.bincount((font_of[chars.obj[told]] << 7) | chars.code[told].astype(int))).tolist():
            pairs.setdefault(fonts[key >> 7], set()).add(key & 0x7F)
        for font, codes in pairs.items():
            seen = self.seen.setdefault(font, set())
            fresh = set(map(chr, codes)) - seen
            if not font or len(seen) >= MOST_WITNESSES or not pdf.font_embedded(font):
                self.settled.add(font)
            if font in self.settled or not fresh:
                continue
            # digits first: they are what matters most, and a shifted mapping shows in them
            chosen = sorted(fresh, key=lambda char: (not char.isdigit(), char))[: MOST_WITNESSES - len(seen)]
            seen.update(chosen)
            counted = {char: _contours(font, char) for char in chosen}
            usable = {char: count for char, count in counted.items() if count}
            wrong = [char for char, count in usable.items() if count not in CONTOURS[char]]
            # overlapping strokes or a serif drawn apart may spoil one outline; a shifted mapping spoils most
            if (len(wrong) >= 2 and 4 * len(wrong) >= len(usable)) or (wrong and len(usable) <= 2):
                self._refuse(
                    page, font, f"its glyphs do not look like the characters they claim to be ({', '.join(wrong)})"
                )

    def _refuse(self, page: int, font: int, why: str) -> None:
        raise UnreadableError(
            Reason.UNREADABLE_TEXT,
            f"Page {page}: text in font {self.name(font)} cannot be trusted, {why}; print it to PDF anew, or use OCR.",
            Place(page=page),
        )


def _odd(chars: Chars) -> Array:
    """Unmapped, private-use, replacement, control and unassigned code points."""
    code = chars.code
    odd = chars.unmapped | (code == 0xFFFD) | ((code >= 0xE000) & (code <= 0xF8FF)) | (code >= 0xF0000)
    odd |= (code < 32) & (code != 9) | ((code >= 0x7F) & (code < 0xA0)) | (code & 0xFFFE == 0xFFFE)
    rare = set(code[(code > 0x24F) & ((code < 0x2000) | (code >= 0xA000))].tolist())
    for value in rare:
        if unicodedata.category(chr(value)) in ("Cn", "Cs"):
            odd |= code == value
    return np.asarray(odd)


def _has_ink(text: int, index: int) -> bool:
    """Whether the glyph has an extent: spaces of subset fonts are often left without a character."""
    box = (ctypes.c_double * 4)()
    at = ctypes.addressof(box)
    pdf.char_box(text, index, at, at + 8, at + 16, at + 24)
    return abs(box[3] - box[2]) > 0.05 and abs(box[1] - box[0]) > 0.05


def _contours(font: int, char: str) -> int:
    path = pdf.glyph_path(font, ord(char), 100.0)
    if not path:
        return 0
    count = max(0, pdf.glyph_segment_count(path))
    kinds = map(pdf.segment_type, map(pdf.glyph_segment, repeat(path), range(count)))
    return sum(1 for kind in kinds if kind == pdf.MOVE_TO)
