"""The data dictionary as pages: Markdown, and one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources

import duckdb

from warehouse.dictionary import View, code_lists, concept_codes, views

_RULES = """
SELECT r.check_code, c.name_zh || ' · ' || c.name_en, s.name_zh || ' · ' || s.name_en, r.title || ' · ' || r.title_en,
    r.rule, coalesce(r.tolerance, ''), coalesce(r.false_positives, '')
FROM main.check_rule AS r
LEFT JOIN main.code AS c ON c.code_list = 'check_class' AND c.code = r.check_class
LEFT JOIN main.code AS s ON s.code_list = 'severity' AND s.code = r.severity
ORDER BY r.check_code
"""
_TITLE = "数据字典 · Data dictionary"
_LEAD = (
    "每个视图、每一列、每个代码的含义，直接取自数据库自身的注释。"
    "金额一律为万元；百分率按印出的数（91.67 即 91.67%）；空值不等于零。",
    "What every view, column and code means, taken from the comments of the warehouse itself. "
    "Money is in 万元; rates are as printed (91.67 is 91.67 %); an empty value is never a zero.",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the dictionary under a heading."""

    anchor: str
    title: str
    words: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def dictionary(con: duckdb.DuckDBPyConnection) -> dict[str, list[Part]]:
    """Chapters of the dictionary with their tables."""
    codes = [("代码 · code", "中文", "English")]
    return {
        "视图 · Views": [_view(view) for view in views(con)],
        "代码表 · Code lists": [
            Part(f"code-{name}", name, "", codes[0], [(c.code, c.zh, c.en) for c in listed])
            for name, listed in code_lists(con).items()
        ],
        "概念 · Concepts": [
            Part("concepts", "concept", "", codes[0], [(c.code, c.zh, c.en) for c in concept_codes(con)])
        ],
        "审计规则 · Checks": [
            Part(
                "checks",
                "check_rule",
                "",
                (
                    "代码 · code",
                    "类别 · class",
                    "严重程度 · severity",
                    "名称 · title",
                    "核对方法 · rule",
                    "容差 · tolerance",
                    "误报风险 · false alarms",
                ),
                [tuple(map(str, row)) for row in con.execute(_RULES).fetchall()],
            )
        ],
    }


def markdown(chapters: dict[str, list[Part]]) -> str:
    """The dictionary in Markdown."""
    lines = [f"# {_TITLE}", "", *(line for text in _LEAD for line in (text, ""))]
    for chapter, parts in chapters.items():
        lines += [f"## {chapter}", ""]
        for part in parts:
            lines += [f"### `{part.title}`", ""]
            if part.words:
                lines += [part.words, ""]
            lines += [_line(part.head), _line(["---"] * len(part.head)), *map(_line, part.rows), ""]
    return "\n".join(lines)


def html(chapters: dict[str, list[Part]]) -> str:
    """The dictionary as one page: styles and search inside it, fonts of the reader's machine."""
    text = resources.files("warehouse").joinpath("pages/page.html").read_text(encoding="utf-8")
    contents, body = [], []
    for chapter, parts in chapters.items():
        contents.append(f"<h2>{escape(chapter)}</h2>")
        contents += [f'<a href="#{escape(part.anchor)}">{escape(part.title)}</a>' for part in parts]
        body.append(f"<h2>{escape(chapter)}</h2>")
        body += [_section(part) for part in parts]
    lead = "".join(f"<p>{escape(words)}</p>" for words in _LEAD)
    for slot, words in (("title", escape(_TITLE)), ("lead", lead), ("contents", "\n".join(contents))):
        text = text.replace("{{" + slot + "}}", words)
    return text.replace("{{body}}", "\n".join(body))


def _view(view: View) -> Part:
    rows = [(c.name, c.type, c.zh, c.en, c.code_list or "") for c in view.columns]
    head = ("列 · column", "类型 · type", "中文", "English", "代码表 · code list")
    return Part(f"view-{view.name}", view.name, f"{view.zh} · {view.en}", head, rows)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _section(part: Part) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in part.head)
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in part.rows)
    words = f"<p>{escape(part.words)}</p>" if part.words else ""
    return (
        f'<section id="{escape(part.anchor)}"><h3><code>{escape(part.title)}</code></h3>{words}\n'
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table></section>"
    )
