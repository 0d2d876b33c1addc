"""Findings as text: Markdown and HTML letters, CSV and JSON rows."""

from __future__ import annotations

import html
import json
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from pipeline.letters.letter import Letter, letters, numbers_of, quote_of
from warehouse import query
from warehouse.findings import Finding
from warehouse.query import plain

COLUMNS = (
    "finding_id", "dept_name", "fiscal_year", "project_name", "check_code", "check_class", "severity", "title",
    "subject", "message", "expected", "actual", "difference", "tolerance", "rule", "source_file", "mark", "mark_note",
    "marked_by",
)  # fmt: skip


def as_markdown(found: list[Finding]) -> str:
    """Letters as Markdown."""
    return "\n---\n\n".join(_markdown(letter) for letter in letters(found))


def _markdown(letter: Letter) -> str:
    lines = [f"# {letter.title}", "", letter.addressee, "", letter.opening, ""]
    for heading, items in letter.parts:
        lines += [f"## {heading}", ""]
        for at, item in enumerate(items, start=1):
            lines += [f"{at}. **{_escaped(item.title)}** {_escaped(item.message)}", ""]
            lines += [f"   - {words}：{_escaped(text)}" for words, text in _lines(item.numbers, item.rule, item.mark)]
            lines += [f"   - 出处：{_escaped(quote)}" for quote in item.quotes]
            lines += [f"   - 编号：`{item.finding_id}`", ""]
    return "\n".join([*lines, letter.closing, ""])


def _lines(numbers: str | None, rule: str, mark: str | None) -> list[tuple[str, str]]:
    said = (("数字", numbers), ("核对方法", rule), ("标注", mark))
    return [(words, text) for words, text in said if text]


def _escaped(text: str) -> str:
    for mark in "\\`*_[]<>|":
        text = text.replace(mark, f"\\{mark}")
    return text


_STYLE = """
body{max-width:52rem;margin:2rem auto;padding:0 1rem;line-height:1.8;color:#222;
font-family:"Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun,serif}
h1{text-align:center;font-size:1.5rem} h2{font-size:1.15rem;margin-top:2rem} li{margin:.8rem 0}
dl{margin:.3rem 0 0;font-size:.92rem;display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;color:#444}
dt{color:#777} dd{margin:0;overflow-wrap:anywhere} article+article{border-top:1px solid #ccc;margin-top:3rem}
""".strip()


def as_html(found: list[Finding]) -> str:
    """Letters as one HTML page without outside resources."""
    body = "\n".join(_html(letter) for letter in letters(found))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>核实函</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _html(letter: Letter) -> str:
    e = html.escape
    out = [f"<article><h1>{e(letter.title)}</h1><p>{e(letter.addressee)}</p><p>{e(letter.opening)}</p>"]
    for heading, items in letter.parts:
        out.append(f"<h2>{e(heading)}</h2><ol>")
        for item in items:
            rows = [
                *_lines(item.numbers, item.rule, item.mark),
                *(("出处", q) for q in item.quotes),
                ("编号", item.finding_id),
            ]
            listed = "".join(f"<dt>{e(words)}</dt><dd>{e(text)}</dd>" for words, text in rows)
            out.append(f"<li><b>{e(item.title)}</b> {e(item.message)}<dl>{listed}</dl></li>")
        out.append("</ol>")
    return "".join([*out, f"<p>{e(letter.closing)}</p></article>"])


def as_csv(found: list[Finding]) -> str:
    """One line a finding; the evidence in words."""
    listed = [(*row, evidence) for row, evidence in rows(found)]
    return "".join(query.as_csv([*COLUMNS, "evidence"], iter([listed])))


def rows(found: list[Finding]) -> list[tuple[list[object], str]]:
    """The columns of each finding, numbers as people write them, and its evidence in words."""
    return [
        ([plain(getattr(f, column)) for column in COLUMNS], "\n".join(quote_of(e) for e in f.evidence)) for f in found
    ]


def as_json(found: list[Finding]) -> str:
    """A list of objects with every field; decimals as exact text."""
    return (
        json.dumps(
            [{**asdict(f), "numbers": numbers_of(f)} for f in found], default=_json, ensure_ascii=False, indent=1
        )
        + "\n"
    )


def _json(value: object) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    raise TypeError(f"{type(value).__name__} has no JSON form")
