"""Characters as documents print them, folded to one form without moving any of them.

Folding maps one character to one character, so an offset in the folded copy is the offset in the raw text. (NFKC
would not do: it turns ½ into three characters and ① into 1.)
"""

from __future__ import annotations

import re
from functools import lru_cache

import regex

_FULL_WIDTH: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES: dict[int, int | str] = {
    ord(c): " " for c in "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ufeff\u200b"
}
_ALIKE: dict[int, int | str] = {
    ord(raw): plain
    for raw, plain in {
        "﹪": "%", "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "﹥": ">", "﹤": "<", "～": "~", "〜": "~", "∼": "~",
        "−": "-", "‐": "-", "‑": "-", "﹣": "-", "：": ":", "﹕": ":", "︰": ":", "﹙": "(", "﹚": ")", "﹒": ".",
        "﹐": ",", "〔": "[", "〕": "]", "【": "[", "】": "]",
    }.items()
}  # fmt: skip
_FOLD: dict[int, int | str] = {**_FULL_WIDTH, **_SPACES, **_ALIKE}
# of classes of many characters the standard library's are the faster ones: most texts hold nothing to fold
_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]")
_LONGEST_KEPT = 2000

PROMPT = r"[(（]\s*限?\d{2,4}\s*字(?:以内|左右|内)[)）]"
"""An instruction that a form left in a cell: （100字以内）."""
RESIDUE = regex.compile(rf"\[bookmark:[^\]\n]*\]|(?:HYPERLINK|PAGEREF)\s+\S+(?:\s+\\[a-z])*|{PROMPT}", regex.IGNORECASE)
"""What converters and forms leave behind in a text: bookmarks, field codes, prompts. Never content."""


def fold(text: str) -> str:
    """Return a copy of the same length with full-width ASCII, odd spaces and look-alike signs made plain."""
    if _FOLDED.search(text) is None:
        return text
    return _translated(text) if len(text) <= _LONGEST_KEPT else text.translate(_FOLD)


@lru_cache(maxsize=4096)
def _translated(text: str) -> str:
    return text.translate(_FOLD)


def blank_residue(text: str) -> str:
    """Return a copy of the same length in which converter residue is overwritten with spaces."""
    return (
        RESIDUE.sub(lambda m: " " * len(m.group()), text)
        if "[" in text or "字" in text or "PAGEREF" in text or "HYPER" in text
        else text
    )


_WHITE = regex.compile(r"\s+")


# labels and blanks recur thousands of times in a batch; the caches hold pure results, not state
@lru_cache(maxsize=16384)
def squeeze(text: str) -> str:
    """Fold, drop residue and take all white space out: the form in which labels are compared (经济效\\n益 指标)."""
    return _WHITE.sub("", blank_residue(fold(text)))


def without_residue(text: str) -> str:
    """Drop converter residue. All of it holds a bracket, a 字 or, as PAGEREF and HYPERLINK do, a P."""
    return RESIDUE.sub("", text) if "[" in text or "字" in text or "p" in text or "P" in text else text


def unspaced(text: str) -> str:
    """Drop residue and all white space, folding nothing: a name or label in its printed characters."""
    return "".join(without_residue(text).split())


_CJK = r"\p{Han}\p{InCJK_Symbols_and_Punctuation}\p{InHalfwidth_and_Fullwidth_Forms}“”‘’…—"
_INNER = regex.compile(rf"(?<=[{_CJK}])\s+|\s+(?=[{_CJK}])")


def tidy(text: str) -> str:
    """Return the words of a text cell: residue dropped, breaks inside Chinese closed, ends trimmed, no folding.

    White space between two Latin words is kept as one space.
    """
    plain = without_residue(text).replace("\u3000", " ")
    if len(plain.split()) > 1:
        plain = _WHITE.sub(" ", _INNER.sub("", plain))
    return plain.strip()
