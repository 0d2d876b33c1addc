"""The list for a person: departments that the registry does not hold, and what they may be another name of.

Likeness only suggests. Nothing is ever merged by it: 县委组织部 is as like to 县委巡察办 as many a true pair.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

import duckdb

from pipeline.identity.names import organ

_ALIKE = 0.75
_MOST = 3
_DEPARTMENTS = """
SELECT
    d.dept_id, d.name, d.division_code, d.registered, min(r.fiscal_year), max(r.fiscal_year), count(*),
    list(DISTINCT r.alias) FILTER (r.alias IS NOT NULL)
FROM core.department AS d
JOIN core.report AS r USING (dept_id)
WHERE d.name IS NOT NULL
GROUP BY ALL
ORDER BY d.division_code, d.name
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A department to be reviewed: an entry of its own, or another name of one in `like`."""

    dept_id: str
    name: str
    division_code: str | None
    first_year: int | None
    last_year: int | None
    reports: int
    aliases: list[str]
    like: list[tuple[str, str, float]]
    """Name, id and likeness (0 to 1) of the departments most like it, in its division or of none."""


def waiting(con: duckdb.DuckDBPyConnection) -> list[Waiting]:
    """Departments that are not in the registry, by division and name."""
    rows = con.execute(_DEPARTMENTS).fetchall()
    homes: dict[str | None, list[tuple[str, str, str]]] = defaultdict(list)
    for dept_id, name, code, *_ in rows:
        homes[code].append((dept_id, name, organ(name)[1]))
    return [
        Waiting(dept_id, name, code, first, last, count, aliases or [], _like(dept_id, name, _near(homes, code)))
        for dept_id, name, code, registered, first, last, count, aliases in rows
        if not registered
    ]


def _near(homes: dict[str | None, list[tuple[str, str, str]]], code: str | None) -> list[tuple[str, str, str]]:
    """The departments of a division, and those of which none is known."""
    return homes[code] if code is None else [*homes[code], *homes[None]]


def _like(dept_id: str, name: str, others: list[tuple[str, str, str]]) -> list[tuple[str, str, float]]:
    own = organ(name)[1]
    scored = {
        other_id: (other, other_id, SequenceMatcher(None, own, form, autojunk=False).ratio())
        for other_id, other, form in others
        if other_id != dept_id
    }
    alike = sorted((one for one in scored.values() if one[2] >= _ALIKE), key=lambda one: (-one[2], one[0]))
    return [(other, other_id, round(ratio, 2)) for other, other_id, ratio in alike[:_MOST]]
