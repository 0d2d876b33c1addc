"""Compares a `Document` with an expectation file: every block, cell, span, number and note, and the places of all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from parsers.document import Document, Note, Paragraph, Place, Table

SAMPLES = Path(__file__).with_name("samples")


def expectation(name: str) -> dict[str, Any]:
    """The expectation file of a sample."""
    loaded: dict[str, Any] = json.loads((SAMPLES / f"{name}.expected.json").read_text("utf-8"))
    return loaded


def seen(document: Document) -> dict[str, Any]:
    """A document in the form of the expectation files."""
    blocks = [_paragraph(block) if isinstance(block, Paragraph) else _table(block) for block in document.blocks]
    return {"blocks": blocks, "notes": [_note(note) for note in document.notes]}


def filled(expected: dict[str, Any]) -> dict[str, Any]:
    """An expectation with what it leaves out: defaults, places, paragraph numbers counted in order."""
    out: list[dict[str, Any]] = []
    paragraphs = 0
    for block in expected["blocks"]:
        if "p" in block:
            paragraphs += 1
            defaults = {"kind": "body", "level": None, "number": "", "part": None}
            place = {"paragraph": paragraphs} | ({"part": block["part"]} if "part" in block else {})
            out.append(defaults | block | {"place": place})
        else:
            out.append(_filled_table(block, block.get("part")))
    return {"blocks": out, "notes": expected["notes"]}


def _filled_table(block: dict[str, Any], part: str | None) -> dict[str, Any]:
    cells = []
    for row, col, row_span, col_span, text, *more in block["cells"]:
        extra = more[0] if more else {}
        cells.append(
            {
                "row": row,
                "col": col,
                "row_span": row_span,
                "col_span": col_span,
                "text": text,
                "covered": extra.get("covered", ""),
                "nested": [_filled_table(inner, part) for inner in extra.get("nested", [])],
                "place": {"table": block["table"], "row": row, "col": col} | ({"part": part} if part else {}),
            }
        )
    place = {"table": block["table"]} | ({"part": part} if part else {})
    return {"table": block["table"], "rows": block["rows"], "cols": block["cols"], "cells": cells, "place": place}


def _place(place: Place) -> dict[str, Any]:
    names = ("page", "table", "row", "col", "line", "paragraph", "part", "x0", "top", "x1", "bottom")
    return {name: value for name in names if (value := getattr(place, name)) is not None}


def _paragraph(block: Paragraph) -> dict[str, Any]:
    return {
        "p": block.text,
        "kind": block.kind,
        "level": block.outline_level,
        "number": block.automatic_number,
        "part": block.place.part,
        "place": _place(block.place),
    }


def _table(table: Table) -> dict[str, Any]:
    cells = [
        {
            "row": cell.row + 1,
            "col": cell.col + 1,
            "row_span": cell.row_span,
            "col_span": cell.col_span,
            "text": cell.text,
            "covered": cell.covered_text,
            "nested": [_table(inner) for inner in cell.nested],
            "place": _place(cell.place),
        }
        for cell in table.cells
    ]
    return {
        "table": table.number,
        "rows": table.n_rows,
        "cols": table.n_cols,
        "cells": cells,
        "place": _place(table.place),
    }


def _note(note: Note) -> dict[str, Any]:
    return {"code": note.code} | _place(note.place)
