"""What differs between the published warehouse and one that was made anew beside it (see `publish.rebuilding`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

_EXAMPLES = 20

_FACT = ("concept", "item", "period", "period_year", "value", "unit", "status", "raw_text", "origin")
_INDICATOR = (
    "level1", "level2", "name", "target_raw", "target_op", "target_value", "target_high", "target_unit", "target_kind",
    "actual_raw", "actual_value", "actual_unit", "weight", "score", "reason", "direction", "met",
)  # fmt: skip
_FINDING = ("check_code", "severity", "message", "expected", "actual")
_STATUS = ("status", "reason_code")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is no longer what it was."""

    source_file: str | None
    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """How rows of one kind differ."""

    kind: str
    added: int
    lost: int
    changed: int
    examples: list[Change]
    """Of what was lost and changed first."""

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.lost or self.changed)


def differences(con: duckdb.DuckDBPyConnection) -> list[Difference]:
    """Facts, indicators, statuses of files and findings: what was added, lost and changed, `before` against now."""
    return [
        _difference(con, "fact", _facts, "concept || ' ' || period", _FACT),
        _difference(con, "indicator", _indicators, "name", _INDICATOR),
        _difference(con, "status", _files, "source_file", _STATUS),
        _difference(con, "finding", _findings, "check_code || ' ' || message", _FINDING),
    ]


def lost_documents(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Addresses of loaded files that the new warehouse does not know at all."""
    rows = con.execute(
        "SELECT source_uri FROM before.raw.file WHERE status = 'loaded' "
        "AND file_id NOT IN (SELECT file_id FROM raw.file) ORDER BY 1"
    ).fetchall()
    return [row[0] for row in rows]


def _facts(base: str) -> str:
    """Facts by their place: an id that holds from one version of the parsers to the next."""
    return (
        f"SELECT f.fact_id AS key, d.source_file, f.* FROM {base}core.fact AS f "
        f"JOIN {base}core.report AS r USING (report_id) "
        f"JOIN {base}raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'"
    )


def _indicators(base: str) -> str:
    return (
        "SELECT concat_ws('/', r.document_id, i.page, i.table_no, i.row_no, i.line_no, row_number() OVER ("
        "PARTITION BY r.document_id, i.page, i.table_no, i.row_no, i.line_no ORDER BY i.form_id, i.seq)) AS key, "
        f"d.source_file, i.* FROM {base}core.indicator AS i JOIN {base}core.report AS r USING (report_id) "
        f"JOIN {base}raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'"
    )


def _files(base: str) -> str:
    return f"SELECT file_id AS key, * FROM {base}raw.file"


def _findings(base: str) -> str:
    return (
        f"SELECT f.finding_id AS key, d.source_file, f.* FROM {base}core.finding AS f "
        f"JOIN {base}core.report AS r USING (report_id) "
        f"JOIN {base}raw.file AS d ON d.document_id = r.document_id AND d.status = 'loaded'"
    )


def _difference(
    con: duckdb.DuckDBPyConnection, kind: str, rows: Callable[[str], str], what: str, columns: tuple[str, ...]
) -> Difference:
    said = "concat_ws(' ', " + ", ".join(f"CAST({column} AS VARCHAR)" for column in columns) + ")"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE differing AS "
        f"SELECT coalesce(o.source_file, n.source_file) AS source_file, coalesce(n.what, o.what) AS what, "
        f"o.said AS before, n.said AS after, o.key IS NULL AS added, n.key IS NULL AS lost "
        f"FROM (SELECT key, source_file, {what} AS what, {said} AS said FROM ({rows('before.')})) AS o "
        f"FULL JOIN (SELECT key, source_file, {what} AS what, {said} AS said FROM ({rows('')})) AS n USING (key) "
        f"WHERE o.said IS DISTINCT FROM n.said"
    )
    added, lost, changed = con.execute(
        "SELECT count(*) FILTER (added), count(*) FILTER (lost), count(*) FILTER (NOT added AND NOT lost) "
        "FROM differing"
    ).fetchone() or (0, 0, 0)
    examples = con.execute(
        "SELECT source_file, what, before, after FROM differing "
        f"ORDER BY lost DESC, added, source_file, what, before LIMIT {_EXAMPLES}"
    ).fetchall()
    return Difference(kind, added, lost, changed, [Change(*row) for row in examples])
