"""Rows under a header: periods and measures across (三公经费 × 2023年决算数), or concepts across (编制数, 控制率)."""

from __future__ import annotations

from parsers.characters import RESIDUE, squeeze
from parsers.forms.facts import Taker
from parsers.forms.roles import Column, Header, lookup
from parsers.grid import Row, Slot
from parsers.labels import label_key
from parsers.values import money_unit, nothing
from parsers.words import Word

_ITEM_CONCEPTS = {"project": "project_other_item", "special": "project_special_fund_item"}
_MEASURES = {
    "weight": ("execution_weight", "point"),
    "rate": ("execution_rate", "percent"),
    "score": ("execution_score", "point"),
}
_LIMIT_OF_ITEM_NAME = 60


class PeriodRows:
    """The rows of one block of period columns; remembers in which group of rows it is, for rows named by the office."""

    def __init__(self, taker: Taker, header: Header, scope: str) -> None:
        """`scope` names the vocabulary of the row labels."""
        self.taker, self.header, self.scope = taker, header, scope
        self.group = ""

    def take(self, row: Row) -> bool:
        """Take the row's facts; False where the row is not laid out in these columns."""
        columns = self.header.columns_of(row)
        cells = [
            (slot, under[0])
            for slot, under in zip(row, columns, strict=True)
            if len(under) == 1 and (under[0].period or under[0].role) and slot.is_value and not slot.continued
        ]
        if not cells:
            return False
        first = next(at for at, slot in enumerate(row) if slot is cells[0][0])
        labels = [slot for slot in row[:first] if slot.key and not slot.is_number]
        named = self._name(labels)
        if named is None:
            for slot, _ in cells:
                self.taker.ledger.refuse(slot.cell, "unknown_label")
            return bool(labels)
        concept, unit, item = named
        for slot, column in cells:
            self._take(slot, column, concept, unit, item, labels)
        for label in labels:
            self.taker.ledger.take(label.cell, "structure")
        return True

    def _name(self, labels: list[Slot]) -> tuple[str, str, str | None] | None:
        """Concept, unit and item of a row from its labels, the innermost first."""
        if not labels:
            return None
        inner, word = labels[-1], lookup(self.scope, labels[-1].text)
        if word is not None:
            self.group = word.more["group"]
            return word.code, word.more["unit"], None
        outer = next((w for slot in labels[-2::-1] if (w := lookup(self.scope, slot.text))), None)
        group = outer.more["group"] if outer is not None else self.group
        if group not in _ITEM_CONCEPTS:
            return None
        filler = nothing(inner.text) is not None
        name = None if filler else label_key(inner.text)
        if name is not None and (len(name) > _LIMIT_OF_ITEM_NAME or _is_general_label(inner)):
            return None
        return _ITEM_CONCEPTS[group], "wan_yuan", name and printed_name(inner)

    def _take(self, slot: Slot, column: Column, concept: str, unit: str, item: str | None, labels: list[Slot]) -> None:
        path = (squeeze(labels[-1].text), column.slot.key)
        if column.period:
            money = column.unit or money_unit(labels[-1].text) or self.header.unit
            self.taker.take(slot, concept, unit, column.period, column.year, item, column_unit=money, labels=path)
        elif column.role in _MEASURES and not (slot.is_blank and "total" not in concept):
            measure, measure_unit = _MEASURES[column.role]
            of = None if concept in {"funds_total", "project_funds_total"} else item or concept
            self.taker.take(slot, measure, measure_unit, "annual", None, of, labels=path)


def take_concept_row(taker: Taker, header: Header, row: Row, first: bool) -> bool:
    """Take a row of values under a header of concepts (staff, buildings); False where the row is no such row."""
    columns = header.columns_of(row)
    cells = [
        (slot, under[0])
        for slot, under in zip(row, columns, strict=True)
        if len(under) == 1 and under[0].role and not slot.continued
    ]
    if not cells or not all(slot.is_value for slot, _ in cells):
        return False
    if not first and all(slot.is_blank for slot, _ in cells):
        return True
    named = [slot for slot in row[: row.index(cells[0][0])] if not slot.is_blank and not slot.continued]
    item = printed_name(named[-1]) if named and lookup("form_labels", named[-1].text) is None else None
    for slot, column in cells:
        word = _concept(column)
        staff = word.more["group"] == "staff"
        taker.take(
            slot,
            word.code,
            word.more["unit"],
            "instant_current" if staff else "current_final",
            item=None if staff else item,
            column_unit=column.unit,
            labels=(squeeze(item or ""), column.slot.key),
        )
    return True


def printed_name(slot: Slot) -> str:
    """The name that a row label prints: breaks and enumerator taken out, nothing folded."""
    printed = "".join(RESIDUE.sub("", slot.text).split())
    key = label_key(slot.text)
    start = squeeze(slot.text).rfind(key)
    return printed[start : start + len(key)]


def _concept(column: Column) -> Word:
    word = lookup("base_data", column.slot.text)
    if word is None:
        raise ValueError(f"{column.slot.text!r} is no concept of the base data sheet")
    return word


def _is_general_label(slot: Slot) -> bool:
    names = ("form_labels", "indicator_columns", "department_evaluation", "levels1", "levels2")
    return any(lookup(name, slot.text) for name in names)
