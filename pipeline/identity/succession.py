"""Departments that follow one another: what the registry says of single ones, and renamings that hold everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from pipeline.identity.names import organ
from pipeline.identity.registry import table


def successions(departments: Iterable[tuple[str, str | None, str | None]]) -> list[dict[str, Any]]:
    """Rows of core.succession among departments (id, name, division code).

    A renaming of registry/renamings.csv links two departments of one division where both are known; departments of
    the registry name their successor themselves.
    """
    known = {dept_id for dept_id, _, _ in departments}
    by_organ: dict[tuple[str, str], list[str]] = defaultdict(list)
    for dept_id, name, code in departments:
        if name and code:
            by_organ[code, organ(name)[1]].append(dept_id)
    rows = [row for row in _registered() if {row["dept_id"], row["successor_id"]} <= known]
    told = {(row["dept_id"], row["successor_id"]) for row in rows}
    for (code, form), dept_ids in sorted(by_organ.items()):
        for renaming in _renamings().get(form, ()):
            pairs = [(a, b) for a in dept_ids for b in by_organ.get((code, renaming["after"]), ())]
            rows += [
                {"dept_id": a, "successor_id": b, "relation": renaming["relation"], "since": int(renaming["year"])}
                for a, b in pairs
                if (a, b) not in told
            ]
    return rows


@cache
def _renamings() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table("renamings"):
        found[row["before"]].append(row)
    return found


def _registered() -> list[dict[str, Any]]:
    return [
        {
            "dept_id": row["dept_id"], "successor_id": row["successor"], "relation": row["relation"] or "renamed",
            "since": int(row["valid_to"]) + 1 if row["valid_to"] else None,
        }
        for row in table("departments")
        if row["successor"]
    ]  # fmt: skip
