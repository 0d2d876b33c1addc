"""Findings as people ask for them, and the marks that people set on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb

from warehouse.query import QueryError

SEVERITIES = ("high", "medium", "low", "info")
MARKS = ("confirmed", "explained", "false_alarm")

_SELECT = """
SELECT
    finding_id, report_id, dept_id, dept_name, fiscal_year, project_name, check_code, check_class, severity, title,
    rule, subject, message, expected, actual, difference, tolerance, evidence, source_file, mark, mark_note, marked_by,
    marked_at
FROM main.finding
WHERE ($dept IS NULL OR contains(dept_name, $dept) OR dept_id = $dept)
    AND ($year IS NULL OR fiscal_year = $year)
    AND (len($severities) = 0 OR list_contains($severities, severity))
    AND (len($codes) = 0 OR list_contains($codes, check_code))
    AND ($open IS NULL OR (mark IS NULL) = $open)
ORDER BY
    fiscal_year DESC, dept_id, list_position(['high', 'medium', 'low', 'info'], severity), check_code, project_name,
    subject, message
"""


_LIST_CODES = '`jixiao sql "SELECT check_code, title FROM check_rule"`'


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings: all where nothing is set."""

    dept: str | None = None
    """Part of a department's name, or its id."""
    year: int | None = None
    severities: Sequence[str] = ()
    codes: Sequence[str] = ()
    unmarked: bool | None = None
    """True for those that nobody has marked, False for those that somebody has."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of view `finding`."""

    finding_id: str
    report_id: str
    dept_id: str
    dept_name: str | None
    fiscal_year: int | None
    project_name: str | None
    check_code: str
    check_class: str
    severity: str
    title: str
    rule: str
    subject: str | None
    message: str
    expected: Decimal | None
    actual: Decimal | None
    difference: Decimal | None
    tolerance: Decimal | None
    evidence: list[dict[str, Any]] = field(repr=False)
    source_file: str = ""
    mark: str | None = None
    mark_note: str | None = None
    marked_by: str | None = None
    marked_at: datetime | None = None


def findings(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> list[Finding]:
    """The findings that are wanted: newest year first, by department, the most severe first.

    Raises `QueryError` for a severity or check that does not exist.
    """
    for severity in wanted.severities:
        if severity not in SEVERITIES:
            raise QueryError(f"{severity}: no severity; one of {' '.join(SEVERITIES)}")
    known = {row[0] for row in con.execute("SELECT check_code FROM main.check_rule").fetchall()}
    for code in wanted.codes:
        if code not in known:
            raise QueryError(f"{code}: no check has this code; {_LIST_CODES} lists them")
    parameters = {
        "dept": wanted.dept,
        "year": wanted.year,
        "severities": list(wanted.severities),
        "codes": list(wanted.codes),
        "open": wanted.unmarked,
    }
    rows = con.execute(_SELECT, parameters).fetchall()
    return [Finding(*row) for row in rows]


def set_mark(
    con: duckdb.DuckDBPyConnection, finding_id: str, mark: str, note: str | None, by: str | None, at: datetime
) -> None:
    """Add what a person says of a finding; the last mark counts, earlier ones stay in `core.mark`.

    Raises `QueryError` where there is no such finding or mark.
    """
    if mark not in MARKS:
        raise QueryError(f"{mark}: no mark; one of {' '.join(MARKS)}")
    if not con.execute("SELECT 1 FROM core.finding WHERE finding_id = ?", [finding_id]).fetchone():
        raise QueryError(f"{finding_id}: no finding has this id; `jixiao findings` shows the ids")
    con.execute("INSERT INTO core.mark VALUES (?, ?, ?, ?, ?)", [finding_id, mark, note, by, at])
