"""Findings on a terminal: a heading a department and year, then a block a finding."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from rich.console import Console
from rich.text import Text

from pipeline.letters.letter import CLASS, MARK, numbers_of, quote_of
from pipeline.wording import counted
from warehouse.findings import SEVERITIES, Finding

_STYLES = {"high": "bold red", "medium": "yellow", "low": "cyan", "info": "dim"}
_SHOWN_QUOTES = 4


def show_findings(out: Console, found: list[Finding]) -> None:
    """Print the findings with their numbers and places, and how many there are of each severity."""
    for (year, _, name), group in groupby(found, key=lambda f: (f.fiscal_year, f.dept_id, f.dept_name)):
        out.print(Text(f"{name or '（未标明单位）'} · {year or '年度不明'}", style="bold"))
        for f in group:
            _show(out, f)
        out.print()
    counts = Counter(f.severity for f in found)
    told = ", ".join(f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity])
    out.print(f"{counted(len(found), 'finding')}: {told}" if found else "no findings")


def _show(out: Console, f: Finding) -> None:
    head = Text("  ")
    head.append(f"{f.severity:<6}", style=_STYLES[f.severity]).append(f" {f.check_code} ", style="bold").append(f.title)
    if f.project_name:
        head.append(f"（{f.project_name}）")
    out.print(head, soft_wrap=True)
    out.print(Text(f"         {f.message}"), soft_wrap=True)
    numbers = numbers_of(f)
    if numbers:
        out.print(Text(f"         {numbers}", style="dim"), soft_wrap=True)
    for evidence in f.evidence[:_SHOWN_QUOTES]:
        quote = quote_of(evidence)
        out.print(Text(f"         {quote if len(quote) <= 160 else quote[:159] + '…'}", style="dim"), soft_wrap=True)
    if len(f.evidence) > _SHOWN_QUOTES:
        out.print(Text(f"         … {counted(len(f.evidence) - _SHOWN_QUOTES, 'more place')}", style="dim"))
    mark = f" · {MARK.get(f.mark, f.mark)}{'：' + f.mark_note if f.mark_note else ''}" if f.mark else ""
    out.print(Text(f"         {CLASS[f.check_class]} · {f.finding_id}{mark}", style="dim"))
