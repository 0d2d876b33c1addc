"""The tables of pipeline/registry: data that people review."""

from __future__ import annotations

import csv
from importlib import resources


def table(name: str) -> list[dict[str, str]]:
    """The rows of registry/`name`.csv."""
    text = resources.files("pipeline").joinpath(f"registry/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), strict=True))
