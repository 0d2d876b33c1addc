"""Indicator tables: level, name, target, actual, weight, score and reason, whatever their order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

import regex

from parsers.characters import fold, squeeze, tidy, unspaced
from parsers.document import Place
from parsers.forms.facts import Taker
from parsers.forms.indicator_cells import as_printed, cell_text, numbers_fit, own_unit, target_text
from parsers.forms.model import Indicator
from parsers.forms.roles import Column, Header, code_of, label, lookup, place_of
from parsers.grid import Row, Slot, filled
from parsers.judging import direction
from parsers.targets import MISPLACED, Reading, read_target, same_scale
from parsers.titles import caption_kind
from parsers.values import Unit, amount, nothing

_POINTS = regex.compile(r"[得评]分|[^\p{Han}]分$")
_DECLARED = regex.compile(r"[(\[]?(?P<points>\d+(?:\.\d+)?)(?:分|%)?[)\]]?$")
_SLOT_NAME = regex.compile(r"(?:(?:三级)?指标\d*(?:名称)?[:：]?|[…\.·]+|\d+[、.．]?)")
_NUMBERED_NAME = regex.compile(r"^指标\s*\d+\s*[:：]\s*")
_LEVEL1_OF = {
    "quantity": "output", "quality": "output", "timeliness": "output", "economic": "benefit", "social": "benefit",
    "ecological": "benefit", "sustainability": "benefit", "satisfaction": "satisfaction",
}  # fmt: skip
_PAGE_MARK = regex.compile(r"[-—]*\d{1,3}[-—]*|第\d+页.*")
_ENDS = frozenset({"goal_numbered", "grade", "goals", "department", "project"})
_EXECUTION: tuple[tuple[str, str, Unit], ...] = (
    ("actual", "execution_rate", "percent"),
    ("weight", "execution_weight", "point"),
    ("score", "execution_score", "point"),
)
_FIELDS = ("name", "target", "actual", "weight", "score", "reason")


@dataclass(slots=True)
class Level:
    """A level label in force: what is printed, what it means, and the weight it declares."""

    raw: str | None = None
    code: str | None = None
    declared: Decimal | None = None


@dataclass(slots=True)
class IndicatorRows:
    """The rows of one indicator block; levels are in force until the next label."""

    taker: Taker
    header: Header
    level1: Level = field(default_factory=Level)
    level2: Level = field(default_factory=Level)
    total: tuple[Slot, list[tuple[Slot, str]]] | None = None
    """Label and placed numbers of the last total row; taken when no indicator follows."""
    shows_blanks: bool = False
    """True where a dump prints the cells that a merge leaves empty: what a row lacks then stands at its end."""
    named: Slot | None = None
    """Cell of the last name; a text dump shows a name merged over several rows once and empty cells below it."""

    def take(self, row: Row) -> None:
        """Take one row: an indicator, a total or subtotal, or an empty slot of the form."""
        named = next((slot for slot in row if not slot.continued and label(slot) in {"total", "subtotal"}), None)
        if named is not None and not any(slot.key for slot in row[: row.index(named)] if not slot.continued):
            self._take_total(row, named)
            return
        if self._is_page_mark(row):
            return
        if len(row) > 2 and row[0].is_blank and not row[0].continued:
            self.shows_blanks = True
        if any(label(slot) == "reviewed" for slot in filled(row)[:1]):
            for slot in filled(row):  # 复核得分 below the total is what others gave
                self.taker.ledger.refuse(slot.cell, "ambiguous")
            return
        placed = self._placed(row)
        cells = _by_role(placed)
        if self._take_execution(row, cells):
            return
        new_level = self._read_levels(cells)
        self._read_name(cells, new_level)
        own = {role: slot for role, slot in cells.items() if not slot.continued or role in {"name"}}
        if _is_empty(own):
            return
        self._drop_subtotal()
        criteria = [slot for slot, column in placed if column.role == "criterion"]
        self.taker.form.indicators.append(self._indicator(own, criteria, place_of(row)))
        self.taker.point_cells.append({role: own[role].cell for role in ("weight", "score") if role in own})

    def _placed(self, row: Row) -> list[tuple[Slot, Column]]:
        """Each slot with its column. A row of a dump that lacks cells is laid against both ends of its header.

        The end whose weight and score hold numbers is right; where both or neither do, nothing is placed.
        """
        header = self.header
        if not header.ragged or len(row) == len(header.columns):
            found = zip(row, header.columns_of(row), strict=True)
            return [(slot, next((c for c in under if c.role), under[0])) for slot, under in found if under]
        if len(row) > len(header.columns):
            return []
        left = list(zip(row, header.columns, strict=False))
        right = self._with_levels(row)
        fits = [fit for fit in (left, right) if fit and numbers_fit(fit)]
        scored = any(column.role in {"weight", "score"} for column in header.columns)
        if not fits and self.shows_blanks and not scored:
            fits = [left]
        if len(fits) != 1:
            for slot in row:
                self.taker.ledger.refuse(slot.cell, "ambiguous")
            return []
        return fits[0]

    def _with_levels(self, row: Row) -> list[tuple[Slot, Column]]:
        """Lay a row against the right end; the labels that are left over go to the levels that their words name."""
        columns = list(self.header.columns)
        name = next((at for at, column in enumerate(columns) if column.role == "name"), None)
        if name is None or len(row) <= len(columns) - name:
            return []
        behind = len(columns) - name
        placed = list(zip(row[-behind:], columns[name:], strict=True))
        for slot in row[:-behind]:
            for column in columns[:name]:
                known = column.role in {"level1", "level2"} and _level_code(unspaced(slot.text), str(column.role)[-1])
                if known and not slot.is_blank:
                    placed.append((slot, column))
        return placed

    def _take_execution(self, row: Row, cells: dict[str, Slot]) -> bool:
        """预算执行率（10分）among the indicators, without a name of its own: the rate, its weight and its score."""
        first = next(iter(filled(row)), None)
        word = lookup("measures", first.text) if first is not None and not first.is_value else None
        name = cells.get("name")
        if word is None or word.code != "rate" or (name is not None and not name.is_blank):
            return False
        if first is None or "score" not in cells:
            return False
        given = {fact.concept for fact in self.taker.form.facts if fact.item is None}
        for role, concept, unit in _EXECUTION:
            if role in cells and cells[role].is_number and concept not in given:
                self.taker.take(cells[role], concept, unit, "annual", labels=(first.key, ""))
        for slot in (first, cells.get("target")):
            if slot is not None:
                self.taker.ledger.take(slot.cell, "structure")
        return True

    def _is_page_mark(self, row: Row) -> bool:
        """True for a page number that a converter left between two rows."""
        printed = filled(row)
        return len(printed) == 1 and bool(_PAGE_MARK.fullmatch(printed[0].key))

    def _read_name(self, cells: dict[str, Slot], new_level: bool) -> None:
        """Let a name that a text dump prints once stand for the rows below it, as long as no level begins anew."""
        slot = cells.get("name")
        answered = any(role in cells and nothing(cells[role].text) is None for role in ("target", "actual"))
        if slot is not None and not slot.is_blank:
            self.named = slot
        elif self.header.ragged and slot is not None and answered and not new_level and self.named is not None:
            cells["name"] = self.named
        else:
            self.named = None

    def _read_levels(self, cells: dict[str, Slot]) -> bool:
        """Put the levels that the row prints in force; True where it prints one."""
        printed = False
        for role in ("level1", "level2"):
            slot = cells.get(role)
            if slot is None or slot.is_blank or _PAGE_MARK.fullmatch(slot.key):
                continue
            printed = printed or not slot.continued
            raw = unspaced(slot.text)
            declared = None if slot.cell.doubts else _declared(raw)
            if (own := cells.get(f"weight_of_{role}")) is not None and not own.continued:
                declared = self._declared_beside(own) or declared
            level = Level(raw, _level_code(raw, role[-1]), declared)
            if role == "level1":
                if raw != self.level1.raw or not slot.continued:
                    self.level1, self.level2 = level, Level()
            else:
                self.level2 = level
            self.taker.ledger.take(slot.cell, "indicator")
        return printed

    def _declared_beside(self, slot: Slot) -> Decimal | None:
        """The weight of a level that a rubric prints in a column of its own."""
        read = amount(slot.text, "point")
        if read is None or read.value is None or slot.cell.doubts:
            return None
        self.taker.ledger.take(slot.cell, "indicator")
        return read.value

    def _indicator(self, cells: dict[str, Slot], criteria: list[Slot], place: Place) -> Indicator:
        def words(role: str) -> str | None:
            slot = cells.get(role)
            return None if slot is None or nothing(slot.text) == "blank" else tidy(slot.text) or None

        name = words("name")
        name = _NUMBERED_NAME.sub("", name) or None if name else None
        wanted, reached = target_text(cells), as_printed(cell_text(cells, "actual"))
        unit_slot = cells.get("unit")
        target = read_target(wanted, name or "")
        actual = read_target(reached, name or "")
        if any(cells[role].cell.doubts for role in ("operator", "target", "unit") if role in cells):
            target = Reading(target.raw, None)
        if "actual" in cells and cells["actual"].cell.doubts:
            actual = Reading(actual.raw, None)
        if unit_slot is not None and actual.kind == "numeric" and "%" not in actual.raw and not own_unit(actual):
            actual = replace(actual, unit=target.unit)  # the column of units holds for both
        if actual.raw == "无" and target.value != 0 and target.op not in {"<=", "<"}:
            actual = Reading(actual.raw, None)  # 无 is none of what should not occur; of anything else it is no answer
        target, actual = same_scale(target, actual)
        level2, level1 = self.level2.code, self.level1.code
        if level1 is None and level2 is not None:
            level1 = _LEVEL1_OF.get(level2)
        if level2 is None and level1 == "satisfaction":
            level2 = "satisfaction"
        way = direction(target, name or "", level2)
        for role in ("name", "target", "actual", "reason", "operator"):
            if role in cells and role in {"target", "actual"} and _is_misplaced(fold(cells[role].text)):
                self.taker.ledger.refuse(cells[role].cell, "ambiguous")
            elif role in cells:
                self.taker.ledger.take(cells[role].cell, "indicator")
        if unit_slot is not None:
            self.taker.ledger.take(unit_slot.cell, "indicator")
        reason = words("reason")
        if reason is not None and _PAGE_MARK.fullmatch(reason):
            self.taker.ledger.give_back(cells["reason"].cell)
            reason = None
        return Indicator(
            len(self.taker.form.indicators) + 1,
            level1 or ("other" if self.level1.raw else None),
            self.level1.raw,
            self.level1.declared,
            level2 or ("other" if self.level2.raw else None),
            self.level2.raw,
            name,
            target,
            actual,
            self._points(cells, "weight"),
            self._points(cells, "score"),
            None if reason is None or (nothing(reason) is not None and reason != "无") else reason,
            way,
            None,
            cells["name"].cell.place if "name" in cells and not cells["name"].continued else place,
            self._criterion(criteria),
        )

    def _criterion(self, cells: list[Slot]) -> str | None:
        """The rule of a rubric: its explanation and its standard, which may stand in two columns."""
        said = [tidy(slot.text) for slot in cells if nothing(slot.text) is None]
        for slot in cells:
            self.taker.ledger.take(slot.cell, "indicator")
        return " ".join(said) or None

    def _points(self, cells: dict[str, Slot], role: str) -> Decimal | None:
        slot = cells.get(role)
        if slot is None:
            return None
        read = amount(slot.text, "point") or amount(slot.text, "percent")
        if read is None:
            self.taker.ledger.refuse(slot.cell, "ambiguous")
            return None
        self.taker.ledger.take(slot.cell, "indicator")
        return None if slot.cell.doubts else read.value

    def _take_total(self, row: Row, named: Slot) -> None:
        """总分: the weights and the scores of the whole form. Numbers stand under their columns, or in their order.

        What stands above more indicators was a subtotal: its numbers are no fact of the whole.
        """
        printed = [slot for slot in filled(row) if slot is not named]
        totals = [c.role for c in self.header.columns if c.role in {"weight", "score"}]
        placed: list[tuple[Slot, str]] = []
        scored_by_others = any(c.role is None and _POINTS.search(c.slot.key) for c in self.header.columns)
        if self.header.ragged and len(row) != len(self.header.columns):
            if scored_by_others:
                pass  # 主管部门评分 has a total too: how many numbers are ours cannot be told
            elif len(printed) == len(totals):
                placed = [(slot, role) for slot, role in zip(printed, totals, strict=True) if role]
            elif len(printed) == 1 and (lone := self._role_of_lone_total(printed[0])):
                placed = [(printed[0], lone)]
        else:
            for slot, under in zip(row, self.header.columns_of(row), strict=True):
                roles = {c.role for c in under} & {"weight", "score"}
                if slot in printed and len(roles) == 1:
                    placed.append((slot, str(roles.pop())))
            if not placed and len(printed) == 1 and (lone := self._role_of_lone_total(printed[0])):
                placed = [(printed[0], lone)]
        self._drop_subtotal()
        for slot in printed:
            self.taker.ledger.refuse(slot.cell, "subtotal" if label(named) == "subtotal" else "ambiguous")
        if label(named) == "total":
            self.total = (named, placed)

    def _drop_subtotal(self) -> None:
        """Leave the numbers of a total that turned out to be one of a part to the audit."""
        if self.total is not None:
            for slot, _ in self.total[1]:
                self.taker.ledger.refuse(slot.cell, "subtotal")
        self.total = None

    def close(self) -> None:
        """Take the total that stands below the last indicator."""
        if self.total is not None:
            named, placed = self.total
            for slot, role in placed:
                printed = next((c.slot.key for c in self.header.columns if c.role == role), "")
                self.taker.take(slot, f"total_{role}", "point", "annual", labels=(named.key, printed))
        self.total = None

    def _role_of_lone_total(self, slot: Slot) -> str | None:
        """Which total a single number is, where the sums of the rows leave one reading only."""
        read = amount(slot.text, "point")
        if read is None or read.value is None or slot.cell.doubts:
            return None
        rows, facts = self.taker.form.indicators, self.taker.form.facts
        fits = []
        for role in ("weight", "score"):
            points = sum((p for i in rows if (p := getattr(i, role)) is not None), Decimal(0))
            executed = [f.value for f in facts if f.concept == f"execution_{role}" and f.item is None and f.value]
            if read.value in {points, points + sum(executed, Decimal(0))}:
                fits.append(role)
        return fits[0] if len(fits) == 1 else None


def _by_role(placed: list[tuple[Slot, Column]]) -> dict[str, Slot]:
    """The slot of each role, the first where several columns have it."""
    cells: dict[str, Slot] = {}
    for slot, column in placed:
        if column.role:
            cells.setdefault(column.role, slot)
    return cells


def _is_misplaced(folded: str) -> bool:
    return "," in folded and MISPLACED.search(folded) is not None


def _level_code(raw: str, level: str) -> str | None:
    return code_of(f"levels{level}", _DECLARED.sub("", squeeze(raw)))


def _declared(raw: str) -> Decimal | None:
    found = _DECLARED.search(squeeze(raw))
    return Decimal(found["points"]) if found else None


def _is_empty(cells: dict[str, Slot]) -> bool:
    """True for a slot of the form that nobody filled: no content, or a numbered slot name and nothing else."""
    name = cells.get("name")
    if not any(cells[role].key for role in ("name", "target", "actual", "weight", "score") if role in cells):
        return True  # a reason alone is the rest of a cell that a page break cut
    others = [slot for role, slot in cells.items() if role in _FIELDS and role != "name"]
    if any(nothing(slot.text) is None for slot in others):
        return False
    if any(not slot.is_blank for slot in others) and name is not None and nothing(name.text) is None:
        return bool(_SLOT_NAME.fullmatch(name.key))
    return name is None or name.continued or nothing(name.text) is not None or bool(_SLOT_NAME.fullmatch(name.key))


def opens_other_block(row: Row) -> bool:
    """True where a row under an indicator header belongs to something else: a grade, a signature line."""
    captions = {caption_kind(slot.text) for slot in row[:1]}
    first = next(iter(filled(row)), None)
    if first is not None and label(first) == "remark":
        return True  # 评价结论, 存在问题: what stands beside them is prose
    # 绩效目标 with points behind it is a level of the framework of 2020, not the goals of the form
    scored = any(slot.is_number for slot in row if not slot.continued)
    ends = _ENDS - {"goals"} if scored else _ENDS
    return any(label(slot) in ends for slot in row) or bool(captions & {"note", "signature", "attachment"})
