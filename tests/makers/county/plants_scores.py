"""Errors in indicators, points and grades."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from tests.makers.county.indicators import REASONS, WORDS
from tests.makers.county.model import DepartmentYear, Indicator, fen, grade_of, rule_score, scored
from tests.makers.county.planting import (
    UnfitError,
    is_count,
    planted,
    row_of,
    with_row,
)
from tests.makers.county.prose import narrated

Maybe = DepartmentYear | None


def missed(row: Indicator, rng: random.Random) -> Indicator:
    """The row with a target that was missed by a fifth or more, points by the rule, a reason."""
    assert row.target is not None
    actual = (row.target * rng.randint(70, 80) / 100).quantize(row.target)
    score = rule_score(row.op, row.target, actual, row.weight)
    return replace(row, actual=actual, score=score, reason=rng.choice(REASONS))


def full(row: Indicator) -> bool:
    """True where the row has all its points."""
    return row.score == row.weight


@planted("SCO-01", may=("SCO-07",))
def too_many_points(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """An indicator has more points than its weight; the total agrees."""
    row = row_of(report, rng, full)
    return with_row(report, row, replace(row, score=row.weight + 2))


@planted("SCO-02", may=("SCO-17",))
def total_score(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The stated total is less than its parts; prose and grade follow it."""
    score = report.total_score - rng.randint(2, 4)
    return narrated(replace(report, total_score=score, grade=grade_of(score)))


@planted("SCO-03", "SCO-05", may=("SCO-17",))
def weights(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """A row and its level declare fewer points, so that all weights make less than 100."""
    row = row_of(report, rng, lambda row: full(row) and row.weight > 3)
    less = replace(row, weight=row.weight - 2, score=row.weight - 2)
    declared = {**report.declared, row.level1: report.declared[row.level1] - 2}
    return with_row(replace(report, declared=declared), row, less)


@planted("SCO-04")
def moved_weight(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """Two points of a row of output stand in a row of benefit: the levels differ from what they declare, not the sum."""
    giver = row_of(report, rng, lambda row: row.level1 == "output" and full(row) and row.weight > 3)
    taker = row_of(report, rng, lambda row: row.level1 == "benefit" and full(row))
    changed = with_row(report, giver, replace(giver, weight=giver.weight - 2, score=giver.score - 2))
    return with_row(changed, taker, replace(taker, weight=taker.weight + 2, score=taker.score + 2))


@planted("SCO-05", "SCO-04")
def declared_weight(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """A level declares more points than its rows have."""
    return replace(report, declared={**report.declared, "benefit": report.declared["benefit"] + 5})


@planted("SCO-06")
def execution_points(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The points for the execution are two less than the rate gives; the total agrees."""
    funds = replace(report.funds, score=report.funds.score - 2)
    return narrated(scored(replace(report, funds=funds)))


@planted("SCO-08", may=("SCO-10",))
def inflated(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """A target was missed and has all its points."""
    row = row_of(report, rng, is_count)
    return with_row(report, row, replace(missed(row, rng), score=row.weight))


@planted("SCO-10", may=("IND-04",))
def off_rule(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """A missed target has far fewer points than the rule gives, with a reason."""
    row = row_of(report, rng, lambda row: is_count(row) and row.weight >= 4)
    short = missed(row, rng)
    return with_row(report, row, replace(short, score=fen(short.score / 3)))


@planted("SCO-11", may=("IND-04",))
def unexplained(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """Points were lost and no reason is given."""
    row = row_of(report, rng, is_count)
    return with_row(report, row, replace(missed(row, rng), reason=""))


@planted("SCO-12", may=("IND-04", "SCO-09"))
def outside_band(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """An effect was reached in part and has the points of one that was reached."""
    row = row_of(report, rng, lambda row: row.target_text in WORDS)
    part = replace(row, actual_text="部分达成年度指标并具有一定效果", reason=rng.choice(REASONS))
    return with_row(report, row, replace(part, score=fen(row.weight * Decimal("0.95"))))


@planted("SCO-13")
def grade(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The grade is one below that of the score."""
    return narrated(replace(report, grade={"优": "良", "良": "中", "中": "差", "差": "中"}[report.grade]))


@planted("SCO-15")
def score_in_prose(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The prose states another score than the form, of the same grade."""
    score = report.total_score - Decimal("0.8")
    if grade_of(score) != report.grade:
        score = report.total_score + Decimal("0.8")
    wrong = narrated(replace(report, total_score=score)).sections
    return replace(report, sections=wrong)


@planted("IND-01", may=("XNT-07", "SCO-07"))
def no_actual(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """An indicator has points but no actual."""
    row = row_of(report, rng, is_count)
    return with_row(report, row, replace(row, actual=None), narrate=False)


@planted("IND-02")
def no_target(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """An indicator has an actual and points but no target."""
    row = row_of(report, rng, lambda row: row.target_text in WORDS)
    return with_row(report, row, replace(row, target_text=""))


@planted("IND-03")
def units(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """Target and actual of an indicator count different things."""
    row = row_of(report, rng, is_count)
    return with_row(report, row, replace(row, target_unit="吨" if row.unit != "吨" else "台"))


@planted("IND-04")
def short(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """A target was missed; points and reason are as they should be."""
    row = row_of(report, rng, is_count)
    return with_row(report, row, missed(row, rng))


@planted("IND-05", may=("IND-10",))
def exceeded(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """More than twice the target was reached, without a word."""
    row = row_of(report, rng, is_count)
    assert row.target is not None
    return with_row(report, row, replace(row, actual=row.target * 2 + rng.randint(5, 9)))


@planted("IND-06")
def echoed(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The actual of an effect repeats the words of its target."""
    row = row_of(report, rng, lambda row: row.target_text in WORDS and full(row))
    return with_row(report, row, replace(row, actual_text=row.target_text))


@planted("IND-07")
def no_unit(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """A target is a number without a unit."""
    row = row_of(report, rng, is_count)
    return with_row(report, row, replace(row, target_unit=""))


@planted("IND-13", may=("XNT-07", "XNT-10"))
def twice(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """One indicator stands twice in a form, with its own weight each time."""
    row = row_of(report, rng, is_count)
    second = row_of(report, rng, lambda each: each.level2 == "quantity" and each is not row and full(each))
    return with_row(report, second, replace(row, weight=second.weight, score=second.weight))


@planted("IND-15")
def late(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """A task was done after its date, has all its points and a reason."""
    row = row_of(report, rng, lambda row: row.target_text.endswith("日前"))
    done = f"{report.year + 1}年{rng.randint(1, 3)}月{rng.randint(1, 28)}日"
    return with_row(report, row, replace(row, actual_text=done, reason=rng.choice(REASONS)))


@planted("RAT-07")
def above_all(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """More than all were satisfied."""
    row = row_of(report, rng, lambda row: row.level2 == "satisfaction")
    return with_row(report, row, replace(row, actual=Decimal(rng.randint(103, 108))))


@planted("XNT-07", may=("IND-10",))
def other_figure(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The form gives more of an output than prose and goals do."""
    row = row_of(report, rng, is_count)
    assert row.target is not None
    assert row.actual is not None
    more = (row.target * Decimal("1.25")).quantize(row.target)
    if more <= row.actual:
        raise UnfitError("no room above the actual")
    return with_row(report, row, replace(row, actual=more), narrate=False)


@planted("TRD-07", needs="last", may=("TRD-08",))
def same_indicators(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """The indicators are last year's with their targets and actuals."""
    if other is None:
        raise UnfitError("last year's report is needed")
    mine = {row.name: row for row in report.indicators}
    own = ("部门整体支出成本控制额", "年度重点任务完成时间")
    rows = []
    for row in other.indicators:
        kept = mine.get(row.name) if row.name in own else None
        if row.name in own and kept is None:
            values = (report.funds.full_year, report.funds.execution) if row.target is not None else (None, None)
            kept = replace(
                row, target=values[0], actual=values[1],
                target_text=row.target_text.replace(str(other.year), str(report.year)),
                actual_text=row.actual_text.replace(str(other.year), str(report.year)),
            )  # fmt: skip
        if kept:
            row = replace(kept, level1=row.level1, level2=row.level2, weight=row.weight, score=row.score)
        rows.append(row)
    changed = replace(report, indicators=tuple(rows), declared=other.declared, goals=other.goals)
    return narrated(scored(changed))


@planted("REV-02", "REV-01", may=("SCO-07", "SCO-09"))
def revised_score(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """A second version of the report: points and total are lower, no fact has changed."""
    row = row_of(report, rng, lambda row: full(row) and row.weight > 4)
    lower = replace(row, score=row.weight - 2, reason=rng.choice(REASONS))
    return replace(with_row(report, row, lower, narrate=False), note="（更正）")


@planted("REV-01")
def revised(report: DepartmentYear, rng: random.Random, other: Maybe) -> DepartmentYear:
    """A second version of the report with other fixed assets and another procurement."""
    line = report.sheet.line("government_procurement")
    assert line.final is not None
    assert line.budget is not None
    fewer = replace(line, final=fen(line.final * Decimal("0.9")), budget=fen(line.budget * Decimal("0.95")))
    changed = replace(report, sheet=report.sheet.with_line(fewer), fixed_assets=report.fixed_assets + 12)
    return replace(narrated(changed), note="（更正）")
