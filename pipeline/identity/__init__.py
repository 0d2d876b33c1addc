"""Who a report is of: division, level and class from the printed name, and the department's stable id.

A name is matched to the registry by its normalised form, within its division and the years in which it was used.
Similar is not the same: nothing is matched by likeness. A department that the registry does not hold gets an id of
its own, made from its division and name, and stands in `core.department` with `registered = false` until a person has
reviewed it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import regex

from parsers.characters import squeeze
from pipeline.identity.divisions import Division
from pipeline.identity.names import organ
from pipeline.identity.registry import table

_TOWNSHIP = regex.compile(r".*?(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处|党工委|$).*")
_CENTRAL = regex.compile(r"^(?:国家|国务院|中央|全国|中华全国|中国共产党中央)")


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


def identify(name: str | None, document_id: str, fiscal_year: int | None = None) -> Department:
    """The department that a printed name means in a year. Without a name, an id that only this document has."""
    if not name:
        return Department(f"unknown-other-{document_id}", None, None, None, None, "other", False)
    division, form = organ(name)
    row = _registered_as(division, form, fiscal_year)
    if row is not None:
        return _department(row["dept_id"], row["name"], division, row["organ_class"], registered=True)
    found = organ_class(name)
    digest = hashlib.sha256(form.encode("utf-8")).hexdigest()[:10]
    return _department(f"{division.code if division else 'unknown'}-{found}-{digest}", name, division, found, False)


def organ_class(name: str) -> str:
    """Class of organ by the patterns of registry/organs.csv; `other` where none matches."""
    key = squeeze(name).replace("中国共产党", "中共")
    return next((found for pattern, found in _organs() if pattern.fullmatch(key)), "other")


def _department(dept_id: str, name: str, division: Division | None, found: str, registered: bool) -> Department:
    code, home = (division.code, division.name) if division else (None, None)
    return Department(dept_id, name, code, home, _level(name, division), found, registered)


def _registered_as(division: Division | None, form: str, fiscal_year: int | None) -> dict[str, str] | None:
    """The one department of the registry with this name, in this division and year.

    A short name such as 区委巡察办 is used in every district: it means somebody only within a division.
    """
    rows = [row for row in _registered().get(form, ()) if row["division_code"] == (division.code if division else "")]
    valid = [row for row in rows if _in_use(row, fiscal_year)] if len(rows) > 1 else rows
    return valid[0] if len(valid) == 1 else None


def _in_use(row: Mapping[str, str], year: int | None) -> bool:
    return year is not None and int(row["valid_from"] or 0) <= year <= int(row["valid_to"] or 9999)


def _level(name: str, division: Division | None) -> str | None:
    if _CENTRAL.match(name):
        return "central"
    if _TOWNSHIP.fullmatch(name):
        return "township"
    return division.level if division else None


@cache
def _registered() -> Mapping[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table("departments"):
        # an alias without a division in front is one within the department's own division
        forms = {organ(name)[1] for name in (row["name"], *filter(None, row["aliases"].split(";")))}
        for form in sorted(forms):
            found[form].append(row)
    return found


@cache
def _organs() -> tuple[tuple[regex.Pattern[str], str], ...]:
    return tuple((regex.compile(row["pattern"]), row["organ_class"]) for row in table("organs"))
