"""Many rows of one table as columns: a tenth of the time and memory of a mapping a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows of one table by column; a column that is not named is NULL in all of them."""

    count: int
    columns: dict[str, list[Any]]

    @classmethod
    def of(cls, count: int, **columns: list[Any]) -> Columns:
        """The columns that hold anything."""
        return cls(count, {name: values for name, values in columns.items() if values.count(None) < count})


Records = Sequence[Mapping[str, Any] | Columns]
"""Rows, one by one or many together."""


def counted(records: Records) -> int:
    """How many rows there are."""
    return sum(record.count if isinstance(record, Columns) else 1 for record in records)


def gathered(records: Records) -> dict[str, list[Any]]:
    """All rows as one list of values a column."""
    out: dict[str, list[Any]] = {}
    done, rows = 0, list[Mapping[str, Any]]()
    for record in records:
        if isinstance(record, Columns):
            done = _add(out, done, _turned(rows))
            rows = []
            done = _add(out, done, record)
        else:
            rows.append(record)
    _add(out, done, _turned(rows))
    return out


def _turned(rows: list[Mapping[str, Any]]) -> Columns:
    names = dict.fromkeys(name for keys in dict.fromkeys(tuple(row) for row in rows) for name in keys)
    return Columns(len(rows), {name: [row.get(name) for row in rows] for name in names})


def _add(out: dict[str, list[Any]], done: int, more: Columns) -> int:
    for name, values in more.columns.items():
        if name not in out:
            out[name] = [None] * done
        out[name].extend(values)
    for name in out.keys() - more.columns.keys():
        out[name].extend([None] * more.count)
    return done + more.count
