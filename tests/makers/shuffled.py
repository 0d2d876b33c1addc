"""Invents forms of five families: other synonyms, other column orders, other merges, each with its truth.

The words are those that reports print, collected without a look at `parsers/words/`: a word that the parsers do not
know is missing in the result, never read as another.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from parsers.document import Block, Cell, Document, Paragraph, Place, Table
from parsers.readers.text import read_text

FAMILIES = ("C", "D", "E", "A", "J")
CENT = Decimal("0.01")
TITLES = {
    "project": ["项目支出绩效自评表", "项目绩效自评表", "部门预算项目支出绩效自评表", "财政项目支出绩效自评表"],
    "department": ["部门整体支出绩效自评表", "部门整体绩效自评表", "部门（单位）整体支出绩效自评表"],
}
PERIODS = {
    "initial_budget": ["年初预算数", "年初预算", "年初批复预算", "年初预算安排数"],
    "full_year_budget": ["全年预算数", "调整后预算数", "变动后预算数", "全年预算数（A）"],
    "execution": ["全年执行数", "预算执行数", "执行数", "全年执行数（B）", "实际支出数"],
}
MEASURES = {
    "weight": ["分值", "权重", "指标分值"],
    "rate": ["执行率", "预算执行率", "执行率（B/A）", "预算执行率（%）"],
    "score": ["得分", "自评得分"],
}
COLUMNS = {
    "target": ["年度指标值", "指标值", "预期指标值", "目标值", "年度指标值（A）"],
    "actual": ["实际完成值", "全年实际值", "全年完成值", "完成值", "实际完成值（B）"],
    "weight": ["分值", "权重", "指标分值"],
    "score": ["得分", "自评得分", "指标得分"],
    "reason": ["偏差原因分析及改进措施", "未完成原因和改进措施", "未完成原因分析", "备注"],
    "operator": ["指标性质"],
    "unit": ["度量单位", "计量单位"],
    "criterion": ["评分标准", "指标解释", "评价标准"],
}
FUNDS = {
    "project": [
        ("project_funds_total", ["年度资金总额", "资金总额", "年度资金总额："]),
        ("project_funds_fiscal", ["其中：当年财政拨款", "其中：本年财政拨款", "其中：财政资金"]),
        ("project_funds_carryover", ["上年结转资金", "上年结转"]),
        ("project_funds_other", ["其他资金", "其它资金"]),
    ],
    "sichuan": [
        ("project_funds_total", ["总额"]),
        ("project_funds_fiscal", ["其中：财政资金", "财政资金"]),
        ("project_funds_special_account", ["财政专户管理资金"]),
        ("project_funds_unit", ["单位资金"]),
    ],
    "department": [("funds_total", ["年度资金总额", "部门整体支出总额", "资金总额"])],
}
LEVELS = {
    "A": [
        ("output", "产出指标", [("quantity", "数量指标"), ("quality", "质量指标"), ("timeliness", "时效指标")]),
        ("benefit", "效益指标", [("social", "社会效益指标"), ("economic", "经济效益指标")]),
        ("satisfaction", "满意度指标", [("satisfaction", "服务对象满意度指标")]),
    ],
    "J": [
        ("decision", "投入", [("other", "目标设定"), ("other", "预算配置")]),
        ("process", "过程", [("other", "预算执行"), ("other", "预算管理")]),
        ("output", "产出", [("other", "职责履行")]),
        ("benefit", "效果", [("other", "履职效益")]),
    ],
}
NAMES = [
    "培训人次",
    "新建泵站",
    "巡查次数",
    "设备验收",
    "检查覆盖",
    "宣传活动",
    "受理案件",
    "补助户数",
    "改造校舍",
    "建成大棚",
]
UNITS = ["个", "次", "人次", "户", "台", "座"]


@dataclass
class Truth:
    """What a form must yield."""

    facts: dict[tuple[str, str | None, str], Decimal] = field(default_factory=dict)
    indicators: list[tuple[str, str, str, Decimal | None, Decimal | None, Decimal | None, Decimal | None]] = field(
        default_factory=list
    )
    """level 1, level 2, name, target value, actual value, weight, score"""


@dataclass
class _Box:
    text: str
    height: int = 1
    covered: bool = False


def invent(seed: int) -> tuple[Document, Truth]:
    """One form as a document with real spans, or as the ragged dump of one."""
    rnd = random.Random(seed)
    family = FAMILIES[seed % len(FAMILIES)]
    truth = Truth()
    year = rnd.randint(2019, 2024)
    kind = "project" if family in "CDE" else "department"
    yuan = family == "E" and rnd.random() < 0.5
    rows: list[list[_Box]] = []
    if kind == "project":
        rows.append([_Box("项目名称"), _Box(f"城区管网改造{seed}期")])
        rows.append([_Box("主管部门"), _Box("清河县水务局"), _Box("实施单位"), _Box("清河县水务局水利站")])
    else:
        rows.append([_Box(rnd.choice(["部门名称", "单位名称", "部门（单位）名称"])), _Box("清河县水务局")])
    if family != "J":
        rows += _funds(rnd, family, kind, yuan, truth)
    rows += _indicators(rnd, family, truth)
    caption = "（金额单位：元）" if yuan else rnd.choice(["（金额单位：万元）", "金额单位：万元"])
    head = [f"{year}年度{rnd.choice(TITLES[kind])}", caption]
    if rnd.random() < 0.4:
        return read_text(_dump(head, rows).encode()), truth
    return _spanned(rnd, head, rows), truth


def _worn(rnd: random.Random, text: str) -> str:
    """A label as files print it: cut by a line break, spaced out, or with white space behind it."""
    at = rnd.randrange(1, len(text)) if len(text) > 1 else 0
    return rnd.choice([text] * 5 + [f"{text[:at]}\n{text[at:]}", " ".join(text), f"{text}\u3000"])


def _money(rnd: random.Random) -> Decimal:
    return Decimal(rnd.randint(100, 99999999)).scaleb(-rnd.choice([0, 1, 2, 2, 2])).quantize(CENT, ROUND_HALF_UP)


def _printed(rnd: random.Random, value: Decimal, yuan: bool) -> str:
    shown = value * 10000 if yuan else value
    text = f"{shown:,.2f}" if rnd.random() < 0.4 else f"{shown.normalize():f}"
    return text + ("\u3000" if rnd.random() < 0.1 else "")


def _funds(rnd: random.Random, family: str, kind: str, yuan: bool, truth: Truth) -> list[list[_Box]]:
    names = FUNDS["sichuan" if family == "E" else kind]
    periods = ["full_year_budget", "execution"] + ([] if family == "D" else ["initial_budget"])
    measures = ["rate"] + ([] if family == "D" else ["weight", "score"])
    columns = rnd.sample(periods, len(periods)) + rnd.sample(measures, len(measures))
    if rnd.random() < 0.5:
        rnd.shuffle(columns)
    labels = {c: rnd.choice((PERIODS | MEASURES)[c]) for c in columns}
    corner = "年度预算数" if family == "E" else ""
    rows = [[_Box("预算执行情况", len(names) + 1), _Box(corner), *(_Box(_worn(rnd, labels[c])) for c in columns)]]
    weight = Decimal(10)
    for at, (concept, words) in enumerate(names):
        total = at == 0
        budget, done = _money(rnd), Decimal(0)
        done = (budget * Decimal(rnd.randint(50, 100)) / 100).quantize(CENT, ROUND_HALF_UP)
        rate = (done / budget * 100).quantize(CENT, ROUND_HALF_UP)
        values = {"full_year_budget": budget, "execution": done, "initial_budget": _money(rnd)}
        empty = not total and rnd.random() < 0.3
        cells = [_Box("预算执行情况", covered=True), _Box(_worn(rnd, rnd.choice(words)))]
        for c in columns:
            text = ""
            if c in values and not empty:
                text = _printed(rnd, values[c], yuan)
                truth.facts[concept, None, c] = values[c]
            elif c == "rate" and (total or (rnd.random() < 0.5 and not empty)):
                text = f"{rate}%"
                truth.facts["execution_rate", None if total else concept, "annual"] = rate
            elif c == "weight" and total:
                text = "10"
                truth.facts["execution_weight", None, "annual"] = weight
            elif c == "score" and total:
                score = (rate / 10).quantize(CENT, ROUND_HALF_UP)
                text = str(score)
                truth.facts["execution_score", None, "annual"] = score
            elif c in {"weight", "score"}:
                text = rnd.choice(["", "—", "-"])
            cells.append(_Box(text))
        rows.append(cells)
    return rows


def _indicators(rnd: random.Random, family: str, truth: Truth) -> list[list[_Box]]:
    if family == "J":
        columns = ["criterion", *rnd.sample(["weight", "score"], 2), "reason"]
    elif family == "E":
        columns = (
            rnd.sample(["operator", "target", "unit"], 3) + rnd.sample(["actual", "weight", "score"], 3) + ["reason"]
        )
    else:
        kept = ["target", "actual"] + ([] if family == "D" and rnd.random() < 0.5 else ["weight", "score"])
        columns = [*rnd.sample(kept, len(kept)), "reason"]
    rows = [
        [
            _Box("一级指标"),
            _Box("二级指标"),
            _Box("三级指标"),
            *(_Box(_worn(rnd, rnd.choice(COLUMNS[c]))) for c in columns),
        ]
    ]
    levels = LEVELS["J" if family == "J" else "A"]
    weights, scores = Decimal(0), Decimal(0)
    for code1, raw1, seconds in levels:
        counts = [rnd.randint(1, 3) for _ in seconds]
        for n, (code2, raw2) in enumerate(seconds):
            for k in range(counts[n]):
                name = f"{rnd.choice(NAMES)}{len(rows)}项"
                goal, got = Decimal(rnd.randint(2, 900)), Decimal(rnd.randint(2, 900))
                weight = Decimal(rnd.randint(2, 15))
                score = min(weight, Decimal(rnd.randint(0, 30)) / 2)
                unit, op = rnd.choice(UNITS), rnd.choice(["≥", "=", "≤", ""])
                split = "operator" in columns
                said = {
                    "target": f"{goal:f}" if split else f"{op}{goal:f}{unit}",
                    "actual": f"{got:f}{'' if split else unit}",
                    "operator": op or "=",
                    "unit": unit,
                    "weight": f"{weight:f}",
                    "score": f"{score.normalize():f}",
                    "reason": rnd.choice(["", "", "无", "进度推迟"]),
                    "criterion": "达到标准计满分，每低5%扣1分。",
                }
                weights, scores = weights + weight, scores + score
                has = {c: c in columns for c in ("target", "actual", "weight", "score")}
                truth.indicators.append(
                    (
                        code1, code2, name, goal if has["target"] else None, got if has["actual"] else None,
                        weight if has["weight"] else None, score if has["score"] else None,
                    )
                )  # fmt: skip
                first1, first2 = n == 0 and k == 0, k == 0
                worn1, worn2 = _worn(rnd, raw1), _worn(rnd, raw2)
                rows.append(
                    [
                        _Box(worn1, sum(counts) if first1 else 1, not first1),
                        _Box(worn2, counts[n] if first2 else 1, not first2),
                        _Box(name),
                        *(_Box(said[c]) for c in columns),
                    ]
                )
    if "weight" in columns:
        total = [_Box(rnd.choice(["总分", "合计", "总计"]))]
        if rnd.random() < 0.5:
            total = [*total, _Box(""), _Box("")]
            total += [_Box({"weight": f"{weights:f}", "score": f"{scores.normalize():f}"}.get(c, "")) for c in columns]
            truth.facts["total_weight", None, "annual"] = weights
            truth.facts["total_score", None, "annual"] = scores
            rows.append(total)
    return rows


def _dump(head: list[str], rows: list[list[_Box]]) -> str:
    body = "\n".join("".join(f"\t{'' if box.covered else box.text}\n" for box in row) for row in rows)
    return "\n".join(head) + "\n" + body + "\n"


def _spanned(rnd: random.Random, head: list[str], rows: list[list[_Box]]) -> Document:
    """Every stretch of rows of one length has its own columns on a common grid, as forms drawn by hand have."""
    width = max(map(len, rows)) + rnd.randint(0, 4)
    cells: list[Cell] = []
    widths: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        if len(row) not in widths:
            spare = width - len(row)
            made = [1] * len(row)
            for _ in range(spare):
                made[rnd.randrange(len(made))] += 1
            widths[len(row)] = made
        col = 0
        for box, span in zip(row, widths[len(row)], strict=True):
            if not box.covered:
                place = Place(table=1, row=at + 1, col=col + 1)
                cells.append(Cell(at, col, box.text, place, box.height, span))
            col += span
    blocks: tuple[Block, ...] = (
        *(Paragraph(text, Place(paragraph=n)) for n, text in enumerate(head, start=1)),
        Table(1, tuple(cells), len(rows), width, Place(table=1)),
    )
    return Document("docx", blocks)
