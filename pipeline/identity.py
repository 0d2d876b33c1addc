"""Who a report is of: division, level and class from the printed name, and the department's stable id.

A name is matched to the registry by its normalised form, within its division. Similar is not the same: nothing is
matched by likeness. A department that the registry does not hold gets an id of its own, made from its name, and
stands in `core.department` with `registered = false` until a person has reviewed it.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import regex

from parsers.characters import squeeze

_TOWNSHIP = regex.compile(r".*?(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处|党工委|$).*")
_CENTRAL = regex.compile(r"^(?:国家|国务院|中央|全国|中华全国|中国共产党中央)")
_SHORT_PROVINCE = {
    "内蒙古": "内蒙古自治区",
    "广西": "广西壮族自治区",
    "西藏": "西藏自治区",
    "宁夏": "宁夏回族自治区",
    "新疆": "新疆维吾尔自治区",
}


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


@dataclass(frozen=True, slots=True)
class Department:
    """A department as the warehouse knows it."""

    dept_id: str
    name: str | None
    division_code: str | None
    division_name: str | None
    level: str | None
    organ_class: str
    registered: bool


def identify(name: str | None, document_id: str) -> Department:
    """The department that a printed name means. Without a name, an id that only this document has."""
    if not name:
        return Department(f"unknown-other-{document_id}", None, None, None, None, "other", False)
    key = _key(name)
    division = division_of(name)
    for row in _registered().get(key, ()):
        # a short name such as 区委巡察办 is used in every district: it means somebody only within a division
        if row["division_code"] == (division.code if division else ""):
            return _registered_department(row, division)
    organ = organ_class(name)
    digest = hashlib.sha256(key.encode("utf-8")).hexdigest()[:10]
    code = division.code if division else None
    dept_id = f"{code or 'unknown'}-{organ}-{digest}"
    return Department(dept_id, name, code, division.name if division else None, _level(name, division), organ, False)


def _registered_department(row: dict[str, str], division: Division | None) -> Department:
    code, home = (division.code, division.name) if division else (None, None)
    level = _level(row["name"], division)
    return Department(row["dept_id"], row["name"], code, home, level, row["organ_class"], True)


def division_of(name: str) -> Division | None:
    """The division that a name begins with, read from the province down; None where the name leaves a choice."""
    rest = _key(name)
    found: Division | None = None
    while True:
        fits = [d for d in _by_name(rest) if found is None or _inside(d, found)]
        longest = max((len(d.name) for d in fits), default=0)
        fits = [d for d in fits if len(d.name) == longest]
        if len(fits) != 1:
            return found
        found = fits[0]
        rest = rest[longest:]


def organ_class(name: str) -> str:
    """Class of organ by the patterns of registry/organs.csv; `other` where none matches."""
    key = squeeze(name)
    return next((found for pattern, found in _organs() if pattern.fullmatch(key)), "other")


def _level(name: str, division: Division | None) -> str | None:
    if _CENTRAL.match(name):
        return "central"
    if _TOWNSHIP.fullmatch(name):
        return "township"
    return division.level if division else None


def _key(name: str) -> str:
    """Normalised name: squeezed, without 中共 in front, short names of autonomous regions made long."""
    key = squeeze(name).removeprefix("中国共产党").removeprefix("中共")
    for short, full in _SHORT_PROVINCE.items():
        if key.startswith(short) and not key.startswith(full) and not key.startswith(f"{short}自治区"):
            return full + key[len(short) :].removeprefix("自治区")
    return key


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
    return {row["code"]: Division(row["code"], row["name"], row["parent"]) for row in _table("divisions")}


@cache
def _names() -> Mapping[str, list[Division]]:
    names: dict[str, list[Division]] = defaultdict(list)
    for division in _divisions().values():
        names[division.name].append(division)
    return names


@cache
def _registered() -> Mapping[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _table("departments"):
        for name in (row["name"], *filter(None, row["aliases"].split(";"))):
            found[_key(name)].append(row)
    return found


@cache
def _organs() -> tuple[tuple[regex.Pattern[str], str], ...]:
    return tuple((regex.compile(row["pattern"]), row["organ_class"]) for row in _table("organs"))


def _table(name: str) -> list[dict[str, str]]:
    text = resources.files("pipeline").joinpath(f"registry/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
