"""A list of one department's projects, a project a row (项目支出绩效自评汇总表): each row is a form of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from parsers.characters import squeeze
from parsers.forms.columns import printed_name
from parsers.forms.facts import Taker
from parsers.forms.model import Form
from parsers.forms.roles import Column, Header, code_of, grade_of, label
from parsers.forms.segments import Line, Segment
from parsers.grid import Slot
from parsers.ledger import Ledger

_OFFICES = ("competent_department", "department", "implementing_unit")
_TOTALS = frozenset({"total", "subtotal"})


def forms_of_list(segment: Segment, ledger: Ledger, told: Collection[str] = ()) -> list[Form]:
    """The forms of the projects of a list; none where it is not of one department that is named.

    Projects in `told` (squeezed names) have a form of their own: the list gives them none. Rows that are not laid out
    as the header is, totals among them, are left to the audit.
    """
    head = next(line for line in segment.lines if line.header is not None and line.header.kind == "periods")
    assert head.header is not None
    projects = _column(head.header, "project")
    rows = [line for line in segment.lines if line.at > head.at and line.header is None]
    office = _office(segment, head.header, rows)
    if projects is None or office is None:
        return []
    named = [(line, name) for line in rows if (name := _name(line, head.header, projects)) is not None]
    if len({name.key for _, name in named}) < len(named):
        return []  # two rows of one project: of two offices, or of two parts of it
    forms = []
    for line, name in named:
        if squeeze(printed_name(name)) in told:
            continue
        form = Form("project_evaluation", segment.heading.title, segment.heading.attachment, name.cell.place)
        form.year, form.dept_name, form.project_name = segment.heading.year, office, printed_name(name)
        _take(form, line, head.header, ledger, head.header.unit or segment.heading.money)
        if form.facts:
            forms.append(form)
    return forms


def _take(form: Form, line: Line, header: Header, ledger: Ledger, unit: str | None) -> None:
    taker = Taker(form, ledger, unit)
    scores = [c for c in header.columns if c.role == "score" and "执行" not in c.slot.key]
    weighted = any(column.role == "weight" for column in header.columns)
    for column, slot in _cells(line, header):
        labels = (form.project_name or "", column.slot.key)
        if column.period is not None:
            taker.take(
                slot, "project_funds_total", "wan_yuan", column.period, column.year,
                column_unit=column.unit, labels=labels,
            )  # fmt: skip
        elif column.role == "rate":
            taker.take(slot, "execution_rate", "percent", "annual", labels=labels)
        elif scores == [column] and not weighted:
            taker.take(slot, "total_score", "point", "annual", labels=labels)
        elif label(column.slot) == "serial":
            ledger.take(slot.cell, "structure")
        elif label(column.slot) == "grade":
            form.grade = grade_of(slot.text) or form.grade
    taker.withdraw_contradictions()
    taker.settle_rates()


def _cells(line: Line, header: Header) -> Iterator[tuple[Column, Slot]]:
    """The cells that stand under one column each; none of a row that a dump prints with a cell too many or too few."""
    if header.ragged and len(line.row) != len(header.columns):
        return
    for slot, under in zip(line.row, header.columns_of(line.row), strict=True):
        if len(under) == 1 and not slot.continued and not slot.is_blank:
            yield under[0], slot


def _name(line: Line, header: Header, column: Column) -> Slot | None:
    """The name of the project of a row; None in rows of totals and of numbers of columns."""
    slot = next((slot for under, slot in _cells(line, header) if under is column), None)
    totals = any(label(slot) in _TOTALS for slot in line.row)
    return None if slot is None or slot.is_value or totals else slot


def _column(header: Header, code: str) -> Column | None:
    found = [column for column in header.columns if code_of("form_labels", column.slot.text) == code]
    return found[0] if len(found) == 1 else None


def _office(segment: Segment, header: Header, rows: list[Line]) -> str | None:
    """The one department of all rows: that of its column, of the competent one before the one that carries it out."""
    for code in _OFFICES:
        column = _column(header, code)
        if column is None:
            continue
        placed = (pair for line in rows for pair in zip(line.row, header.columns_of(line.row), strict=True))
        slots = [slot for slot, under in placed if column in under]
        named = {printed_name(slot) for slot in slots if not slot.is_value and label(slot) not in _TOTALS}
        if len(named) != 1:
            return None
        return named.pop()
    titled = segment.heading.dept_name
    # a treasury lists the projects of others: without a column that names them, whose they are is not known
    return None if titled is None or "财政" in titled else titled
