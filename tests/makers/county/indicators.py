"""Indicators of a department or a project: what its kind does, targets near last year's actuals, points by the rule."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_UP, Decimal

from tests.makers.county.model import FEN, Indicator, fen, rule_score
from tests.makers.county.vocabulary import Kind, Task

LEVEL1 = {"output": "产出指标", "benefit": "效益指标", "satisfaction": "满意度指标", "cost": "成本指标"}
LEVEL2 = {
    "quantity": "数量指标",
    "quality": "质量指标",
    "timeliness": "时效指标",
    "cost": "成本指标",
    "economic": "经济效益指标",
    "social": "社会效益指标",
    "sustainability": "可持续影响指标",
    "satisfaction": "服务对象满意度指标",
}
SCHEMES = (
    {"output": 50, "benefit": 30, "satisfaction": 10},
    {"output": 50, "benefit": 30, "satisfaction": 10},
    {"cost": 20, "output": 40, "benefit": 20, "satisfaction": 10},
)
WORDS = ("有效提升", "明显增强", "不断完善", "持续改善", "稳步提高", "进一步优化")
REASONS = (
    "受持续阴雨天气影响，部分任务顺延，下一步倒排工期加快实施",
    "年中政策口径调整，申报对象有所减少，下一步加强政策衔接",
    "合作单位人员变动，进度受到影响，下一步完善协同机制",
    "需求摸底不够精准，目标设置偏高，下一步科学测算目标",
    "物资采购流程延后，实施时间偏晚，下一步提前启动采购",
    "参与对象外出务工较多，组织难度加大，下一步错峰安排",
)


def split(rng: random.Random, points: int, parts: int) -> list[Decimal]:
    """Whole points shared out among rows, none below half an even share."""
    least = max(1, points // parts // 2)
    shares = [least] * parts
    for _ in range(points - least * parts):
        shares[rng.randrange(parts)] += 1
    return [Decimal(share) for share in shares]


def department_rows(
    rng: random.Random, kind: Kind, tasks: Sequence[Task], last: dict[str, Decimal], money: tuple[Decimal, Decimal],
    declared: dict[str, int], year: int, clean: bool,
) -> list[Indicator]:  # fmt: skip
    """The rows of a department. `last` holds last year's actuals by name and is brought up to date; `money` is the
    full-year budget and the execution, for the indicator of cost."""
    output = [_task(rng, task, last) for task in tasks]
    output += [_rate(rng, "quality", kind.quality, last), _rate(rng, "timeliness", kind.timeliness, last)]
    if rng.random() < 0.5:
        output.append(_date("年度重点任务完成时间", rng, year))
    cost = Indicator("output", "cost", "部门整体支出成本控制额", FEN, FEN, "<=", money[0], money[1], "万元")
    rows: list[Indicator] = []
    if "cost" in declared:
        unit_cost = Decimal(rng.randint(6, 40) * 10)
        each = Indicator("cost", "economic", f"{tasks[0].thing}单位管理费用", FEN, FEN, "<=", unit_cost, None, "元")
        rows += [replace(cost, level1="cost", level2="economic"), replace(each, actual=unit_cost - rng.randint(1, 9))]
    else:
        output.append(cost)
    rows += output
    benefits = [_words(rng, "social", kind.social), _words(rng, "sustainability", kind.sustainability)]
    if rng.random() < 0.6:
        benefits.insert(0, _words(rng, "economic", kind.economic))
    rows += benefits
    rows.append(_rate(rng, "satisfaction", f"{kind.beneficiary}满意度", last, level1="satisfaction"))
    rows = weighted(rng, rows, declared)
    return rows if clean else with_misses(rng, rows, last)


def project_rows(
    rng: random.Random, name: str, task: Task, last: dict[str, Decimal], funds: tuple[Decimal, Decimal],
    declared: dict[str, int], year: int,
) -> list[Indicator]:  # fmt: skip
    """The rows of a project: its own object, so that no two projects are measured by the same."""
    rows = [
        _task(rng, task, last),
        _rate(rng, "quality", f"{name}验收合格率", last),
        _date(f"{name}完成时间", rng, year),
        Indicator("output", "cost", f"{name}成本控制额", FEN, FEN, "<=", funds[0], funds[1], "万元"),
        _words(rng, "social", f"{name}社会影响力"),
        _rate(rng, "satisfaction", f"{name}参与对象满意度", last, level1="satisfaction"),
    ]
    return weighted(rng, rows, declared)


def weighted(rng: random.Random, rows: list[Indicator], declared: dict[str, int]) -> list[Indicator]:
    """The rows in the order of their levels, each with a share of the points declared for its level, all given."""
    out = []
    for level, points in declared.items():
        own = [row for row in rows if row.level1 == level]
        for row, weight in zip(own, split(rng, points, len(own)), strict=True):
            out.append(replace(row, weight=weight, score=weight))
    return out


def with_misses(rng: random.Random, rows: list[Indicator], last: dict[str, Decimal]) -> list[Indicator]:
    """One or two targets that were missed, with the points of the rule and the reason; words that were reached in part."""
    open_rows = [at for at, row in enumerate(rows) if row.op == ">=" and row.unit != "%" and (row.target or 0) >= 20]
    out = list(rows)
    for at in rng.sample(open_rows, min(len(open_rows), rng.choice((0, 1, 1, 2)))):
        row = out[at]
        assert row.target is not None
        actual = (row.target * rng.randint(82, 97) / 100).quantize(row.target)
        score = rule_score(row.op, row.target, actual, row.weight)
        if actual < row.target and score < row.weight:
            out[at] = replace(row, actual=actual, score=score, reason=rng.choice(REASONS))
            last[row.name] = actual
    worded = [at for at, row in enumerate(out) if row.target_text in WORDS]
    if worded and rng.random() < 0.4:
        at = rng.choice(worded)
        score = fen(out[at].weight * rng.randint(62, 78) / 100)
        said = "部分达成年度指标并具有一定效果"
        out[at] = replace(out[at], score=score, actual_text=said, reason=rng.choice(REASONS))
    return out


def _task(rng: random.Random, task: Task, last: dict[str, Decimal]) -> Indicator:
    before = last.get(task.name)
    step = Decimal("0.1") if task.high < 100 and "万" in task.unit else Decimal(1)
    if before is None:
        target = Decimal(str(rng.uniform(task.low, task.high))).quantize(step)
    else:
        # never below nine tenths of what was reached before
        target = max((before * rng.randint(94, 103) / 100).quantize(step), (before * 9 / 10).quantize(step, ROUND_UP))
    target = max(target, step)
    actual = (target * rng.choice((100, 100, 102, 104, 107, 111, 116)) / 100).quantize(step)
    if actual * 10 >= target * 13:
        actual = target
    last[task.name] = actual
    return Indicator("output", "quantity", task.name, FEN, FEN, ">=", target, actual, task.unit, verb=task.verb)


def _rate(rng: random.Random, level2: str, name: str, last: dict[str, Decimal], level1: str = "output") -> Indicator:
    before = last.get(name)
    target = Decimal(rng.choice((90, 92, 95, 95, 96, 98)))
    if before is not None and target < before * 9 / 10:
        target = before.quantize(Decimal(1))
    actual = min(Decimal(100), target + rng.choice((0, 1, 1, 2, 2)) + Decimal(rng.randint(0, 9)) / 10)
    last[name] = actual
    return Indicator(level1, level2, name, FEN, FEN, ">=", target, actual, "%")


def _date(name: str, rng: random.Random, year: int) -> Indicator:
    done = f"{year}年{rng.randint(10, 12)}月{rng.randint(1, 28)}日"
    return Indicator("output", "timeliness", name, FEN, FEN, target_text=f"{year}年12月31日前", actual_text=done)


def _words(rng: random.Random, level2: str, name: str) -> Indicator:
    return Indicator("benefit", level2, name, FEN, FEN, target_text=rng.choice(WORDS), actual_text="达成年度指标")
