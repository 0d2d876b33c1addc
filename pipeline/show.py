"""What people see on a terminal: tables of results, one parsed file, one traced figure, the state of a warehouse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.parse import Parsed
from warehouse.query import Result, plain
from warehouse.trace import Trace

_UNITS = {"wan_yuan": "万元", "percent": "%", "person": "人", "sqm": "㎡", "point": "分"}
_CELL_WIDTH = 26


def console() -> Console:
    """Standard output; wide enough for a table where it is no terminal."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=180)


def table(title: str | None, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    """A table whose numbers stand right; NULL is an empty cell."""
    made = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    listed = [list(row) for row in rows]
    for at, column in enumerate(columns):
        values = [row[at] for row in listed if row[at] is not None]
        numeric = bool(values) and all(not isinstance(v, bool | str) and hasattr(v, "__float__") for v in values)
        made.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in listed:
        made.add_row(*(Text(str(plain(value))) for value in row))
    return made


def show_result(out: Console, result: Result) -> None:
    """A query's result with its row count."""
    out.print(table(None, result.columns, result.rows))
    if result.more:
        out.print(f"the first {len(result.rows)} rows; there are more: --max-rows shows them, --format csv prints all")
    else:
        out.print(f"{len(result.rows)} rows" if len(result.rows) != 1 else "1 row")


def show_parsed(out: Console, parsed: Parsed) -> None:
    """What one file yields."""
    rows = parsed.rows
    out.print(f"[bold]{parsed.status}[/bold] · {parsed.format} · {parsed.bytes} bytes · sha256 {parsed.sha256[:16]}…")
    if parsed.reason:
        out.print(Text(f"{parsed.reason_code}: {parsed.reason}"))
        return
    for report in rows.get("core.report", []):
        name, year = report["dept_name"] or "(no department named)", report["fiscal_year"] or "(year unclear)"
        out.print(Text(f"{name} · {year} · {report['dept_id']}"))
    out.print(f"{parsed.numbers_mapped} of {parsed.numbers} printed figures were understood")
    kinds = {form["form_id"]: form["form_kind"] for form in rows.get("core.form", [])}
    for title, name, columns in _PARTS:
        found = rows.get(name, [])
        if found:
            shown = [
                [kinds.get(r.get("form_id", ""), "") if c == "form_kind" else _cut(r.get(c)) for c in columns]
                for r in found
            ]
            out.print(table(f"{title} ({len(found)})", columns, shown))


_PARTS = tuple(
    (title, table_name, columns.split())
    for title, table_name, columns in (
        ("Forms", "core.form", "form_no form_kind title attachment year line_no page"),
        ("Facts", "core.fact", "form_kind concept item period period_year value unit status line_no page"),
        ("Indicators", "core.indicator", "seq level1 level2 name target_raw actual_raw weight score met line_no"),
        ("Goals", "core.goal", "seq expected actual line_no"),
        ("Sections", "core.section", "number heading line_no page"),
        ("Key figures", "core.key_figure", "section subject value unit concept tense line_no page"),
        ("Unmapped", "core.unmapped", "number raw_text reason table_no row_no col_no line_no page"),
    )
)


def show_trace(out: Console, found: Trace, names: dict[str, tuple[str, str]]) -> None:
    """One figure down to its cell: file, place, printed text, neighbours, and what was done to it."""
    row = found.row
    zh = names.get(row["concept"] or "", ("", ""))[0]
    value = plain(row["value"]) if row["value"] is not None else row.get("status", "")
    head = Text(f"{value} {_UNITS.get(row['unit'] or '', row['unit'] or '')}", style="bold")
    head.append(f"  {zh or row.get('subject') or ''}", style="bold")
    head.append(f"  {row['concept'] or 'no concept'}" + (f" · {row['item']}" if row.get("item") else ""))
    out.print(head)
    when = (
        f"{row['period']} {row['period_year'] or ''}"
        if found.kind == "fact"
        else f"{row['tense']}, section {row['section'] or '-'}"
    )
    place = [f"sheet {found.part}"] if found.part else []
    place += [f"{word} {row[column]}" for word, column in _PLACES if row.get(column) is not None]
    lines = [
        (
            "report",
            f"{row['dept_name'] or '(no department named)'} · {row['fiscal_year'] or '(year unclear)'} · {when}",
        ),
        ("file", f"{row['source_file']}  ({found.source_uri})"),
        ("place", " · ".join(place) or "not told by the format"),
        ("printed", row["raw_text"] if found.kind == "fact" else row["sentence"]),
        (
            "labels",
            " × ".join(filter(None, (row.get("row_label"), row.get("column_label")))) or row.get("subject") or "",
        ),
        ("taken", _taken(found)),
        ("id", row["fact_id"] if found.kind == "fact" else row["key_figure_id"]),
        ("sha256", found.sha256),
    ]
    for name, words in lines:
        out.print(Text(f"  {name:<8}", style="dim").append(Text(str(words), style="")), soft_wrap=True)
    if found.cells:
        out.print(Text("  around", style="dim"))
        for at in sorted({cell[0] for cell in found.cells}):
            cells = [_cut(text) or "·" for row_no, _, text in found.cells if row_no == at]
            out.print(
                Text(f"    {'>' if at == row['row_no'] else ' '} row {at:<3} " + " │ ".join(cells)), soft_wrap=True
            )


_PLACES = (("page", "page"), ("line", "line_no"), ("table", "table_no"), ("row", "row_no"), ("column", "col_no"))


def _taken(found: Trace) -> str:
    row = found.row
    if found.kind == "key_figure":
        return f"{plain(row['value'])} from {row['snippet']}" + (
            ", said to be approximate" if row["approximate"] else ""
        )
    if row["status"] != "value":
        return f"no number: the cell is {row['status']}"
    what = f"{plain(row['value'])} ({row['unit'] or 'text'})" if row["value"] is not None else "the text itself"
    start = f" from character {row['char_offset'] + 1} on" if row["char_offset"] else ""
    stored = f"; stored as {found.stored_text}" if found.stored_text else ""
    return f"{what}{start}; {row['treatment'] or 'as printed'}{stored}"


def _cut(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    flat = " ".join(value.split())
    return flat if len(flat) <= _CELL_WIDTH else flat[: _CELL_WIDTH - 1] + "…"
