"""A letter to a department: what was compared, what did not agree, where it stands, and what is asked.

The same content is written as Markdown, HTML and Word. The wording is neutral: a finding is a matter to be verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from warehouse.findings import Finding
from warehouse.query import plain

SEVERITY = {"high": "重点核实事项", "medium": "一般核实事项", "low": "提示事项", "info": "参考信息"}
CLASS = {"E": "计算核对", "C": "前后核对", "R": "规定核对", "S": "风险提示", "-": "说明"}
MARK = {"confirmed": "属实", "explained": "已说明", "false_alarm": "误报"}
_NUMERALS = "一二三四五六七八九十"
_PLACES = (
    ("page", "第{}页"),
    ("table_no", "第{}表"),
    ("row_no", "第{}行"),
    ("col_no", "第{}列"),
    ("line_no", "（文本第{}行）"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One finding in words."""

    title: str
    message: str
    numbers: str | None
    """Both numbers, difference and tolerance; None for a finding without numbers."""
    rule: str
    quotes: list[str]
    """Places with the printed text."""
    mark: str | None
    finding_id: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What one department is asked about one year."""

    title: str
    addressee: str
    opening: str
    parts: list[tuple[str, list[Item]]]
    """Headings (一、重点核实事项) with their items."""
    closing: str


def letters(found: list[Finding]) -> list[Letter]:
    """One letter a department and year, in the order of the findings."""
    return [_letter(list(group)) for _, group in groupby(found, key=lambda f: (f.fiscal_year, f.dept_id, f.dept_name))]


def place_of(evidence: dict[str, object]) -> str:
    """A place in words: 文件 第3页 第2表第5行第4列."""
    where = "".join(words.format(evidence[name]) for name, words in _PLACES if evidence.get(name) is not None)
    return f"{evidence['source_file']} {where}".strip()


def quote_of(evidence: dict[str, object]) -> str:
    """A place with the label and the text printed there."""
    text = " ".join(str(evidence.get("raw_text") or "").split())
    label = " ".join(str(evidence.get("label") or "").split())
    said = f"{label}：{text or '（空白）'}" if label and label != text else (text or "（空白）")
    return f"{place_of(evidence)}　{said}"


def _letter(found: list[Finding]) -> Letter:
    first = found[0]
    name = first.dept_name or "（未标明单位名称）"
    year = f"{first.fiscal_year}年度" if first.fiscal_year else ""
    files = "、".join(f"《{file}》" for file in dict.fromkeys(str(e["source_file"]) for f in found for e in f.evidence))
    parts = [
        (f"{_NUMERALS[at]}、{SEVERITY[severity]}（{len(items)}项）", items)
        for at, (severity, items) in enumerate(_by_severity(found))
    ]
    return Letter(
        title=f"关于{year}绩效自评公开材料有关事项的核实函",
        addressee=f"{name}：",
        opening=(
            f"对你单位公开的{year}绩效自评材料{f'（{files}）' if files else ''}进行了核对，"
            f"共有{len(found)}项需要核实或说明。"
            "所列数字均摘自公开材料，并注明出处；计算结果与所列数字分别列示。"
        ),
        parts=parts,
        closing="请对以上事项予以核实；属于笔误或口径不同的，请说明情况并提供依据。本函所列为待核实事项，不作为结论。",
    )


def _by_severity(found: list[Finding]) -> Iterator[tuple[str, list[Item]]]:
    for severity, group in groupby(found, key=lambda f: f.severity):
        yield severity, [_item(finding) for finding in group]


def _item(f: Finding) -> Item:
    mark = f"{MARK.get(f.mark, f.mark)}{f'：{f.mark_note}' if f.mark_note else ''}" if f.mark else None
    project = f"（项目：{f.project_name}）" if f.project_name else ""
    return Item(
        f"{f.title}{project}", f.message, numbers_of(f), f"{CLASS[f.check_class]}：{f.rule}",
        [quote_of(e) for e in f.evidence], mark, f.finding_id,
    )  # fmt: skip


def numbers_of(f: Finding) -> str | None:
    """Both numbers in words: 所列 6.48，核对 6.38，相差 0.1（容差 0.015）; None for a finding without numbers."""
    if f.actual is None and f.expected is None:
        return None
    named = (("所列", f.actual), ("核对", f.expected), ("相差", f.difference))
    tolerance = f"（容差 {plain(f.tolerance)}）" if f.tolerance is not None else ""
    return "，".join(f"{word} {plain(value)}" for word, value in named if value is not None) + tolerance
