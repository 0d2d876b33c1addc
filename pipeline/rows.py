"""Forms to rows: one document as the rows of every raw and core table, with ids that any machine makes alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from operator import attrgetter
from typing import Any

from parsers.document import Cell, Document, Paragraph, Place, Table
from parsers.forms.model import Form, Recognised
from pipeline.identity import identify
from warehouse.columns import Columns

Rows = dict[str, list[Any]]
"""Rows by table name (`core.fact`), each a mapping of column to value; those of `raw` many together as `Columns`."""


def rows_of(document_id: str, document: Document, recognised: Recognised) -> Rows:
    """All rows of one document but its row in `raw.file`."""
    rows: Rows = defaultdict(list)
    _raw(rows, document_id, document)
    for at, (name, forms) in enumerate(_reports(recognised).items(), start=1):
        report_id = document_id if at == 1 else f"{document_id}-{at}"
        department = identify(name, document_id, recognised.fiscal_year)
        rows["core.department"].append(asdict(department))
        rows["core.report"].append(
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
            _form(rows, f"{report_id}.{number}", report_id, number, form, recognised.fiscal_year)
    for left in recognised.leftovers:
        rows["core.unmapped"].append(
            {
                "document_id": document_id,
                "number": left.number,
                "raw_text": left.raw_text,
                "reason": left.reason,
                **_cell_place(left.place),
                **_box(left.place),
            }
        )
    return dict(rows)


def _reports(recognised: Recognised) -> dict[str | None, list[Form]]:
    """The forms of each department in the file, the file's own department first."""
    groups: dict[str | None, list[Form]] = {recognised.dept_name: []}
    for form in recognised.forms:
        groups.setdefault(form.dept_name, []).append(form)
    return {name: forms for name, forms in groups.items() if forms}


def _form(rows: Rows, form_id: str, report_id: str, number: int, form: Form, fiscal_year: int | None) -> None:
    key = {"form_id": form_id, "report_id": report_id}
    document_id = report_id.partition("-")[0]
    rows["core.form"].append(
        {
            **key,
            "form_no": number,
            "form_kind": form.kind,
            "title": form.title,
            "attachment": form.attachment,
            "project_name": form.project_name,
            "year": form.year,
            "grade": form.grade,
            "page": form.place.page,
            "line_no": form.place.line,
            "is_current": True,
        }
    )
    for at, fact in enumerate(form.facts, start=1):
        rows["core.fact"].append(
            {
                "fact_id": place_id(document_id, fact.place, fact.offset),
                **key,
                "fact_no": at,
                **dict(zip(_FACT, _of_fact(fact), strict=True)),
                "period_year": fact.period_year or _year_of(fact.period, fiscal_year),
                **_cell_place(fact.place),
                "char_offset": fact.offset,
                **_box(fact.place),
            }
        )
    for indicator in form.indicators:
        target, actual = indicator.target, indicator.actual
        rows["core.indicator"].append(
            {
                **key,
                **dict(zip(_INDICATOR, _of_indicator(indicator), strict=True)),
                "target_raw": target.raw or None,
                "target_op": target.op,
                "target_value": target.value,
                "target_high": target.high,
                "target_unit": target.unit,
                "target_kind": target.kind,
                "actual_raw": actual.raw or None,
                "actual_value": actual.value,
                "actual_unit": actual.unit,
                **{name: value for name, value in _cell_place(indicator.place).items() if name != "col_no"},
            }
        )
    for goal in form.goals:
        rows["core.goal"].append(
            {**key, **{n: getattr(goal, n) for n in ("seq", "expected", "actual")}, **_line(goal.place)}
        )
    for section in form.sections:
        rows["core.section"].append({**key, **{n: getattr(section, n) for n in _SECTION}, **_line(section.place)})
    for figure in form.key_figures:
        rows["core.key_figure"].append(
            {
                "key_figure_id": place_id(document_id, figure.place, figure.offset),
                **key,
                **dict(zip(_FIGURE, _of_figure(figure), strict=True)),
                **_cell_place(figure.place),
                "char_offset": figure.offset,
                **_box(figure.place),
            }
        )


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

_of_fact, _of_indicator, _of_figure = attrgetter(*_FACT), attrgetter(*_INDICATOR), attrgetter(*_FIGURE)


def place_id(document_id: str, place: Place, offset: int) -> str:
    """Id of what is printed at a place: document, then table, row and column or the paragraph, then the offset."""
    where = f"p{place.paragraph}" if place.table is None else f"t{place.table}r{place.row}c{place.col}"
    return f"{document_id}-{where}" + (f"-{offset}" if offset else "")


def _raw(rows: Rows, document_id: str, document: Document) -> None:
    paragraphs: list[tuple[int, Paragraph]] = []
    cells: list[tuple[int, Table, Cell]] = []
    for at, block in enumerate(document.blocks, start=1):
        if isinstance(block, Paragraph):
            paragraphs.append((at, block))
        else:
            cells += _cells(at, block)
    if paragraphs:
        rows["raw.paragraph"].append(_paragraph_rows(document_id, paragraphs))
    if cells:
        rows["raw.cell"].append(_cell_rows(document_id, cells))
    for note in document.notes:
        rows["raw.note"].append(
            {"document_id": document_id, "code": note.code, "message": note.message, **_cell_place(note.place)}
        )


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


def _line(place: Place) -> dict[str, Any]:
    return {"page": place.page, "line_no": place.line}


def _cell_place(place: Place) -> dict[str, Any]:
    return {**_line(place), "table_no": place.table, "row_no": place.row, "col_no": place.col}


def _box(place: Place) -> dict[str, Any]:
    return {"x0": place.x0, "top": place.top, "x1": place.x1, "bottom": place.bottom}
