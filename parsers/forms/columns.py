"""Rows under a header: periods and measures across (三公经费 × 2023年决算数), or concepts across (编制数, 控制率)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import regex

from parsers.characters import squeeze, unspaced
from parsers.forms.facts import Taker
from parsers.forms.inline import pairs
from parsers.forms.roles import Column, Header, divides, label, lookup
from parsers.grid import Row, Slot, filled
from parsers.labels import label_key
from parsers.ledger import in_doubt
from parsers.values import amount, money_unit, nothing
from parsers.words import Word

_ITEM_CONCEPTS = {"project": "project_other_item", "special": "project_special_fund_item"}
_MEASURES = {
    "weight": ("execution_weight", "point"),
    "rate": ("execution_rate", "percent"),
    "score": ("execution_score", "point"),
}
TOTALS = {"department_evaluation": "funds_total", "project_evaluation": "project_funds_total"}
# totals, and what is within 基本支出
_NO_PARTS = frozenset({*TOTALS.values(), "personnel_expense", "public_expense_total"})
_MOST_COLUMNS = 8
_WHOLE_FUNDS = regex.compile(r"(?:资金)?(?:合计|总计)")
_LIMIT_OF_ITEM_NAME = 60
_WHOLE = regex.compile(r"合计|总计|总数|小计|人数|全部|单位合计|部门合计|汇总")
_UNIT_ONLY = regex.compile(r"\(?(?:(?:金额|计量|货币)?单位:)?(?:[百千万亿]*元)\)?")


class PeriodRows:
    """The rows of one block of period columns; remembers in which group of rows it is, for rows named by the office."""

    def __init__(self, taker: Taker, header: Header, scope: str, above: str = "") -> None:
        """`scope` names the vocabulary of the row labels, `above` is the heading of the section."""
        self.is_three_public = "三公" in squeeze(above) and scope == "base_data"
        self.taker, self.header, self.scope = taker, header, scope
        self.group = ""
        self.rows = 0
        self.funds_named = any(label(column.slot) == "funds" for column in header.columns)
        self._summed = ""
        """Group of rows whose sum a 合计 below them was taken for the whole."""
        self._before: dict[str, dict[str, Decimal]] = {}
        self._parts: dict[str, dict[str, Decimal]] = {}
        """Of the rows of spending or of sources so far: concept → period → printed amount."""

    def take(self, row: Row) -> bool:
        """Take the row's facts; False where the row is not laid out in these columns."""
        if (unit := unit_row(row)) is not None:
            self.header = self.header.in_unit(unit)
            self.taker.unit = unit
            return True
        if self._is_divider(row):
            self.header = replace(
                self.header, columns=tuple(replace(c, period=None, role=None) for c in self.header.columns)
            )
            return True
        cells = self._cells(row)
        if _counts_columns(row, cells):
            return True
        self.rows += 1
        if not any(slot.is_value for slot, _ in cells):
            return False
        first = row.index(cells[0][0])
        labels = [slot for slot in row[:first] if slot.key and not slot.is_number]
        named = self._name(labels) or self._total_by_arithmetic(labels, cells)
        if named is not None and self.group in {"spending", "revenue"} and named[0] not in _NO_PARTS:
            self._add_part(f"{named[0]} {named[2]}", self._amounts(cells))
        for slot, column in cells:
            if not slot.is_value:
                self.taker.ledger.refuse(slot.cell, "ambiguous")
            elif named is None:
                self.taker.ledger.refuse(slot.cell, "unknown_label")
            else:
                self._take(slot, column, *named, labels)
        if named is None:
            return bool(labels)
        for slot in labels:
            self.taker.ledger.take(slot.cell, "structure")
        return True

    def _is_divider(self, row: Row) -> bool:
        """True for a second row of the header that divides its columns by years, sources or halves of the year.

        What the divided columns mean is not known, and nothing is taken from under them.
        """
        return self.rows == 0 and divides(row)

    def _cells(self, row: Row) -> list[tuple[Slot, Column]]:
        """The cells that stand under columns of numbers, each with its one column; none in a row of label:value cells.

        One cell that cannot be read does not change how its row is laid out.
        """
        numeric = [column for column in self.header.columns if column.is_numeric]
        if self.header.ragged and len(row) != len(self.header.columns):
            # only as many cells as there are columns can be told apart, counted from the right end
            words = [at for at, slot in enumerate(row) if not slot.is_value and slot.key]
            behind = row[words[-1] + 1 :] if words else row[1:]
            if len(behind) != len(numeric) or not self.header.columns[-1].is_numeric:
                return []
            return list(zip(behind, numeric, strict=True))
        found = [
            (slot, under[0])
            for slot, under in zip(row, self.header.columns_of(row), strict=True)
            if len(under) == 1 and under[0].is_numeric and not slot.continued
        ]
        if any(self._is_label(slot) for slot, _ in found):
            return []
        if self.header.ragged and found and _is_words(found[0][0]):
            return []  # 中央 under the first amount: the label took a cell more, and every number stands one further
        # two numbers under one header cell: what divides it could not be read, so neither is known
        used = Counter([column.slot.cell.place for _, column in found])
        for slot, column in found:
            if used[column.slot.cell.place] > 1:
                self.taker.ledger.refuse(slot.cell, "ambiguous")
        return [(slot, column) for slot, column in found if used[column.slot.cell.place] == 1]

    def _is_label(self, slot: Slot) -> bool:
        """True for a label, alone or with its value, where a number is expected."""
        if slot.is_value:
            return False
        return lookup(self.scope, slot.text) is not None or any(lookup(self.scope, p.label) for p in pairs(slot.text))

    def _name(self, labels: list[Slot]) -> tuple[str, str, str | None] | None:
        """Concept, unit and item of a row from its labels, the innermost first."""
        labels = [slot for slot in labels if label(slot) != "tier"] or labels
        if not labels:
            return None
        inner, word = labels[-1], lookup(self.scope, labels[-1].text)
        if word is not None:
            self.group = word.more["group"]
            # 中央资金 and 省级资金 are parts of one concept: each is an item of it
            return word.code, word.more["unit"], printed_name(inner) if self.group == "part" else None
        if self.rows == 1 and not self.group and _WHOLE_FUNDS.fullmatch(inner.key) and self.scope in TOTALS:
            self.group = "total"  # 合计 above the kinds of funds
            return TOTALS[self.scope], "wan_yuan", None
        if self.rows == 1 and self.is_three_public and _WHOLE_FUNDS.fullmatch(inner.key):
            self.group = "three_public"  # 合计 in the table of a section on 三公经费
            return "three_public_total", "wan_yuan", None
        outer = next((w for slot in labels[-2::-1] if (w := lookup(self.scope, slot.text))), None)
        group = outer.more["group"] if outer is not None else self.group
        if group not in _ITEM_CONCEPTS:
            return None
        filler = nothing(inner.text) is not None
        name = None if filler else label_key(inner.text)
        if name is not None and (len(name) > _LIMIT_OF_ITEM_NAME or _is_general_label(inner)):
            return None
        return _ITEM_CONCEPTS[group], "wan_yuan", name and printed_name(inner)

    def _total_by_arithmetic(
        self, labels: list[Slot], cells: list[tuple[Slot, Column]]
    ) -> tuple[str, str, str | None] | None:
        """The sum of all where the label does not say so: a lone first row without one, or 合计 below its parts."""
        if self.scope not in TOTALS or len(self._amounts(cells)) < 2:
            return None
        if any(fact.concept == TOTALS[self.scope] for fact in self.taker.form.facts):
            return None
        amounts = self._amounts(cells)
        own = [slot for slot in labels if not slot.continued and label(slot) != "funds"]
        total = TOTALS[self.scope], "wan_yuan", None
        if not own:
            return total if self.rows == 1 and self.funds_named else None
        if not _WHOLE_FUNDS.fullmatch(own[-1].key) or len(self._parts) < 2 or len(own) > 1:
            return None
        sums = {
            period: sum((part.get(period, Decimal(0)) for part in self._parts.values()), Decimal(0))
            for period in amounts
        }
        if sums != amounts:
            return None
        self._summed, self._before, self._parts = self.group, self._parts, {}
        return total

    def _add_part(self, name: str, amounts: dict[str, Decimal]) -> None:
        if self._summed and self._summed == self.group and any(amounts.values()):
            self.taker.withdraw(TOTALS[self.scope])  # 合计 was of a part: more of its kind follows
            self._parts, self._summed = {**self._before, **self._parts}, ""
        self._parts[name] = amounts

    def _amounts(self, cells: list[tuple[Slot, Column]]) -> dict[str, Decimal]:
        certain = [(slot, column) for slot, column in cells if not in_doubt(slot.cell)]
        read = {column.period: amount(slot.text, "wan_yuan", None) for slot, column in certain if column.period}
        return {str(p): r.value for p, r in read.items() if r is not None and r.value is not None}

    def _take(self, slot: Slot, column: Column, concept: str, unit: str, item: str | None, labels: list[Slot]) -> None:
        path = (squeeze(labels[-1].text) if labels else "", column.slot.key)
        if column.period:
            money = column.unit or (labels and money_unit(labels[-1].text)) or self.header.unit
            self.taker.take(slot, concept, unit, column.period, column.year, item, column_unit=money, labels=path)
        elif column.role in _MEASURES and (nothing(slot.text) is None or "total" in concept):
            measure, measure_unit = _MEASURES[column.role]
            of = None if concept in {"funds_total", "project_funds_total"} else item or concept
            self.taker.take(slot, measure, measure_unit, "annual", None, of, labels=path)


def _counts_columns(row: Row, cells: list[tuple[Slot, Column]]) -> bool:
    """True for a row that numbers the columns (1, 2, 3, 4=3/2) and holds no amounts."""
    printed = [slot.key for slot, column in cells if column.period]
    start = int(printed[0]) if printed and printed[0].isdecimal() else 0
    before = row[: row.index(cells[0][0])] if cells else row
    labelled = any(slot.key != "栏次" and not slot.is_value for slot in filled(before))
    counted = printed == [str(at) for at in range(start, start + len(printed))]
    return len(printed) > 1 and counted and 0 < start < _MOST_COLUMNS and not labelled


def unit_row(row: Row) -> str | None:
    """The unit of money that a row of units under a header names (（元） | （元） | %), else None."""
    printed = filled(row)
    units = [slot for slot in printed if _UNIT_ONLY.fullmatch(slot.key)]
    named = {money_unit(slot.text) for slot in units}
    others = [slot for slot in printed if slot not in units and slot.key not in {"%", "(%)", "分", "(分)"}]
    return named.pop() if len(named) == 1 and not others else None


def take_concept_row(taker: Taker, header: Header, row: Row, first: bool) -> bool:
    """Take a row of values under a header of concepts (staff, buildings); False where the row is no such row."""
    numbers = [slot for slot in row if slot.is_number and not slot.continued]
    if header.ragged and len(row) != len(header.columns):
        if len(numbers) < 2:
            return False
        for slot in numbers:  # which of the columns is missing cannot be told
            taker.ledger.refuse(slot.cell, "ambiguous")
        return True
    cells = [
        (slot, under[0])
        for slot, under in zip(row, header.columns_of(row), strict=True)
        if len(under) == 1 and under[0].role and not slot.continued
    ]
    if not cells or not (numbers or all(slot.is_value for slot, _ in cells)):
        return False
    if not first and all(slot.is_blank for slot, _ in cells):
        return True
    named = filled(row[: row.index(cells[0][0])])
    item = printed_name(named[-1]) if named and lookup("form_labels", named[-1].text) is None else None
    if item is not None and _WHOLE.fullmatch(squeeze(item)):
        item = None
    for slot, column in cells:
        word = _concept(column)
        staff = word.more["group"] == "staff"
        taker.take(
            slot,
            word.code,
            word.more["unit"],
            "instant_current" if staff else "current_final",
            item=item,
            column_unit=column.unit,
            labels=(squeeze(item or ""), column.slot.key),
        )
    return True


def printed_name(slot: Slot) -> str:
    """The name that a row label prints: breaks and enumerator taken out, nothing folded."""
    printed = unspaced(slot.text)
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


def _is_words(slot: Slot) -> bool:
    """True for words where a dump should have a number: a cell too many or too few has moved the row."""
    return not slot.is_value and not any(character.isdecimal() for character in slot.text)
