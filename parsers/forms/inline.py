"""label:value cells (其中：基本支出：215.81) and labels whose value stands in the next cell."""

from __future__ import annotations

from functools import lru_cache

import regex

from parsers.characters import blank_residue, fold
from parsers.forms.facts import Taker
from parsers.forms.roles import lookup
from parsers.grid import Row, Slot
from parsers.record import record
from parsers.values import money_unit
from parsers.words import Word

_OF_WHICH = regex.compile(r"其中\s*[:,、]?")
_PAIR = regex.compile(
    r"(?P<label>[^\d:;\n]*?[\p{Han})\]”\"]\s*(?:\([^()\n]*\))?)\s*:\s*(?P<value>[^:;\n]*?)(?=[\s,、]+[^\d:;\n]*?[\p{Han})]\s*:|[;\n]|$)"
)


_NO_COLON = regex.compile(r"\s*(?P<label>[\p{Han}()]{2,24}?)\s*=?\s*(?P<value>\d[\d,.]*\s*(?:[百千万亿]*元|万)?)\s*")


@record(frozen=True, slots=True)
class Pair:
    """A label and what stands after its colon, with the offset of the value in the raw text."""

    label: str
    value: str
    offset: int


@lru_cache(maxsize=4096)
def pairs(text: str) -> tuple[Pair, ...]:
    """The label:value pairs of a cell in order; 其中： in front of a label is no label."""
    plain = _OF_WHICH.sub(lambda m: " " * len(m.group()), blank_residue(fold(text)))
    bare = _NO_COLON.fullmatch(plain)
    return tuple(
        Pair(found["label"].strip(), text[found.start("value") : found.end("value")], found.start("value"))
        for found in ([bare] if bare else _PAIR.finditer(plain))
    )


def take_pairs(taker: Taker, row: Row, scope: str) -> bool:
    """Take every label:value pair of a row, and every label that is followed by a cell with one number.

    Returns False where the row holds nothing of the kind.
    """
    before = len(taker.form.facts)
    if scope == "base_data" and not any(_is_staff(slot) for slot in row):
        return False
    for at, slot in enumerate(row):
        if slot.continued or slot.is_value:
            continue
        after = row[at + 1] if at + 1 < len(row) else None
        found = [(pair, word) for pair in pairs(slot.text) if (word := lookup(scope, pair.label))]
        for pair, word in found:
            empty = not pair.value.strip()
            if empty and after is not None and after.is_number and len(found) == 1:
                _take(taker, after, word, pair.label)
            else:
                _take(taker, slot, word, pair.label, pair.value, pair.offset)
        if not found and after is not None and after.is_number and (word := lookup(scope, slot.text)):
            if at + 2 < len(row) and row[at + 2].is_number:
                continue  # several numbers behind one label: what each is, only a header could say
            _take(taker, after, word, slot.key)
    return len(taker.form.facts) > before


def _is_staff(slot: Slot) -> bool:
    """True for a head count, which the base data sheet may print as label and value side by side."""
    word = lookup("base_data", slot.text) if not slot.is_value else None
    return word is not None and word.more["group"] == "staff"


def _take(taker: Taker, slot: Slot, word: Word, label: str, text: str | None = None, offset: int = 0) -> None:
    taker.take(
        slot,
        word.code,
        word.more["unit"],
        "instant_current" if word.more["group"] == "staff" else "annual",
        text=text,
        offset=offset,
        column_unit=money_unit(label),
        labels=(label, ""),
    )
