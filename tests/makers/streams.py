"""Dumps turned into streams: the same cells a line each, without anything that ends a row."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from parsers.document import Document, Paragraph
from parsers.readers.text import read_text
from pipeline.parse import Parsed, parse


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is pasted."""

    tabs: bool
    blanks: bool
    """True where blank cells are printed; False where they are left out."""
    broken: bool = False
    """True where a line break inside a cell stays one."""


SHAPES = [Shape(tabs, blanks, broken) for tabs in (True, False) for blanks in (True, False) for broken in (True, False)]


def stream_of(document: Document, shape: Shape, chance: random.Random | None = None) -> bytes:
    """The text of a document with its tables as streams; `chance` keeps each blank cell or drops it."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            continue
        for cell in block.cells:
            text = "\n".join(line for line in cell.text.splitlines() if line.strip())
            text = text if shape.broken else " ".join(text.split("\n"))
            kept = shape.blanks if chance is None else chance.random() < 1 / 2
            if text.strip() or kept:
                lines.append(("\t" if shape.tabs else "") + text.strip(" \t"))
    return ("\n".join(lines) + "\n").encode()


def answers(parsed: Parsed) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """What a report says: the value of each fact, and the cells of each indicator by its name."""
    forms = {form["form_id"]: form for form in parsed.rows.get("core.form", [])}
    said: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for fact in parsed.rows.get("core.fact", []):
        form = forms[fact["form_id"]]
        if fact["value"] is not None and form["form_kind"] != "narrative":
            key = (form["form_kind"], form["project_name"], fact["concept"], fact["item"], fact["period"])
            said[key] = (fact["value"],)
    for row in parsed.rows.get("core.indicator", []):
        form = forms[row["form_id"]]
        key = ("indicator", form["project_name"], row["level2"], row["name"], row["weight"])
        values = ("target_op", "target_value", "target_unit", "actual_value", "weight", "score", "level1", "reason")
        said[key] = tuple("".join(v.split()) if isinstance(v := row[name], str) else v for name in values)
    return said


def compare(data: bytes, shape: Shape, chance: random.Random | None = None) -> tuple[int, int, list[str]]:
    """How many answers the dump gives, how many of them its stream gives, and what the stream gives that is wrong."""
    wanted = answers(parse(data))
    found = answers(parse(stream_of(read_text(data), shape, chance)))
    wrong = [f"{key}: {value}, not {wanted.get(key)}" for key, value in found.items() if wanted.get(key) != value]
    return len(wanted), sum(found.get(key) == value for key, value in wanted.items()), wrong
