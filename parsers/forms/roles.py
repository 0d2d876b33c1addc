"""What a label says: the roles that words give to slots, and the headers that rows of such slots make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Literal

import regex

from parsers.characters import tidy
from parsers.document import Place
from parsers.forms.model import Period
from parsers.grid import Row, Slot, filled, under
from parsers.labels import keys
from parsers.record import record
from parsers.values import money_unit
from parsers.words import Word, vocabulary

HeaderKind = Literal["periods", "indicators", "concepts", "years", "goals"]

_FINAL_OR_BUDGET: dict[str, Period] = {"budget": "current_budget", "final": "current_final"}
SELF_NAMED: dict[str, Period] = {
    "initial_budget": "initial_budget",
    "full_year_budget": "full_year_budget",
    "execution": "execution",
    "received": "received",
}
"""Words of periods that name one, whatever stands beside them."""
_COLUMN_GROUPS = frozenset({"staff", "building"})
_BARE_YEAR = regex.compile(r"(?:(?:19|20)\d\d年度?|上年度?|本年度?)")
_GRADE = regex.compile(r"[优良中差]|优秀|良好|合格|不合格|较差|一般")
_NUMERIC = frozenset({"weight", "score", "rate"})


@record(frozen=True, slots=True)
class Column:
    """A header slot with its role: a period, a measure (weight, rate, score …), an indicator column or a concept."""

    slot: Slot
    role: str | None = None
    period: Period | None = None
    year: int | None = None
    unit: str | None = None
    """Unit of money that the header names, as printed."""

    @property
    def is_numeric(self) -> bool:
        """True for a column of amounts, rates or points."""
        return self.period is not None or self.role in _NUMERIC


@record(frozen=True, slots=True)
class Header:
    """A row of labels that governs the rows below it."""

    kind: HeaderKind
    row: int
    columns: tuple[Column, ...]
    ragged: bool
    base_like: bool = False
    """True where the columns are finals and budgets of named years: the base data sheet."""

    def columns_of(self, row: Row) -> list[tuple[Column, ...]]:
        """For each slot of a governed row, the columns it stands under."""
        slots = [column.slot for column in self.columns]
        return [tuple(self.columns[at] for at in found) for found in under(slots, row, self.ragged)]

    def in_unit(self, unit: str) -> Header:
        """The same header with a unit of money for all its columns of amounts: a row of units stands under it."""
        columns = tuple(replace(c, unit=unit) if c.period else c for c in self.columns)
        return replace(self, columns=columns)

    @property
    def unit(self) -> str | None:
        """Unit of money that any label of the row names."""
        return next((column.unit for column in self.columns if column.unit), None)


@lru_cache(maxsize=16384)
def lookup(name: str, text: str) -> Word | None:
    """What a label means in a vocabulary, tried as printed and then without its brackets."""
    words = vocabulary(name)
    return next((word for key in keys(text) if (word := words.match(key))), None)


def code_of(name: str, text: str) -> str | None:
    """Code that a label has in a vocabulary; None where it has none."""
    word = lookup(name, text)
    return word.code if word else None


def label(slot: Slot) -> str | None:
    """Code of a general form label (department, project, total, goal_expected …)."""
    return None if slot.is_value else _label(slot.text)


@lru_cache(maxsize=4096)
def _label(text: str) -> str | None:
    return code_of("form_labels", text)


def below(upper: Row, lower: Row, ragged: bool) -> Row | None:
    """The one row of labels that two header rows make: each label of the lower row in place of what it divides.

    None where the lower row is no second row of a header: it may hold labels of columns and nothing else.
    """
    printed = [slot for slot in lower if slot.key and not slot.continued]
    if len(printed) < 2:
        return None
    if not ragged:
        return _below_spans(upper, lower)
    if not all(_names_column(slot) or any(_names_column(_joined(above, slot)) for above in upper) for slot in printed):
        return None
    blank = sum(not slot.key for slot in lower)
    if blank >= len(upper) or len(lower) <= len(upper):
        return None
    rest, made = list(upper), []
    caption: Slot | None = None
    divided = len(upper) - blank
    previous_blank = True
    for slot in lower:
        if slot.key:
            if previous_blank:  # the labels of one run divide one label above, or all that are left to be divided
                runs_left = _runs_of_labels(lower[lower.index(slot) :])
                taken = 1 if runs_left > 1 else divided
                divided -= taken
                caption = rest[0] if taken == 1 and rest else None
                del rest[:taken]
            column = slot if _names_column(slot) or caption is None else _joined(caption, slot)
            if not _names_column(column):
                return None
            made.append(column)
        elif rest:
            made.append(rest.pop(0))
        previous_blank = not slot.key
    return made


def _below_spans(upper: Row, lower: Row) -> Row | None:
    """The labels of two header rows whose columns are known: a blank below a label leaves the label as it is."""
    made: Row = []
    for slot in lower:
        above = [head for head in upper if slot.cell.col in range(head.cell.col, head.cell.col + head.cell.col_span)]
        if slot.continued:
            made.append(slot)
        elif slot.key:
            alone = not above or (_names_column(slot) and not _BARE_YEAR.fullmatch(above[0].key))
            column = slot if alone else _joined(above[0], slot)
            if not _names_column(column) and vocabulary("header_words").match(slot.key) is None:
                return None
            made.append(column)
        elif above and (above[0].cell.col, above[0].cell.col_span) == (slot.cell.col, slot.cell.col_span):
            made.append(above[0])
    return made if any(_names_column(slot) for slot in made if not slot.continued) else None


def _joined(above: Slot, slot: Slot) -> Slot:
    """A label with the one above it that it divides, read as one: 年初 under 预算数."""
    return Slot(slot.cell._replace(text=f"{above.text.strip()}{slot.text.strip()}"), slot.continued)


def divides(row: Row) -> bool:
    """True for a second header row that divides columns by years, sources or halves of the year, and names none."""
    printed = filled(row)
    return len(printed) >= 2 and all(vocabulary("header_words").match(slot.key) is not None for slot in printed)


def _runs_of_labels(row: Row) -> int:
    return sum(bool(slot.key) and (at == 0 or not row[at - 1].key) for at, slot in enumerate(row))


def _names_column(slot: Slot) -> bool:
    return not slot.is_value and _is_column(slot.text)


@lru_cache(maxsize=4096)
def _is_column(text: str) -> bool:
    return any(lookup(name, text) for name in ("periods", "measures", "indicator_columns"))


def header_of(row: Row, at: int, ragged: bool) -> Header | None:
    """The header that a row of labels makes, or None. A row that holds numbers is no header."""
    if sum(not slot.is_value for slot in row) < 2 or any(slot.is_number for slot in row if not slot.continued):
        return None
    for build in (_indicator_columns, _period_columns, _concept_columns, _year_columns, _goal_columns):
        found = build(row)
        if found is not None:
            kind, columns = found
            base_like = kind in {"concepts", "years"} or any(
                c.period in {"prior_final", "current_final"} for c in columns
            )
            return Header(kind, at, tuple(columns), ragged, base_like)
    return None


Found = tuple[HeaderKind, list[Column]] | None


Role = str | None


def _roles(row: Row, role: Callable[[Slot], Role]) -> list[Role]:
    return [None if slot.is_value else role(slot) for slot in row]


def _columns(row: Row, roles: list[Role]) -> list[Column]:
    return [Column(slot, role, unit=money_unit(slot.text)) for slot, role in zip(row, roles, strict=True)]


def _indicator_columns(row: Row) -> Found:
    each = _roles(row, lambda slot: code_of("indicator_columns", slot.text))
    roles = set(each)
    judged = roles & {"target", "actual"} or roles >= {"weight", "score"}
    if len(roles - {None}) >= 3 and judged and roles & {"name", "level1", "level2"}:
        return "indicators", _with_weights_of_levels(_each_once(_columns(row, each)))
    return None


def _each_once(columns: list[Column]) -> list[Column]:
    """Let a target, an actual and a score stand once; where two labels do not tell which is meant, neither does.

    Of two columns of one role the one whose label says this is meant: the own score, the target in force.
    """
    out = list(columns)
    for role in ("score", "target", "actual"):
        alike = [at for at, column in enumerate(out) if column.role == role]
        weighted = vocabulary("preferred").anywhere("weighted")
        preferred = vocabulary("preferred").anywhere(role)
        chosen = [at for at in alike if weighted.search(out[at].slot.key)] or [
            at for at in alike if preferred.search(out[at].slot.key)
        ]
        for at in alike if len(alike) > 1 else ():
            if chosen != [at]:
                out[at] = replace(out[at], role=None)
    return out


def _with_weights_of_levels(columns: list[Column]) -> list[Column]:
    """A rubric may print a weight behind each level: all but the last of the weights are those of levels."""
    weights = [at for at, column in enumerate(columns) if column.role == "weight"]
    for at in weights[:-1]:
        columns[at] = replace(columns[at], role=f"weight_of_{columns[at - 1].role}" if at else None)
    return columns


_NO_PERIOD: tuple[Role, int | None, str, bool] = (None, None, "", False)


@lru_cache(maxsize=4096)
def _period_of(text: str) -> tuple[Role, int | None, str, bool]:
    """What a label says of a column: its measure, or its year, its period and whether that is of the year before."""
    hit = next((found for key in keys(text) if (found := vocabulary("periods").find(key))), None)
    if hit is None:
        measure = lookup("measures", text)
        return _NO_PERIOD if measure is None else (measure.code, None, "", False)
    groups = hit[1].groupdict()
    return None, int(groups["year"]) if groups.get("year") else None, hit[0].code, bool(groups.get("prior"))


def _period_columns(row: Row) -> Found:
    said = [_NO_PERIOD if slot.is_value else _period_of(slot.text) for slot in row]
    if not any(code for _, _, code, _ in said) or sum(bool(code or role) for role, _, code, _ in said) < 2:
        return None
    found = [
        (Column(slot, role, year=year, unit=money_unit(slot.text)), code, prior)
        for slot, (role, year, code, prior) in zip(row, said, strict=True)
    ]
    codes = {code for _, code, _ in found}
    if "full_year_budget" in codes and "final" not in codes:
        # 预算数 beside 调整后预算数 of the same year is the budget before it was adjusted
        found = [(c, "initial_budget" if code == "budget" and not c.year else code, prior) for c, code, prior in found]
    latest = max((c.year for c, _, _ in found if c.year), default=None)
    # 2020年决算数 beside a 决算数 that names no year: the year of the latter stands above it, and is later
    unnamed = any(code == "final" and not prior and not c.year for c, code, prior in found)
    spent = max((c.year for c, code, _ in found if c.year and code in {"final", "execution"}), default=None)
    columns = []
    for column, code, prior in found:
        period: Period | None = None
        if spent and column.year and column.year < (spent - 1 if code == "final" else spent):
            columns.append(Column(column.slot, column.role, None, column.year, column.unit))
            continue  # of a year before that no period has a code for
        if code in SELF_NAMED:
            period = SELF_NAMED[code]
        elif code:
            period = _FINAL_OR_BUDGET[code]
            if code == "final" and (prior or (column.year and (unnamed or (latest and column.year < latest)))):
                period = "prior_final"
        columns.append(Column(column.slot, column.role, period, column.year, column.unit))
    return "periods", _without_caption_of_labels(columns)


def _without_caption_of_labels(columns: list[Column]) -> list[Column]:
    """Let each period stand once: 年度预算数 over 总额 is a caption, and which of two alike is meant is not known."""
    named = [(c.period, c.year) for c in columns]
    again = {key for key in named if key[0] and named.count(key) > 1}
    first = next(at for at, column in enumerate(columns) if column.period)
    labels = {columns[at].slot.key for at, key in enumerate(named) if key in again}
    if len(again) == 1 and named[first] in again and named.count(named[first]) == 2 and len(labels) == 2:
        return [replace(c, period=None) if at == first else c for at, c in enumerate(columns)]
    return [replace(c, period=None) if (c.period, c.year) in again else c for c in columns]


def _concept_columns(row: Row) -> Found:
    def role(slot: Slot) -> str | None:
        word = lookup("base_data", slot.text)
        return word.code if word and word.more["group"] in _COLUMN_GROUPS else None

    roles = _roles(row, role)
    return ("concepts", _columns(row, roles)) if len(roles) - roles.count(None) >= 2 else None


def _year_columns(row: Row) -> Found:
    """三公经费 and its kinds across: the years stand in the rows below."""

    def role(slot: Slot) -> str | None:
        word = lookup("base_data", slot.text)
        return word.code if word and word.more["group"] == "three_public" else None

    roles = _roles(row, role)
    codes = [code for code in roles if code]
    return ("years", _columns(row, roles)) if len(codes) > 2 and len(set(codes)) == len(codes) else None


def _goal_columns(row: Row) -> Found:
    roles = _roles(row, label)
    if "goal_actual" not in roles:
        return None
    columns = _columns(row, roles)
    if "goal_expected" not in roles:
        # 总体目标 beside 实际完成情况 says what was expected; what stands before both is their caption
        at = len(roles) - 2 - roles[::-1].index("goal_actual")
        if at >= 0 and roles[at] == "goals":
            columns = [replace(c, role=None) if i < at and c.role != "goal_year" else c for i, c in enumerate(columns)]
            columns[at] = replace(columns[at], role="goal_expected")
            roles[at] = "goal_expected"
    return ("goals", columns) if {"goal_expected", "goal_actual"} <= set(roles) else None


def grade_of(text: str) -> str | None:
    """The grade that a cell prints (优, 良好 …), else None."""
    grade = tidy(text)
    return grade if _GRADE.fullmatch(grade) else None


def place_of(row: Row) -> Place:
    """Place of a row: that of its first cell that begins there."""
    return next((slot.cell.place for slot in row if not slot.continued), Place())
