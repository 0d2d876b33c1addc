"""One file through the parsers: a pure function of its bytes, the same in a test, a worker or a notebook."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from parsers.document import Document, Place
from parsers.fingerprint import content_sha256
from parsers.forms.model import Form, Recognised
from parsers.forms.recognise import recognise
from parsers.readers import OFFICE_FORMATS, detect, read
from parsers.reasons import REJECTED, Reason, UnreadableError
from pipeline.rows import Rows, Tables, rows_in, tables_of

Status = Literal["loaded", "rejected", "quarantined"]


@dataclass(slots=True)
class Parsed:
    """What became of one file, with all rows that it yields."""

    sha256: str
    bytes: int
    format: str
    status: Status
    reason_code: str | None = None
    reason: str | None = None
    reason_page: int | None = None
    """Page on which reading broke off."""
    reason_place: str | None = None
    """Line, table, row, column or part in which it did, in words."""
    content_sha256: str | None = None
    encoding: str | None = None
    pages: int | None = None
    numbers: int | None = None
    numbers_mapped: int | None = None
    seconds: float = 0.0
    tables: Tables = field(default_factory=dict)
    """All its rows, as they are loaded."""

    @property
    def document_id(self) -> str:
        """First 16 hex digits of the SHA-256."""
        return self.sha256[:16]

    @property
    def rows(self) -> Rows:
        """The rows of `core` one by one."""
        return rows_in(self.tables)


def parse(data: bytes, convert: Callable[[bytes], bytes] | None = None, document: Document | None = None) -> Parsed:
    """Parse the bytes of one file. What cannot be read with certainty ends as `quarantined`, never as an exception.

    `convert` makes a Word file of what only an office program can read; the places are then those of the Word file.
    `document` is what reading the bytes gave, where that was done already.
    """
    began = time.perf_counter()
    parsed = Parsed(hashlib.sha256(data).hexdigest(), len(data), detect(data), "quarantined")
    try:
        if document is None:
            if convert is not None and parsed.format in OFFICE_FORMATS:
                document = read(convert(data))
            else:
                document = read(data, parsed.format)
        recognised = recognise(document)
        parsed.encoding, parsed.pages = document.encoding, document.pages
        parsed.content_sha256 = content_sha256(document)
        parsed.numbers, parsed.numbers_mapped = recognised.numbers, recognised.numbers_mapped
        refusal = why_rejected(recognised)
        if refusal is None:
            parsed.status, parsed.tables = "loaded", tables_of(parsed.document_id, document, recognised)
        else:
            parsed.status, (parsed.reason_code, parsed.reason) = "rejected", refusal
    except UnreadableError as error:
        parsed.status = "rejected" if error.reason in REJECTED else "quarantined"
        parsed.reason_code, parsed.reason = error.reason, str(error)
        parsed.reason_page, parsed.reason_place = error.place.page, _where(error.place)
    except RecursionError:
        parsed.reason_code, parsed.reason = Reason.DAMAGED, "structure nested too deeply to be a report"
    except MemoryError:
        parsed.reason_code, parsed.reason = Reason.MEMORY_LIMIT, "more memory was needed than a file may take"
    except Exception as error:
        parsed.reason_code, parsed.reason = Reason.PARSER_ERROR, f"{type(error).__name__}: {error}"
    parsed.seconds = time.perf_counter() - began
    return parsed


def _where(place: Place) -> str | None:
    """A place in words, its page left out."""
    parts = {
        "line": place.line,
        "table": place.table,
        "row": place.row,
        "column": place.col,
        "part": place.part or None,
    }
    return ", ".join(f"{name} {value}" for name, value in parts.items() if value is not None) or None


def why_rejected(recognised: Recognised) -> tuple[Reason, str] | None:
    """Reason code and words where a readable document is no filled-in self-evaluation, else None."""
    kinds = {form.kind for form in recognised.forms}
    if (other := _other_publication(recognised)) is not None:
        return other
    if kinds - {"narrative"}:
        return None
    if recognised.lists and not any(form.facts for form in recognised.forms):
        return Reason.MANY_DEPARTMENTS, "a list with a department or a project a row; not the report of one department"
    if recognised.declarations:
        return Reason.TARGET_DECLARATION, "declares targets without results (绩效目标申报表); not a self-evaluation"
    prose = next((form for form in recognised.forms if form.kind == "narrative"), None)
    if prose is not None and ((prose.title and (prose.sections or prose.key_figures)) or _states_a_result(prose)):
        return None
    if recognised.templates:
        return Reason.BLANK_TEMPLATE, "an evaluation form that nobody has filled"
    return Reason.NOT_SELF_EVALUATION, "no base data sheet, evaluation form or self-evaluation report was recognised"


_OTHERS = {
    "notice": (Reason.NOTICE, "a notice or rule about evaluations; not a self-evaluation"),
    "instruction": (Reason.NOTICE, "a notice about how to evaluate, with a form as its example"),
    "third_party_evaluation": (Reason.THIRD_PARTY_EVALUATION, "an evaluation by others; not a self-evaluation"),
    "final_accounts_only": (Reason.FINAL_ACCOUNTS_ONLY, "final accounts without a self-evaluation in them"),
    "budget_document": (Reason.BUDGET_DOCUMENT, "a budget; not a self-evaluation"),
}


def _other_publication(recognised: Recognised) -> tuple[Reason, str] | None:
    """Reason where the title is that of another publication and nothing in it is an evaluation.

    Final accounts often hold an evaluation and a notice can be the cover of one: what was recognised goes before the
    title. A budget's own tables can look like a base data sheet: a table counts with a title or with indicators.
    """
    if recognised.titled_as not in _OTHERS:
        return None
    for form in recognised.forms:
        if recognised.titled_as == "instruction":
            evaluates = False
        elif recognised.titled_as == "third_party_evaluation":
            evaluates = form.title is not None and "自评" in form.title
        elif form.kind != "narrative":
            evaluates = bool(form.title or form.indicators)
        elif recognised.titled_as == "notice":
            evaluates = bool(form.facts)
        else:
            evaluates = bool(form.title) or _states_a_result(form)
        if evaluates:
            return None
    return _OTHERS[recognised.titled_as]


def _states_a_result(report: Form) -> bool:
    """True where prose states a score or a grade: final accounts often tell their evaluation in a section."""
    return report.grade is not None or any(f.concept == "total_score" for f in report.key_figures)
