"""What the private-use codes of the symbol fonts look like on paper (w:sym, and text in those fonts)."""

from __future__ import annotations

import re

PRIVATE_USE = re.compile("[\uf020-\uf0ff]")

_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩"
_BLACK_CIRCLED = "⓿❶❷❸❹❺❻❼❽❾❿"


def _from(start: int, characters: str) -> dict[int, str]:
    return {start + offset: character for offset, character in enumerate(characters)}


_TABLES: dict[str, dict[int, str]] = {
    "symbol": _from(0x20, _SYMBOL_LOW) | _from(0xA0, _SYMBOL_HIGH) | {0xF1: "〉", 0xF2: "∫"},
    "wingdings": {
        0x20: " ",
        0x28: "☎",
        0x29: "✆",
        0x2A: "✉",
        0x36: "⌛",
        0x3F: "✍",
        0x45: "☜",
        0x46: "☞",
        0x47: "☝",
        0x48: "☟",
        0x6C: "●",
        0x6E: "■",
        0x6F: "□",
        0x71: "❑",
        0x72: "❒",
        0x74: "⧫",
        0x75: "◆",
        0x76: "❖",
        0x77: "⬥",
        0x78: "⌧",
        0x9E: "·",
        0x9F: "•",
        0xA1: "○",
        0xA4: "◉",
        0xA5: "◎",
        0xA7: "▪",
        0xA8: "☐",
        0xAA: "✦",
        0xAB: "★",
        0xD8: "➢",
        0xDC: "➲",
        0xDF: "←",
        0xE0: "→",
        0xE1: "↑",
        0xE2: "↓",
        0xE8: "➔",
        0xEF: "⇦",
        0xF0: "⇨",
        0xF1: "⇧",
        0xF2: "⇩",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
    }
    | _from(0x80, _CIRCLED)
    | _from(0x8B, _BLACK_CIRCLED),
    "wingdings 2": {
        0x20: " ",
        0x4F: "✗",
        0x50: "✓",
        0x51: "☒",
        0x52: "☑",
        0x53: "☒",
        0x54: "☒",
        0x97: "•",
        0x98: "●",
        0x99: "○",
        0xA2: "■",
        0xA3: "□",
    }
    | _from(0x69, _CIRCLED)
    | _from(0x74, _BLACK_CIRCLED),
    "webdings": {0x20: " ", 0x61: "✓", 0x63: "□", 0x67: "■", 0x72: "✗"},
}


def is_symbol_font(font: str | None) -> bool:
    """Whether the ordinary codes of a font show signs."""
    return (font or "").strip().lower() in _TABLES


def symbol(font: str | None, code: int) -> str | None:
    """The character that a font shows for a code, or None if that is not known for certain."""
    table = _TABLES.get((font or "").strip().lower())
    offset = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if table is not None and offset <= 0xFF:
        return table.get(offset)
    if 0xE000 <= code <= 0xF8FF or 0xD800 <= code <= 0xDFFF or not 0x20 <= code <= 0x10FFFF:
        return None
    return chr(code)
