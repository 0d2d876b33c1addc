"""Runs the checks: set-based over all reports that a change concerns, and over nothing else.

Each check is a SELECT over the relations of schema `audit` (see audit/02-relations.sql) that returns a row for every
test it makes: `report_id`, `status` (`pass`, `fail`, `not_applicable`, `insufficient_data`) and, as far as they make
sense, `form_id`, `subject`, `severity` (where it differs from the head), `expected`, `actual`, `difference`,
`tolerance`, `message`, `evidence` (refs), `scope_changed` (true where it holds years against each other between which
duties of the department came or went). A report of which a check says nothing is `not_applicable`; a test of classes E,
C and R with a number among its evidence that is printed and not known (`audit.unknown`) is `insufficient_data`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path

import duckdb

from warehouse import similarity
from warehouse.rules import Rule, rules

_RELATIONS = ("02-relations", "05-funds", "05-scores", "05-prose", "06-subjects", "07-printed", "05-years")
"""What checks read, in the order in which it is built."""
PORTION = 20_000
"""Reports that are checked together: of more, what is read would not fit in the memory of a machine of 8 GB."""
_SUBJECT = {
    "report": "CREATE OR REPLACE TABLE audit.subject AS "
    "SELECT r.* FROM audit.report AS r SEMI JOIN audit.changed AS c ON c.lead = r.report_id",
    "cohort": "CREATE OR REPLACE TABLE audit.subject AS FROM audit.report",
}
"""Of which reports the checks of a scope are kept: those that stand beside them are read, and said nothing new of."""
TOGETHER = 3_000
"""Reports that all checks look at in one pass, though most of them stand only beside those that changed."""
_UNIT = """
CREATE OR REPLACE TABLE audit.unit AS
SELECT w.form_id, w.lead FROM audit.whole AS w JOIN audit.portion AS p USING (lead) WHERE p.portion = ?
"""
_RESULT = """
CREATE OR REPLACE TABLE audit.result (
    check_no INTEGER, report_no INTEGER, form_id VARCHAR, subject VARCHAR, status VARCHAR, severity VARCHAR,
    expected DECIMAL(20, 6), actual DECIMAL(20, 6), difference DECIMAL(20, 6), tolerance DECIMAL(20, 6),
    message VARCHAR, evidence VARCHAR[], scope_changed BOOLEAN
)
"""
"""A row a test, of which there are hundreds a report: checks and reports by number, as most rows are only counted."""

Watch = Callable[[int, int], None]
"""Called with checks done and checks to do."""


@dataclass(slots=True)
class Checked:
    """What one pass of the checks did."""

    reports: int = 0
    findings: int = 0
    problems: list[str] = field(default_factory=list)
    """Checks that were skipped, each with the reason in one line."""
    failed: dict[str, str] = field(default_factory=dict)
    """Why the query of a check failed, by its code."""


def check(
    con: duckdb.DuckDBPyConnection, folders: Iterable[Path] = (), watch: Watch | None = None, anew: bool = False
) -> Checked:
    """Bring `core.check_result` and `core.finding` up to date with the reports and the checks.

    A report is checked again where its own forms or those of another year of its department changed; all are where a
    check was added, changed or removed, or with `anew`. Must not be called inside a transaction.
    """
    wanted = rules(folders)
    done = Checked(problems=[f"{rule.source}: check skipped: {rule.problem}" for rule in wanted if rule.problem])
    usable = [rule for rule in wanted if rule.problem is None]
    similarity.update(con)
    _prepare(con)
    _know(con, usable)
    try:
        everything = anew or _rules_changed(con, wanted)
        _run_sql(con, "units", everything=everything)
        row = con.execute("SELECT count(DISTINCT lead) FROM audit.unit").fetchone()
        done.reports = row[0] if row else 0
        if done.reports or everything or _stale(con):
            _check(con, usable, everything, done, watch or (lambda done, of: None))
            _write_rules(con, [replace(r, problem=r.problem or done.failed.get(r.code)) for r in wanted])
    finally:
        con.execute("DETACH audit")
    return done


def outdated(con: duckdb.DuckDBPyConnection, folders: Iterable[Path] = ()) -> bool:
    """True where a check, or what checks read, was added, changed or removed since `check` last ran on this warehouse.

    Asks only: the warehouse may be open read-only. It must be one of this version (`create.is_current`).
    """
    return _rules_changed(con, rules(folders))


def _check(con: duckdb.DuckDBPyConnection, usable: list[Rule], everything: bool, done: Checked, watch: Watch) -> None:
    watch(0, len(usable))
    by_scope = {scope: [rule for rule in usable if rule.scope == scope] for scope in ("report", "cohort")}
    if everything:
        _forget_all(con)
    con.execute("CREATE OR REPLACE TABLE audit.changed AS SELECT DISTINCT lead FROM audit.unit")
    before = 0
    # all reports are whole cohorts, and those beside a few that changed are soon read; of many, only what concerns them
    together = everything or _with_cohorts(con) <= TOGETHER
    for scopes in [("report", "cohort")] if together else [("report",), ("cohort",)]:
        groups = [by_scope[scope] for scope in scopes]
        if scopes != ("report",) and not everything:
            con.execute("CREATE OR REPLACE TABLE audit.unit AS FROM audit.beside")
        if not any(groups):
            continue
        portions = _portions(con)
        checked = 0
        for portion in portions:
            con.execute(_UNIT, [portion])
            for relations in _RELATIONS:
                _run_sql(con, relations)
            for scope, group in zip(scopes, groups, strict=True):
                con.execute(_RESULT)
                con.execute(_SUBJECT[scope])
                for rule in group:
                    _run(con, rule, done)
                    checked += 1
                    watch(before + checked // len(portions), len(usable))
                _store(con, [rule.code for rule in group if rule.code not in done.failed], done, not everything)
        before += sum(map(len, groups))
    if everything and done.failed:  # half of what a check finds would read as the whole
        for table in ("check_result", "finding"):
            con.execute(f"DELETE FROM core.{table} WHERE check_code IN (SELECT unnest(?))", [list(done.failed)])
    _run_sql(con, "remember")


def _forget_all(con: duckdb.DuckDBPyConnection) -> None:
    """Remove what all checks said; without the rules, a run that is killed after this begins anew with everything."""
    con.execute("BEGIN")
    for table in ("check_rule", "check_result", "finding"):
        con.execute(f"DELETE FROM core.{table}")
    con.execute("COMMIT")


def _with_cohorts(con: duckdb.DuckDBPyConnection) -> int:
    """Make audit.beside, the forms in question and those that they are held against; how many reports that is."""
    _run_sql(con, "cohort-units")
    row = con.execute("SELECT count(DISTINCT lead) FROM audit.beside").fetchone()
    return row[0] if row else 0


def _portions(con: duckdb.DuckDBPyConnection) -> list[int]:
    """Divide audit.unit into portions, at least one."""
    _run_sql(con, "portion", size=PORTION)
    found = con.execute("SELECT DISTINCT portion FROM audit.portion ORDER BY portion").fetchall()
    return [row[0] for row in found] or [0]


def _prepare(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("ATTACH IF NOT EXISTS ':memory:' AS audit")
    _run_sql(con, "01-macros")


def _know(con: duckdb.DuckDBPyConnection, usable: list[Rule]) -> None:
    """What a finding takes from the head of its check where its own row does not say otherwise."""
    con.execute(
        "CREATE OR REPLACE TABLE audit.rule AS SELECT unnest(?::INTEGER[]) AS check_no, "
        "unnest(?::VARCHAR[]) AS check_code, unnest(?::VARCHAR[]) AS check_class, "
        "unnest(?::VARCHAR[]) AS severity, unnest(?::VARCHAR[]) AS title",
        [
            list(range(len(usable))),
            [r.code for r in usable],
            [r.check_class for r in usable],
            [r.severity for r in usable],
            [r.title for r in usable],
        ],
    )


def _run_sql(con: duckdb.DuckDBPyConnection, name: str, **words: object) -> None:
    text = resources.files("warehouse").joinpath(f"audit/{name}.sql").read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"${word}", str(value))
    con.execute(text)


def _run(con: duckdb.DuckDBPyConnection, rule: Rule, done: Checked) -> None:
    """Add the rows of one check to `audit.result`; one that fails is named and leaves nothing."""
    if rule.code in done.failed:
        return
    body = rule.sql.rstrip().rstrip(";")
    try:
        con.execute(
            "INSERT INTO audit.result BY NAME "
            f"SELECT (SELECT check_no FROM audit.rule WHERE check_code = '{rule.code}') AS check_no, r.report_no, "
            f"found.* EXCLUDE (report_id) FROM (\n{body}\n) AS found JOIN audit.subject AS r USING (report_id)"
        )
    except duckdb.Error as error:
        line = str(error).strip().splitlines()[0]
        done.failed[rule.code] = line
        done.problems.append(f"{rule.source}: check skipped: {rule.code}: {line}")


def _store(con: duckdb.DuckDBPyConnection, codes: list[str], done: Checked, forget: bool) -> None:
    """Keep what these checks said of the reports in question, in place of what they said before, in one transaction."""
    _run_sql(con, "03-doubt")
    _run_sql(con, "03-evidence")
    asked = "FROM audit.rule WHERE check_code IN (SELECT unnest(?))"
    con.execute(f"CREATE OR REPLACE TABLE audit.asked AS {asked}", [codes])
    con.execute("BEGIN")
    try:
        if forget:
            _run_sql(con, "04-forget")
        _run_sql(con, "04-store")
        con.execute("COMMIT")
    except duckdb.Error:
        con.execute("ROLLBACK")
        raise
    row = con.execute("SELECT count(*) FROM audit.result WHERE status = 'fail'").fetchone()
    done.findings += row[0] if row else 0


def _stale(con: duckdb.DuckDBPyConnection) -> bool:
    row = con.execute("SELECT count(*) FROM audit.gone").fetchone()
    return bool(row and row[0])


def _rules_changed(con: duckdb.DuckDBPyConnection, wanted: list[Rule]) -> bool:
    known = con.execute("SELECT source, fingerprint FROM core.check_rule").fetchall()
    return set(known) != {(rule.source, rule.fingerprint) for rule in wanted}


def _write_rules(con: duckdb.DuckDBPyConnection, wanted: list[Rule]) -> None:
    con.execute("BEGIN")
    con.execute("DELETE FROM core.check_rule")
    con.executemany(
        "INSERT INTO core.check_rule VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            [r.code, r.check_class, r.severity, r.title, r.title_en, r.rule, r.tolerance, r.false_positives, r.scope,
             r.source, r.fingerprint, r.problem]
            for r in wanted
        ],
    )  # fmt: skip
    con.execute("DELETE FROM core.finding WHERE check_code NOT IN (SELECT check_code FROM core.check_rule)")
    con.execute("DELETE FROM core.check_result WHERE check_code NOT IN (SELECT check_code FROM core.check_rule)")
    con.execute("COMMIT")
