"""Forms to rows: one document as the rows of every raw and core table, with ids that any machine makes alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from operator import attrgetter
from typing import Any

from parsers.document import Cell, Document, Paragraph, Place, Table
from parsers.forms.model import Form, Recognised
from pipeline.identity import identify
from warehouse.columns import Columns

Tables = dict[str, list[Any]]
"""Rows by table name (`core.fact`), those of one document together as `Columns`; departments and reports one by one."""
Rows = dict[str, list[Any]]
"""The same with each row of `core` as a mapping of column to value."""


def tables_of(document_id: str, document: Document, recognised: Recognised) -> Tables:
    """All rows of one document but its row in `raw.file`."""
    tables: Tables = defaultdict(list)
    _raw(tables, document_id, document)
    made: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for at, (name, forms) in enumerate(_reports(recognised).items(), start=1):
        report_id = document_id if at == 1 else f"{document_id}-{at}"
        department = identify(name, document_id, recognised.fiscal_year)
        tables["core.department"].append(asdict(department))
        tables["core.report"].append(
            {
                "report_id": report_id,
                "document_id": document_id,
                "dept_id": department.dept_id,
                "dept_name": name,
                "alias": recognised.alias if name == recognised.dept_name else None,
                "fiscal_year": recognised.fiscal_year,
            }
        )
        for number, form in enumerate(forms, start=1):
            _form(made, f"{report_id}.{number}", report_id, number, form, recognised.fiscal_year)
    for left in recognised.leftovers:
        place = left.place
        made["core.unmapped"].append(
            (document_id, left.number, left.raw_text, left.reason, *_cell_place(place), *_box(place))
        )
    for note in document.notes:
        made["raw.note"].append((document_id, note.code, note.message, *_cell_place(note.place)))
    for table, rows in made.items():
        if rows:
            columns = zip(_NAMES[table], zip(*rows, strict=True), strict=True)
            made_so = {name: _texts(values) if name in _DECIMALS else list(values) for name, values in columns}
            tables[table].append(Columns.of(len(rows), **made_so))
    return dict(tables)


def rows_in(tables: Tables) -> Rows:
    """The rows one by one, but for those of paragraphs and cells, of which there are thousands."""
    return {table: _one_by_one(_NAMES[table], kept) if table in _NAMES else kept for table, kept in tables.items()}


def _one_by_one(names: tuple[str, ...], kept: list[Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for part in kept:
        if not isinstance(part, Columns):
            rows.append(part)
            continue
        columns = [_read(name, part.columns.get(name) or [None] * part.count) for name in names]
        rows += [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
    return rows


def _texts(decimals: Iterable[Decimal | None]) -> list[str | None]:
    return [None if value is None else format(value, "f") for value in decimals]


def _read(name: str, values: list[Any]) -> list[Any]:
    return [None if value is None else Decimal(value) for value in values] if name in _DECIMALS else values


def _reports(recognised: Recognised) -> dict[str | None, list[Form]]:
    """The forms of each department in the file, the file's own department first."""
    groups: dict[str | None, list[Form]] = {recognised.dept_name: []}
    for form in recognised.forms:
        groups.setdefault(form.dept_name, []).append(form)
    return {name: forms for name, forms in groups.items() if forms}


def _form(
    made: dict[str, list[tuple[Any, ...]]],
    form_id: str,
    report_id: str,
    number: int,
    form: Form,
    fiscal_year: int | None,
) -> None:
    document_id = report_id.partition("-")[0]
    made["core.form"].append(
        (
            form_id, report_id, number, form.kind, form.title, form.attachment, form.project_name, form.year,
            form.grade, form.place.page, form.place.line, True,
        )
    )  # fmt: skip
    facts, indicators, figures = made["core.fact"], made["core.indicator"], made["core.key_figure"]
    for at, fact in enumerate(form.facts, start=1):
        place, offset = fact.place, fact.offset
        year = fact.period_year or _year_of(fact.period, fiscal_year)
        facts.append(
            (
                place_id(document_id, place, offset), form_id, report_id, at, *_of_fact(fact), year,
                *_cell_place(place), offset, *_box(place),
            )
        )  # fmt: skip
    for indicator in form.indicators:
        target, actual, place = indicator.target, indicator.actual, indicator.place
        indicators.append(
            (
                form_id, report_id, *_of_indicator(indicator),
                target.raw or None, target.op, target.value, target.high, target.unit, target.kind,
                actual.raw or None, actual.value, actual.unit, place.page, place.line, place.table, place.row,
            )
        )  # fmt: skip
    for goal in form.goals:
        made["core.goal"].append(
            (form_id, report_id, goal.seq, goal.expected, goal.actual, goal.place.page, goal.place.line)
        )
    for section in form.sections:
        made["core.section"].append((form_id, report_id, *_of_section(section), section.place.page, section.place.line))
    for figure in form.key_figures:
        place, offset = figure.place, figure.offset
        figures.append(
            (
                place_id(document_id, place, offset), form_id, report_id, *_of_figure(figure),
                *_cell_place(place), offset, *_box(place),
            )
        )  # fmt: skip


def _year_of(period: str, fiscal_year: int | None) -> int | None:
    """Year of a period whose header names none."""
    return fiscal_year - 1 if fiscal_year is not None and period == "prior_final" else fiscal_year


_FACT = (
    "concept", "item", "period", "value", "decimals", "unit", "status", "raw_text", "printed_unit", "origin",
    "row_label", "column_label", "treatment",
)  # fmt: skip
_INDICATOR = (
    "seq", "level1", "level1_raw", "level1_weight_declared", "level2", "level2_raw", "name", "weight", "score",
    "reason", "direction", "met", "criterion",
)  # fmt: skip
_SECTION = ("seq", "level", "number", "numeral", "heading", "text", "nil")
_FIGURE = (
    "seq", "section", "context", "subject", "value", "unit", "printed_unit", "approximate", "concept", "tense",
    "sentence", "snippet",
)  # fmt: skip

_of_fact, _of_indicator = attrgetter(*_FACT), attrgetter(*_INDICATOR)
_of_section, _of_figure = attrgetter(*_SECTION), attrgetter(*_FIGURE)
_cell_place = attrgetter("page", "line", "table", "row", "col")
_box = attrgetter("x0", "top", "x1", "bottom")

_KEY = ("form_id", "report_id")
_LINE = ("page", "line_no")
_CELL = (*_LINE, "table_no", "row_no", "col_no")
_BOX = ("x0", "top", "x1", "bottom")
_NAMES: dict[str, tuple[str, ...]] = {
    "core.form": (
        *_KEY, "form_no", "form_kind", "title", "attachment", "project_name", "year", "grade", *_LINE, "is_current",
    ),
    "core.fact": ("fact_id", *_KEY, "fact_no", *_FACT, "period_year", *_CELL, "char_offset", *_BOX),
    "core.indicator": (
        *_KEY, *_INDICATOR, "target_raw", "target_op", "target_value", "target_high", "target_unit", "target_kind",
        "actual_raw", "actual_value", "actual_unit", *_LINE, "table_no", "row_no",
    ),
    "core.goal": (*_KEY, "seq", "expected", "actual", *_LINE),
    "core.section": (*_KEY, *_SECTION, *_LINE),
    "core.key_figure": ("key_figure_id", *_KEY, *_FIGURE, *_CELL, "char_offset", *_BOX),
    "core.unmapped": ("document_id", "number", "raw_text", "reason", *_CELL, *_BOX),
    "raw.note": ("document_id", "code", "message", *_CELL),
}  # fmt: skip
"""The columns of the rows that are made as tuples, in their order."""
_DECIMALS = frozenset(
    {"value", "level1_weight_declared", "target_value", "target_high", "actual_value", "weight", "score"}
)
"""Columns of decimals: they travel as text, as they are loaded."""


def place_id(document_id: str, place: Place, offset: int) -> str:
    """Id of what is printed at a place: document, then table, row and column or the paragraph, then the offset."""
    where = f"p{place.paragraph}" if place.table is None else f"t{place.table}r{place.row}c{place.col}"
    return f"{document_id}-{where}" + (f"-{offset}" if offset else "")


def _raw(tables: Tables, document_id: str, document: Document) -> None:
    paragraphs: list[tuple[int, Paragraph]] = []
    cells: list[tuple[int, Table, Cell]] = []
    for at, block in enumerate(document.blocks, start=1):
        if isinstance(block, Paragraph):
            paragraphs.append((at, block))
        else:
            cells += _cells(at, block)
    if paragraphs:
        tables["raw.paragraph"].append(_paragraph_rows(document_id, paragraphs))
    if cells:
        tables["raw.cell"].append(_cell_rows(document_id, cells))


def _paragraph_rows(document_id: str, paragraphs: list[tuple[int, Paragraph]]) -> Columns:
    return Columns.of(
        len(paragraphs),
        document_id=[document_id] * len(paragraphs),
        block_no=[at for at, _ in paragraphs],
        paragraph_no=[paragraph.place.paragraph for _, paragraph in paragraphs],
        kind=[paragraph.kind for _, paragraph in paragraphs],
        text=[paragraph.text for _, paragraph in paragraphs],
        automatic_number=[paragraph.automatic_number or None for _, paragraph in paragraphs],
        outline_level=[paragraph.outline_level for _, paragraph in paragraphs],
        part=[paragraph.place.part for _, paragraph in paragraphs],
        **_where([paragraph.place for _, paragraph in paragraphs]),
    )


def _cell_rows(document_id: str, cells: list[tuple[int, Table, Cell]]) -> Columns:
    return Columns.of(
        len(cells),
        document_id=[document_id] * len(cells),
        block_no=[at for at, _, _ in cells],
        table_no=[table.number for _, table, _ in cells],
        row_no=[cell.place.row or cell.row + 1 for _, _, cell in cells],
        col_no=[cell.place.col or cell.col + 1 for _, _, cell in cells],
        row_span=[cell.row_span for _, _, cell in cells],
        col_span=[cell.col_span for _, _, cell in cells],
        text=[cell.text for _, _, cell in cells],
        covered_text=[cell.covered_text or None for _, _, cell in cells],
        confidence=[cell.confidence for _, _, cell in cells],
        part=[cell.place.part for _, _, cell in cells],
        stored_text=[cell.stored or None for _, _, cell in cells],
        ragged=[table.ragged for _, table, _ in cells],
        **_where([cell.place for _, _, cell in cells]),
    )


def _where(places: list[Place]) -> dict[str, list[Any]]:
    return {
        "page": [place.page for place in places],
        "line_no": [place.line for place in places],
        "x0": [place.x0 for place in places],
        "top": [place.top for place in places],
        "x1": [place.x1 for place in places],
        "bottom": [place.bottom for place in places],
    }


def _cells(block_no: int, table: Table) -> Iterable[tuple[int, Table, Cell]]:
    for cell in table.cells:
        yield block_no, table, cell
        for inner in cell.nested:
            yield from _cells(block_no, inner)
