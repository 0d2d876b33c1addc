"""Cuts the tables of a document into the stretches of rows that belong to one form each.

A form is known by what its rows say, not by where it stands: one table can hold two forms, a form can span several
tables, and the title before a table only breaks ties.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from parsers.document import Block, Document, Paragraph, Place, Table
from parsers.forms.model import FormKind
from parsers.forms.names import name_in_title, named_in_caption, printed_name
from parsers.forms.roles import Column, Header, below, header_of, label, lookup
from parsers.grid import Row, Slot, filled, grid_rows
from parsers.record import record
from parsers.titles import caption_kind, title_kind, title_year
from parsers.values import money_unit

_TABLE_KINDS: dict[str, FormKind] = {
    "base_data": "base_data",
    "department_evaluation": "department_evaluation",
    "project_evaluation": "project_evaluation",
}

_LONGEST_LINE = 40


@dataclass(slots=True)
class Heading:
    """What stands above a form: title, attachment mark, year, unit of money."""

    title: str | None = None
    kind: str | None = None
    attachment: str | None = None
    year: int | None = None
    unit: str | None = None
    dept_name: str | None = None
    place: Place | None = None
    above: str = ""
    """The line above the table that is no title and no caption: the heading of its section."""
    own_unit: str | None = None
    """Unit that the line right above names for this table alone: 二、“三公”经费（单位：元）."""

    @property
    def money(self) -> str | None:
        """The unit of money of the form."""
        return self.own_unit or self.unit


@record(frozen=True, slots=True)
class Line:
    """A row of a table with the header it makes, if any."""

    row: Row
    at: int
    table: Table
    header: Header | None


@dataclass(slots=True)
class Segment:
    """Consecutive rows of one form."""

    heading: Heading
    lines: list[Line] = field(default_factory=list)
    project: str | None = None
    """The project that a column of the table names for these rows."""

    @property
    def headers(self) -> list[Header]:
        """The header rows, in order."""
        return [line.header for line in self.lines if line.header]

    def has(self, *labels: str) -> bool:
        """True where a slot carries one of the general form labels."""
        return any(label(slot) in labels for line in self.lines for slot in line.row)

    @property
    def titled_evaluation(self) -> bool:
        """True where the title says that it is an evaluation form, whatever periods its columns name."""
        return self.heading.kind in {"department_evaluation", "project_evaluation"}

    def kind(self) -> FormKind | None:
        """Form that the rows make; None where no header and no title tells."""
        titled = _TABLE_KINDS.get(self.heading.kind or "")
        headers = self.headers
        if not headers:
            return titled
        kinds = {header.kind for header in headers}
        untitled = not self.titled_evaluation or "concepts" in kinds
        if any(header.base_like for header in headers) and "indicators" not in kinds and untitled:
            return "base_data"
        return (
            "project_evaluation" if titled == "project_evaluation" or self._of_a_project() else "department_evaluation"
        )

    def _of_a_project(self) -> bool:
        """True where a label or a column names the project that the rows are of."""
        rows = [line.row for line in self.lines if line.header is None or line.header.kind == "indicators"]
        return self.project is not None or any(label(slot) == "project" for row in rows for slot in row)

    @property
    def is_list(self) -> bool:
        """True where each row is of another department or project: a summary, whose numbers are nobody's own."""
        for at, line in enumerate(self.lines):
            header = line.header
            if header is None or header.kind != "periods":
                continue
            for column in header.columns:
                if label(column.slot) not in {"department", "project", "implementing_unit"}:
                    continue
                below_it = [row.row for row in takewhile(lambda row: row.header is None, self.lines[at + 1 :])]
                named = {
                    slot.key
                    for row in below_it
                    for slot, under in zip(row, header.columns_of(row), strict=True)
                    if column in under
                    and slot.key
                    and not slot.is_value
                    and label(slot) is None
                    and not _of_funds(slot)
                }
                if len(named) > 1:
                    return True
        return False

    @property
    def is_declaration(self) -> bool:
        """True where targets stand without any actual: a declaration of targets, not an evaluation."""
        roles = {c.role for header in self.headers if header.kind == "indicators" for c in header.columns}
        return self.heading.kind == "declaration" or ("target" in roles and not roles & {"actual", "score"})


def segments(document: Document) -> Iterator[Segment | Paragraph]:
    """The segments of all tables and the paragraphs that are no part of a heading, in reading order."""
    heading = Heading()
    last: Segment | None = None
    for block in _flat(document.blocks):
        if isinstance(block, Paragraph):
            if block.kind != "body":
                yield block
                continue
            if _read_heading(block, heading):
                last = None if title_kind(block.text) else last
            if title_kind(block.text) in {None, "narrative"}:
                yield block
            continue
        first = True
        for segment in _cut(block, heading):
            if first and last is not None and _continues(segment, last):
                last.lines += segment.lines
            else:
                last = segment
                yield segment
            first = False
        heading = Heading(unit=heading.unit)


def by_project(segment: Segment) -> list[Segment]:
    """The rows of each project where a column of an indicator table names them, merged over the rows of each.

    What no project is named for (a total of all) is a segment without a header: nothing is taken from it.
    """
    at = next((n for n, line in enumerate(segment.lines) if _column_of_projects(line.header) is not None), None)
    if at is None:
        return [segment]
    head = segment.lines[at]
    assert head.header is not None
    column = _column_of_projects(head.header)
    made = [Segment(segment.heading, segment.lines[:at])] if at else []
    nobody = Segment(Heading())
    for line in segment.lines[at + 1 :]:
        under = zip(line.row, head.header.columns_of(line.row), strict=True)
        slot = next((slot for slot, columns in under if column in columns), None)
        totals = any(label(slot) in {"total", "subtotal"} for slot in line.row)
        named = slot is not None and not slot.is_blank and not slot.is_value and not slot.continued
        if totals or (slot is None and not line.row) or line.header is not None:
            nobody.lines.append(line)
        elif named and slot is not None:
            made.append(Segment(segment.heading, [head, line], printed_name(slot.text)))
        elif made and made[-1].project is not None:
            made[-1].lines.append(line)
        else:
            nobody.lines.append(line)
    return [*made, nobody] if nobody.lines else made


def _column_of_projects(header: Header | None) -> Column | None:
    if header is None or header.kind != "indicators":
        return None
    return next((column for column in header.columns if label(column.slot) == "project"), None)


def _flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Table):
            yield from _flat(tuple(inner for cell in block.cells for inner in cell.nested))


def _read_heading(paragraph: Paragraph, heading: Heading) -> bool:
    """Note what a paragraph says about the form that follows; False where it says nothing of the kind."""
    kind, caption = title_kind(paragraph.text), caption_kind(paragraph.text)
    if kind == "narrative":
        heading.year = title_year(paragraph.text) or heading.year
    elif kind:
        heading.title, heading.kind = paragraph.text.strip(), kind
        heading.year, heading.place = title_year(paragraph.text), paragraph.place
        heading.dept_name = name_in_title(paragraph.text) or heading.dept_name
        heading.own_unit = money_unit(paragraph.text)
    elif caption == "attachment":
        heading.attachment = paragraph.text.strip().rstrip(":：")
        heading.unit = money_unit(paragraph.text) or heading.unit
    elif caption in {"unit", "department"}:
        heading.unit = money_unit(paragraph.text) or heading.unit
        heading.dept_name = named_in_caption(paragraph.text) or heading.dept_name
        heading.year = heading.year or title_year(paragraph.text)
    elif caption == "year" and heading.year is None:
        heading.year = title_year(paragraph.text)
    elif caption is None and len(paragraph.text) <= _LONGEST_LINE and "。" not in paragraph.text:
        heading.above, heading.own_unit = paragraph.text, money_unit(paragraph.text)
    return bool(kind or caption)


def _cut(table: Table, heading: Heading) -> Iterator[Segment]:
    current = Segment(heading)
    upper: Row | None = None
    for at, row in enumerate(grid_rows(table)):
        printed = filled(row)
        both = below(upper, row, table.ragged) if upper is not None else None
        line = Line(row, at, table, header_of(both or row, at, table.ragged))
        upper = row if line.header is not None or (upper is None and _could_be_header(row)) else None
        titled = title_kind(printed[0].text) if len(printed) == 1 and len(printed[0].key) > 8 else None
        names = line.header is None and any(label(slot) in {"department", "project"} for slot in printed)
        if titled or (names and current.headers) or (line.header and _other_family(line.header, current)):
            if current.lines:
                yield current
            current = Segment(Heading(unit=heading.unit))
            if titled:
                text, place = printed[0].text.strip(), printed[0].cell.place
                name = name_in_title(text)
                current.heading = Heading(
                    text, titled, None, title_year(text), heading.unit, name, place, own_unit=money_unit(text)
                )
        current.lines.append(line)
    yield current


def _of_funds(slot: Slot) -> bool:
    """True for the name of a kind of funds or of spending (其中：财政拨款): no project, whatever stands above it."""
    return any(lookup(name, slot.text) for name in ("department_evaluation", "project_evaluation"))


def _could_be_header(row: Row) -> bool:
    """True for a row of labels alone, which may be the upper of two header rows."""
    filled = [slot for slot in row if slot.key and not slot.continued]
    return len(filled) >= 3 and not any(slot.is_number for slot in filled)


def _other_family(header: Header, current: Segment) -> bool:
    """True where a header cannot stand in the form that the rows before it make."""
    before = current.headers
    if not before:
        return False
    if header.kind == "indicators" and any(h.kind == "indicators" for h in before):
        return False
    if current.titled_evaluation and not any(h.kind == "concepts" for h in (*before, header)):
        return False  # 决算数 in a form of evaluation does not make it a base data sheet
    return header.base_like != before[-1].base_like


def _continues(segment: Segment, last: Segment) -> bool:
    """True where a table without a title of its own goes on with the form of the table before it."""
    if segment.heading.title or segment.has("department", "project"):
        return False
    new, old = {h.kind for h in segment.headers}, {h.kind for h in last.headers}
    if not new:
        return bool(old)
    return segment.kind() == last.kind() or not old & new
