"""Rows of indicators out of a stream of cells without row ends: every reading is tried, and one must be left.

A row is the labels of its levels and then the fixed run of columns from the name on. Levels that a merge covers are
left out or printed blank, a reason is printed or left out. A reading counts where every weight and score is a number
and the total that is printed below is the sum of them; where two readings count, none is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from parsers.readers.dump import CellLines
from parsers.readers.said import Said

Cells = list[CellLines]
_LEVELS = {"level1": 1, "level2": 2}
_OUTPUTS = frozenset({"quantity", "quality", "timeliness"})
_EFFECTS = frozenset({"economic", "social", "ecological", "sustainability"})
_NOT_BELOW = {
    "output": _EFFECTS | {"satisfaction"},
    "benefit": _OUTPUTS,
    "satisfaction": _OUTPUTS | _EFFECTS,
}
_FEWEST_ROWS = 3
_REASON_MAY_LACK = frozenset({"name", "target", "actual", "weight", "score", "reason"})
_ENDS = frozenset({"total", "subtotal", "remark", "grade", "department", "project", "goal_expected", "reviewed"})


class Way(NamedTuple):
    """How the rows are laid out."""

    printed: bool
    """True where the cells that a merge covers are printed blank."""
    captions: int
    """Blank cells in front of each row, below the caption of the whole block."""


class Row(NamedTuple):
    """One reading of a row: for each column its cell, or None where it was left out."""

    cells: tuple[Said | None, ...]
    end: int


class Block(NamedTuple):
    """The rows of a block, the total row last, and where the stream goes on."""

    rows: list[Cells]
    end: int


def indicator_rows(
    stream: Sequence[Said], start: int, roles: list[str], caption: bool, executed: dict[str, Decimal]
) -> Block | None:
    """The rows from `start` under the columns `roles`; None unless exactly one reading fits.

    `executed` holds the weight and the score of the execution of the budget, which a total may hold too.
    """
    if "name" not in roles or len(set(roles)) < len(roles):
        return None
    head = roles[: roles.index("name")]
    scored = [role for role in roles if role in {"weight", "score"}]
    if head != sorted(set(head) & set(_LEVELS)) or not {"target", "actual"} <= set(roles):
        return None
    end = next((at for at in range(start, len(stream)) if _ends(stream[at])), len(stream))
    ways = [Way(False, 0), Way(True, 0), *([Way(True, 1)] if caption else [])] if head else [Way(False, 0)]
    found: dict[tuple[int | None, ...], list[Row]] = {}
    for way in ways:
        rows = _only_reading(stream, start, end, roles, head, way)
        if rows is not None and len(rows) >= _FEWEST_ROWS and _levels_agree(rows, head):
            shown = (cell if cell is not None and not cell.is_blank else None for row in rows for cell in row.cells)
            found[tuple(cell.cell.line if cell is not None else None for cell in shown)] = rows
    readings = list(found.values())
    if len(readings) != 1:
        return None
    made = [_filled(row.cells) for row in readings[0]]
    if not scored:
        return Block(made, end)
    total = _total(stream, end, roles, scored, readings[0], executed)
    return Block([*made, total], end + len(total)) if total is not None else None


def _ends(said: Said) -> bool:
    """True where no row of indicators goes on: a total, a grade, the name of the next project."""
    return said.label in _ENDS and not said.names_column if said.label != "total" else True


def _only_reading(
    stream: Sequence[Said], start: int, end: int, roles: list[str], head: list[str], way: Way
) -> list[Row] | None:
    """The rows from `start` to `end`, where there is one way through."""
    ways = {start: 1}
    back: dict[int, tuple[int, Row]] = {}
    for at in range(start, end):
        if at not in ways:
            continue
        for row in _rows_at(stream, at, end, roles, head, way, first=at == start):
            ways[row.end] = min(ways.get(row.end, 0) + ways[at], 2)
            back[row.end] = (at, row)
    if ways.get(end) != 1 or end == start:
        return None
    rows = []
    at = end
    while at != start:
        at, row = back[at]
        rows.append(row)
    return rows[::-1]


def _rows_at(
    stream: Sequence[Said], at: int, end: int, roles: list[str], head: list[str], way: Way, *, first: bool
) -> Iterator[Row]:
    """The rows that may begin at a cell."""
    captions = stream[at : at + way.captions]
    if not all(cell.is_blank for cell in captions):
        return
    at += way.captions
    tail = roles[len(head) :]
    shown = [len(head)] if way.printed or first else range(len(head) + 1)
    for levels in shown:
        labels = stream[at : at + levels]
        names = head[len(head) - levels :]
        if len(labels) < levels or not all(map(_is_label_of, labels, names, [way] * levels)):
            continue
        if first and not all(label.may_be_level for label in labels):
            continue
        lacking: tuple[Said | None, ...] = (None,) * (len(head) - levels)
        stop = at + levels
        if not way.printed and labels and stop < end and _is_empty_slot(labels, stream[stop]):
            yield Row((*lacking, *labels, *(None for _ in tail)), stop)
        if not way.printed and stop < end and stream[stop].is_slot and tail[0] == "name":
            yield Row((*lacking, *labels, stream[stop], *(None for _ in tail[1:])), stop + 1)
        may_lack = set(tail) == _REASON_MAY_LACK and tail[-1] == "reason" and not way.printed
        for length in (len(tail), len(tail) - 1) if may_lack else (len(tail),):
            stop = at + levels + length
            cells = dict(zip(tail, stream[at + levels : stop], strict=False))
            name = cells.get("name")
            if name is None or (name.is_level and sum(not label.is_blank for label in labels) < len(_LEVELS)):
                continue  # rather the label of a row whose name is lost
            if stop <= end and (_fits(cells, way) or (way.printed and _is_unfilled(cells))):
                missing: tuple[Said | None, ...] = (None,) * (len(tail) - length)
                yield Row((*lacking, *labels, *cells.values(), *missing), stop)


def _is_unfilled(cells: dict[str, Said]) -> bool:
    """True for a row of the form that nobody filled in."""
    return all(cell.is_blank or (role == "name" and cell.is_slot) for role, cell in cells.items())


def _is_empty_slot(labels: Sequence[Said], after: Said) -> bool:
    """True for a level that nothing was filled in for: the next level stands right behind it."""
    last = labels[-1]
    return last.is_level_of(2) and not last.is_level_of(1) and after.is_level


def _levels_agree(rows: list[Row], head: list[str]) -> bool:
    """True where no level 2 stands below a level 1 to which it cannot belong: 社会效益 among the outputs."""
    if len(head) < len(_LEVELS):
        return True
    above = None
    for row in rows:
        first, second = row.cells[:2]
        above = first.level_code(1) if first is not None and not first.is_blank else above
        code = second.level_code(2) if second is not None else None
        if code in _NOT_BELOW.get(above or "", frozenset()):
            return False
    return True


def _is_label_of(cell: Said, level: str, way: Way) -> bool:
    if way.printed and cell.is_blank:
        return True
    return cell.is_level_of(_LEVELS[level]) or (cell.may_be_level and not cell.is_level)


def _fits(cells: dict[str, Said], way: Way) -> bool:
    """True where each cell can be what its column says."""
    if not cells["name"].can_name or any(cell.names_column and cell.label == "total" for cell in cells.values()):
        return False
    for role, cell in cells.items():
        if role in {"weight", "score"} and (cell.points is None or not cell.is_number):
            return False
        if role in {"target", "actual", "reason", "operator", "unit", "criterion"} and cell.is_level:
            return False
        if role == "reason" and (cell.is_number or cell.has_operator):
            return False
        if cell.is_page_mark:
            return False
    if "weight" in cells and "score" in cells and _points(cells["score"]) > _points(cells["weight"]):
        return False
    target, actual = cells["target"], cells["actual"]
    scored = "weight" in cells or "score" in cells
    if actual.has_operator and not target.has_operator:
        return False
    if way.printed and scored:
        return True
    return _answers(target, actual, strict=not scored)


def _points(cell: Said) -> Decimal:
    return cell.points or Decimal(0)


def _answers(target: Said, actual: Said, *, strict: bool) -> bool:
    """True where the second can be what was reached of the first: no name beside a target, no target beside it."""
    if target.is_blank or actual.is_blank:
        return not strict
    if target.has_digit:
        plain = target.has_operator or target.key[0].isdigit()
        return (actual.has_digit or actual.says_how_well) and (plain or actual.has_digit)
    if actual.has_digit:
        return False
    alike = bool(set(target.key) & set(actual.key))
    return (target.says_how_well and actual.says_how_well) or (alike and len(target.key) <= len(actual.key) + 4)


def _total(
    stream: Sequence[Said], at: int, roles: list[str], scored: list[str], rows: list[Row], executed: dict[str, Decimal]
) -> Cells | None:
    """The row of the total at a cell, blanks and all; None unless its numbers are the sums of the rows."""
    if at >= len(stream) or stream[at].label != "total":
        return None
    run = [stream[at]]
    for cell in stream[at + 1 : at + 1 + len(roles)]:
        if not cell.is_value:
            break
        run.append(cell)
    while len(run) > 1 and run[-1].is_blank and at + len(run) < len(stream):
        run.pop()
    printed = [cell.points for cell in run[1:] if cell.is_number]
    sums = {r: sum((_points(c) for row in rows if (c := row.cells[roles.index(r)])), Decimal(0)) for r in scored}
    whole = {role: value + executed.get(role, Decimal(0)) for role, value in sums.items()}
    if len(printed) == 1 and len(scored) == 2:
        scored = ["score"]  # a lone total is that of the scores
    if printed not in ([sums[role] for role in scored], [whole[role] for role in scored]):
        return None
    return [cell.cell for cell in run]


def _filled(cells: Sequence[Said | None]) -> Cells:
    """The cells of a row, with a blank where one was left out."""
    line = next(cell.cell.line for cell in cells if cell is not None)
    return [cell.cell if cell is not None else CellLines([(line, "")]) for cell in cells]
