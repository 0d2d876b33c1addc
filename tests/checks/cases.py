"""Cases of the checks: small reports written as TOML, loaded as rows beside one another, each in a county of its own.

A file `cases/CODE.toml` holds `[[case]]` tables: `name`, `expect` (the status of the check for the report), `findings`
(what each finding must say, as far as written) and the report: `year`, `dept`, `division` (a code), `division_name`, `level` ("" where it is not known), `facts` (lines of form kind, concept
[=item], period, value (`unread` where a scan blurs it), and unit where it is not the usual one; `kind#2` is a second form of the kind), `forms`,
`indicators`, `goals`, `sections`, `figures`, `paragraphs`, `cells` (a
text or a row of texts), `unmapped` (number and reason); `also` holds other reports (`same_dept = true` for
the same department, `same_county = true` for another of the same county, `key` where one of them has several reports);
`successions` (lines of two keys, the earlier first, the relation and the year since when; `own` is the report's own).
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.load import append, mark_current_forms

FOLDER = Path(__file__).parent / "cases"
_STATES = {"blank", "not_applicable", "unread"}
_UNITS = {"staff_authorized": "person", "staff_actual": "person"}
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Case:
    """One case: the check, the id of the report that it is about, and what is written."""

    code: str
    report_id: str
    written: Mapping[str, Any]


def cases() -> list[Case]:
    """All cases of all checks."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for at, written in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], start=1):
            found.append(Case(path.stem, f"{path.stem.lower()}-{at}", written))
    return found


def load(con: duckdb.DuckDBPyConnection, found: list[Case]) -> None:
    """Load the reports of all cases."""
    append(con, rows_of(found))
    mark_current_forms(con)


def rows_of(found: list[Case]) -> Rows:
    """The rows of the reports of all cases."""
    rows: Rows = defaultdict(list)
    for number, case in enumerate(found):
        county = f"{100000 + number}"
        _report(rows, case.report_id, county, f"{county}-own", case.written, order=1000)
        for at, other in enumerate(case.written.get("also", [])):
            dept = f"{county}-own" if other.get("same_dept") else f"{county}-{other.get('key', f'other{at}')}"
            home = county if other.get("same_dept") or other.get("same_county") else f"{county}{at}"
            _report(rows, f"{case.report_id}-also{at}", home, dept, other, order=other.get("order", at + 1))
        for line in case.written.get("successions", []):
            before, after, relation, since = line.split()
            rows["core.succession"].append(
                {
                    "dept_id": f"{county}-{before}",
                    "successor_id": f"{county}-{after}",
                    "relation": relation,
                    "since": since,
                }
            )
    departments = {row["dept_id"]: row for row in rows["core.department"]}
    rows["core.department"] = list(departments.values())
    return rows


def _report(rows: Rows, report_id: str, county: str, dept_id: str, written: Mapping[str, Any], order: int) -> None:
    dept_name, year = written.get("dept", f"示例县{dept_id}局"), written.get("year", 2023)
    rows["core.department"].append(
        {"dept_id": dept_id, "name": dept_name, "division_code": written.get("division", county), "division_name": written.get("division_name", "示例县") or None, "registered": False,
         "level": written.get("level", "county") or None, "organ_class": written.get("organ_class", "government")}
    )  # fmt: skip
    document_id = report_id
    rows["raw.file"].append(
        {"file_id": report_id, "source_uri": f"file:/{report_id}.txt", "source_file": written.get("file", f"{report_id}.txt"),
         "document_id": document_id, "status": "loaded", "sha256": written.get("sha256", report_id),
         "format": written.get("format", "txt"),
         "content_sha256": written.get("content_sha256", report_id)}
    )  # fmt: skip
    rows["core.report"].append(
        {"report_id": report_id, "document_id": document_id, "dept_id": dept_id, "dept_name": dept_name,
         "alias": written.get("alias"), "fiscal_year": year, "loaded_order": order}
    )  # fmt: skip
    forms = _Forms(rows, report_id, year)
    for form in written.get("forms", []):
        forms.add(**form)
    for at, line in enumerate(written.get("facts", []), start=1):
        _fact(rows, forms, report_id, at, line, year)
    _parts(rows, forms, report_id, written)
    for at, text in enumerate(written.get("paragraphs", []), start=1):
        rows["raw.paragraph"].append(
            {
                "document_id": document_id,
                "block_no": at,
                "paragraph_no": at,
                "kind": "body",
                "text": text,
                "line_no": at,
            }
        )
    for at, row in enumerate(written.get("cells", []), start=1):
        for column, text in enumerate([row] if isinstance(row, str) else row, start=1):
            rows["raw.cell"].append(
                {"document_id": document_id, "block_no": 0, "table_no": 1, "row_no": at, "col_no": column, "row_span": 1,
                 "col_span": 1, "text": text, "ragged": False, "line_no": at}
            )  # fmt: skip
    for at, number in enumerate(written.get("unmapped", []), start=1):
        number, _, reason = number.partition(" ")
        rows["core.unmapped"].append(
            {"document_id": document_id, "number": number, "raw_text": number, "reason": reason or "unknown_label", "table_no": 1,
             "row_no": at, "col_no": 1, "line_no": at}
        )  # fmt: skip


class _Forms:
    """The forms of a report, made when first named: `base_data`, `project_evaluation#2`."""

    def __init__(self, rows: Rows, report_id: str, year: int) -> None:
        self.rows, self.report_id, self.year, self.ids = rows, report_id, year, dict[str, str]()

    def add(self, kind: str, **columns: Any) -> str:
        form_id = f"{self.report_id}.{len(self.ids) + 1}"
        self.ids[kind] = form_id
        form_kind, _, number = kind.partition("#")
        if form_kind == "project_evaluation":
            columns.setdefault("project_name", f"示例项目{number}")
        self.rows["core.form"].append(
            {"form_id": form_id, "report_id": self.report_id, "form_no": len(self.ids), "form_kind": form_kind,
             "year": self.year, "is_current": True, **columns}
        )  # fmt: skip
        return form_id

    def __getitem__(self, kind: str) -> str:
        return self.ids.get(kind) or self.add(kind)


def _fact(rows: Rows, forms: _Forms, report_id: str, at: int, line: str, year: int) -> None:
    kind, concept, period, value, *unit = line.split()
    concept, _, item = concept.partition("=")
    state = value if value in _STATES else "value"
    usual = _UNITS.get(concept) or ("percent" if concept.endswith("_rate") else "wan_yuan")
    usual = "point" if concept.endswith(("_weight", "_score")) else usual
    rows["core.fact"].append(
        {"fact_id": f"{report_id}:f{at}", "report_id": report_id, "form_id": forms[kind], "fact_no": at,
         "concept": concept, "item": item or None, "period": period,
         "period_year": year - 1 if period == "prior_final" else year, "value": None if state != "value" else value,
         "decimals": len(value.partition(".")[2]) if state == "value" else None,
         "unit": unit[0] if unit else usual, "status": "value" if state == "unread" else state, "raw_text": "" if state == "blank" else value,
         "origin": "narrative" if kind == "narrative" else "table", "table_no": 1, "row_no": at, "col_no": 2}
    )  # fmt: skip


def _parts(rows: Rows, forms: _Forms, report_id: str, written: Mapping[str, Any]) -> None:
    for at, indicator in enumerate(written.get("indicators", []), start=1):
        columns = dict(indicator)
        form_id = forms[columns.pop("form", "department_evaluation")]
        rows["core.indicator"].append({"form_id": form_id, "report_id": report_id, "seq": at, "row_no": at, **columns})
    for at, goal in enumerate(written.get("goals", []), start=1):
        columns = dict(goal)
        form_id = forms[columns.pop("form", "department_evaluation")]
        rows["core.goal"].append({"form_id": form_id, "report_id": report_id, "seq": at, **columns})
    for at, section in enumerate(written.get("sections", []), start=1):
        usual = {"level": 1, "number": str(at), "numeral": "一二三四五六七八九十"[at - 1], "heading": "", "text": ""}
        rows["core.section"].append(
            {"form_id": forms["narrative"], "report_id": report_id, "seq": at, "line_no": at, **usual, **section}
        )
    for at, figure in enumerate(written.get("figures", []), start=1):
        usual = {"context": "report", "tense": "current", "approximate": False, "sentence": "", "unit": "wan_yuan"}
        usual["snippet"] = str(figure["value"])
        columns = dict(figure)
        form_id = forms[columns.pop("form", "narrative")]
        rows["core.key_figure"].append(
            {
                "key_figure_id": f"{report_id}:k{at}",
                "form_id": form_id,
                "report_id": report_id,
                "seq": at,
                **usual,
                **columns,
            }
        )


def statuses(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """Status by check and report."""
    return {
        (c, r): s for c, r, s in con.execute("SELECT check_code, report_id, status FROM core.check_result").fetchall()
    }


def findings(con: duckdb.DuckDBPyConnection, code: str, report_id: str) -> Iterator[dict[str, Any]]:
    """The findings of one check in one report, by subject."""
    cursor = con.execute(
        "SELECT * FROM main.finding WHERE check_code = ? AND report_id = ? ORDER BY subject, message", [code, report_id]
    )
    names = [column[0] for column in cursor.description or []]
    for row in cursor.fetchall():
        yield dict(zip(names, row, strict=True))
