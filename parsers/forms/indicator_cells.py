"""The cells of one row of an indicator table: what their texts are, and whether they stand under the right columns."""

from __future__ import annotations

import regex

from parsers.characters import squeeze, without_residue
from parsers.forms.roles import Column
from parsers.grid import Slot
from parsers.targets import Reading
from parsers.values import amount

_CUT_NUMBER = regex.compile(r"(?<=[.,．，])\s+(?=[\d０-９])|(?<=[\d０-９])\s+(?=[.,．，])")
_BETWEEN_NUMBERS = regex.compile(r"(?<=[\d０-９])\s+(?=[\d０-９])")
_PRINTED_UNIT = regex.compile(r"[\d０-９]\s*[\p{Han}%％㎡a-zA-Z]")


def cell_text(cells: dict[str, Slot], role: str) -> str:
    """Raw text of the cell with a role; empty where there is none or nothing is printed in it."""
    slot = cells.get(role)
    return "" if slot is None or slot.is_blank else slot.text


def own_unit(actual: Reading) -> bool:
    """True where a unit is printed with the number itself."""
    return bool(_PRINTED_UNIT.search(actual.raw))


def target_text(cells: dict[str, Slot]) -> str:
    """The target as one text, also where operator and unit stand in columns of their own."""
    parts = [cell_text(cells, role) for role in ("operator", "target", "unit")]
    words = not any(character.isdecimal() for character in parts[1])
    if squeeze(parts[0]) == "定性" or (words and squeeze(parts[0]) in {"=", "等于"}):
        parts[0] = ""
    return "".join(as_printed(part) for part in parts)


def as_printed(text: str) -> str:
    """A target or an actual as printed: white space taken out, but kept as one space between two numbers."""
    plain = without_residue(text).strip()
    if len(plain.split()) < 2:
        return plain.replace("\0", " ")
    healed = _CUT_NUMBER.sub("", plain)
    return "".join(_BETWEEN_NUMBERS.sub("\0", healed).split()).replace("\0", " ")


def numbers_fit(placed: list[tuple[Slot, Column]]) -> bool:
    """True where every weight and score is a number or nothing, and at least one is a number."""
    points = [slot for slot, column in placed if column.role in {"weight", "score"}]
    if any(slot.is_number for slot, column in placed if column.role in {"name", "reason"}):
        return False
    read = [amount(slot.text, "point") or amount(slot.text, "percent") for slot in points]
    return None not in read and any(slot.is_number for slot in points)
