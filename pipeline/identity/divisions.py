"""Divisions of GB/T 2260 (registry/divisions.csv), found at the beginning of a department's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.identity.registry import table


@dataclass(frozen=True, slots=True)
class Division:
    """A division of GB/T 2260."""

    code: str
    name: str
    parent: str

    @property
    def level(self) -> str:
        """`province`, `prefecture` or `county`, as the code says."""
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"


def split(key: str) -> tuple[Division | None, str]:
    """The division that a normalised name begins with, read from the province down, and the rest of the name.

    The division is None where the name begins with none, or with one of several of the same name.
    """
    found: Division | None = None
    rest = key
    while True:
        fits = [d for d in _by_name(rest) if found is None or _inside(d, found)]
        longest = max((len(d.name) for d in fits), default=0)
        fits = [d for d in fits if len(d.name) == longest]
        if len(fits) != 1:
            return found, rest
        found = fits[0]
        rest = rest[longest:]


def _inside(division: Division, outer: Division) -> bool:
    parent = division.parent
    while parent:
        if parent == outer.code:
            return True
        parent = _divisions()[parent].parent if parent in _divisions() else ""
    return False


def _by_name(text: str) -> list[Division]:
    """Divisions whose name the text begins with."""
    return [d for length in range(2, 16) for d in _names().get(text[:length], ()) if len(text) >= length]


@cache
def _divisions() -> Mapping[str, Division]:
    return {row["code"]: Division(row["code"], row["name"], row["parent"]) for row in table("divisions")}


@cache
def _names() -> Mapping[str, list[Division]]:
    names: dict[str, list[Division]] = defaultdict(list)
    for division in _divisions().values():
        names[division.name].append(division)
    return names
