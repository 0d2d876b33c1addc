"""Checks as they stand in files: a head comment that says what the check is, and a SELECT that finds what it means.

The head is lines of `-- name: words`; a line that begins with `--   ` continues the one above. Names: `code`, `class`
(E error, C contradiction, R rule, S signal, or - for a note), `severity`, `title` (中文 · English), `rule`,
`tolerance`, `false positives`, and `scope`: `report` (the default: a report beside others of its department) or
`cohort` (all reports of a division and year).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path

import regex

_HEAD = regex.compile(r"--\s?(code|class|severity|title|rule|tolerance|false positives|scope):\s*(.*)")
_CODE = regex.compile(r"[A-Z]{2,8}-[0-9]{2,3}[a-z]?")
_NEEDED = ("code", "class", "severity", "title", "rule")
_ALLOWED = {
    "class": ("E", "C", "R", "S", "-"),
    "severity": ("high", "medium", "low", "info"),
    "scope": ("report", "cohort"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. `problem` says why it cannot be used; None where it can."""

    code: str
    check_class: str
    severity: str
    title: str
    title_en: str
    rule: str
    tolerance: str | None
    false_positives: str | None
    scope: str
    source: str
    sql: str
    problem: str | None = None

    @property
    def fingerprint(self) -> str:
        """Digest of the file and of what it reads: a check that changed is run again on everything."""
        return hashlib.sha256(f"{_read()}\n{self.sql}".encode()).hexdigest()[:16]


def rules(folders: Iterable[Path] = ()) -> list[Rule]:
    """All checks: those that come with this package, then those of the auditors' own folders.

    A file that is no check, or uses a code that is taken, is in the list with its problem.
    """
    shipped = sorted(resources.files("warehouse").joinpath("checks").iterdir(), key=lambda file: file.name)
    texts = [(file.name, file.read_text(encoding="utf-8")) for file in shipped if file.name.endswith(".sql")]
    found = [_parse(name, text) for name, text in texts]
    for folder in folders:
        if not folder.is_dir():
            found.append(_broken(str(folder), "", "no such folder of checks"))
            continue
        for path in sorted(folder.glob("*.sql")):
            try:
                found.append(_parse(str(path), path.read_text(encoding="utf-8")))
            except (OSError, UnicodeDecodeError) as error:
                found.append(_broken(str(path), "", f"cannot be read: {error}"))
    return _once(found)


@cache
def _read() -> str:
    """Text of the relations and data that checks read."""
    package = resources.files("warehouse")
    relations = sorted(package.joinpath("audit").iterdir(), key=lambda file: file.name)
    files = [*relations, package.joinpath("schema/scoring_schemes.csv")]
    return "\0".join(file.read_text(encoding="utf-8") for file in files)


def _once(found: list[Rule]) -> list[Rule]:
    """Of checks with one code the first counts; the later ones say so."""
    taken: dict[str, str] = {}
    result = []
    for rule in found:
        if rule.problem is None and rule.code in taken:
            rule = replace(rule, problem=f"code {rule.code} is taken by {taken[rule.code]}")
        if rule.problem is None:
            taken[rule.code] = rule.source
        result.append(rule)
    return result


def _parse(source: str, text: str) -> Rule:
    head = _head(text)
    missing = [name for name in _NEEDED if not head.get(name)]
    if missing:
        return _broken(source, text, f"the head comment lacks {', '.join(missing)}", head.get("code"))
    for name, allowed in _ALLOWED.items():
        if head.get(name, allowed[0]) not in allowed:
            return _broken(source, text, f"{name} is {head[name]}, not one of {' '.join(allowed)}", head["code"])
    if not _CODE.fullmatch(head["code"]):
        return _broken(source, text, f"code {head['code']} is not of the form ABC-01", head["code"])
    zh, _, en = head["title"].partition(" · ")
    return Rule(
        head["code"], head["class"], head["severity"], zh, en or zh, head["rule"], head.get("tolerance"),
        head.get("false positives"), head.get("scope", "report"), source, text,
    )  # fmt: skip


def _head(text: str) -> dict[str, str]:
    head: dict[str, str] = {}
    last = None
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if match := _HEAD.fullmatch(line):
            last = match[1]
            head[last] = match[2].strip()
        elif last and line.startswith("--   "):
            head[last] += " " + line[2:].strip()
    return head


def _broken(source: str, text: str, problem: str, code: str | None = None) -> Rule:
    name = Path(source).stem
    return Rule(code or name, "-", "info", name, name, "", None, None, "report", source, text, problem)
