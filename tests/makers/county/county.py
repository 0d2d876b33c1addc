"""A county's departments over several years: seeded, varied, and consistent from one year to the next."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

from tests.makers.county.indicators import SCHEMES, department_rows, project_rows
from tests.makers.county.ledger import Money, sheet_of
from tests.makers.county.model import (
    ZERO,
    DepartmentYear,
    Footer,
    Funds,
    Goal,
    Indicator,
    Profile,
    ProjectForm,
    ProjectFunds,
    Sheet,
    fen,
    percent,
    plain,
    scored,
    total,
)
from tests.makers.county.prose import narrated
from tests.makers.county.vocabulary import DIVISIONS, Kind, Task, kinds, table

ROOMS = (
    "办公室", "财务股", "人事股", "政策法规股", "业务一股", "业务二股", "综合股", "督查股", "信息股", "项目股", "服务中心",
    "宣传股", "规划股", "监督股", "安全股",
)  # fmt: skip
TEN = Decimal(10)


def county(
    seed: int, departments: int, years: Sequence[int], clean: bool = False, divisions: Sequence[str] = DIVISIONS
) -> list[DepartmentYear]:
    """Reports of `departments` invented departments, each over all years; `clean` without missed targets as well."""
    out: list[DepartmentYear] = []
    for who in profiles(seed, departments, divisions):
        out += _history(who, years, clean)
    return out


def profiles(seed: int, departments: int, named: Sequence[str] = DIVISIONS) -> list[Profile]:
    """Who the departments are: one of each organ in a division, then the next division."""
    rng = random.Random(f"county-{seed}")
    organs = table("organs")
    divisions = [*named]
    rng.shuffle(divisions)
    if departments > len(organs) * len(divisions):
        raise ValueError(f"at most {len(organs) * len(divisions)} departments can be named")
    made: list[Profile] = []
    for division in divisions:
        for row in rng.sample(organs, len(organs)):
            own = rng.sample(ROOMS, rng.randint(3, 8))
            party = "中共" if row["name"].startswith("委") else ""
            alias = row["alias"].replace("县", division[-1])
            full = f"{party}{division}{row['name']}"
            made.append(Profile(division, full, alias, row["kind"], row["class"], rng.randrange(10**9), tuple(own)))
    return made[:departments]


def _history(who: Profile, years: Sequence[int], clean: bool) -> list[DepartmentYear]:
    rng = random.Random(f"department-{who.seed}")
    kind = kinds()[who.kind]
    money = Money.invent(rng, who.kind, kind.specials)
    own = rng.sample(kind.tasks, len(kind.tasks))
    last: dict[str, Decimal] = {}
    reports = []
    for year in years:
        sheet = sheet_of(rng, money, clean)
        reports.append(_report(random.Random(f"{who.seed}-{year}"), who, kind, own, year, sheet, money, last, clean))
    return reports


def _report(
    rng: random.Random, who: Profile, kind: Kind, own: list[Task], year: int, sheet: Sheet, money: Money,
    last: dict[str, Decimal], clean: bool,
) -> DepartmentYear:  # fmt: skip
    funds = _funds(sheet, money)
    declared = rng.choice(SCHEMES)
    # three or four of the department's tasks in turn; the rest measure its projects
    count = rng.choice((3, 4)) if rng.random() < 0.7 else 4
    turn = year % 2
    tasks = [own[(turn + at) % 5] for at in range(count)]
    rows = department_rows(rng, kind, tasks, last, (funds.full_year, funds.execution), declared, year, clean)
    with_projects = clean or who.seed % 4 != 0
    report = DepartmentYear(
        who=who,
        year=year,
        sheet=sheet,
        funds=funds,
        personnel=money.personnel,
        public=sheet.final("public_expense_total"),
        fixed_assets=fen(rng.uniform(8, 900)),
        declared={name: Decimal(points) for name, points in declared.items()},
        indicators=tuple(rows),
        goals=goals_of(rng, rows),
        total_score=ZERO,
        grade="",
        projects=_projects(rng, sheet, kind, own[5:], year, last) if with_projects else (),
        footer=Footer(
            f"示例员{rng.choice('甲乙丙丁戊己庚辛')}",
            f"{year + 1}年{rng.randint(2, 4)}月{rng.randint(1, 28)}日",
            f"0000-{rng.randint(1000000, 9999999)}",
            f"示例长{rng.choice('甲乙丙丁戊己庚辛')}",
        ),
        published=f"{year + 1}年{rng.randint(5, 6)}月{rng.randint(1, 28)}日",
        clean=clean,
    )
    return narrated(scored(report))


def _funds(sheet: Sheet, money: Money) -> Funds:
    project = sheet.final("project_expenditure_total")
    basic = money.personnel + sheet.final("public_expense_total")
    execution = basic + project
    rate = percent(execution, money.full_year)
    return Funds(
        money.initial, money.full_year, execution, TEN, rate, fen(rate / 10),
        money.full_year if money.on_budget else execution, ZERO, ZERO, ZERO, basic, project,
    )  # fmt: skip


def goals_of(rng: random.Random, rows: list[Indicator]) -> tuple[Goal, ...]:
    """Three or four goals, each answered with the words and the figure of its indicator."""
    counted = [row for row in rows if row.level2 == "quantity"]
    forms = ("完成{}年度任务", "扎实推进{}工作", "持续抓好{}", "切实做好{}工作", "统筹安排{}")
    done = ("全年{}{}{}，目标已完成", "已组织{}{}{}", "全年累计{}{}{}", "实际{}{}{}")
    short = ("全年{}{}{}，部分任务结转下一年度", "实际{}{}{}，尚有部分任务未完成")
    goals = []
    for row in counted:
        said = rng.choice(done if row.met else short).format(row.verb, row.name.removeprefix(row.verb), amount(row))
        goals.append(Goal(rng.choice(forms).format(row.name), said))
    return tuple(goals)


def amount(row: Indicator) -> str:
    """The actual of a numeric indicator with its unit."""
    assert row.actual is not None
    return plain(row.actual) + row.unit


def _projects(
    rng: random.Random, sheet: Sheet, kind: Kind, tasks: list[Task], year: int, last: dict[str, Decimal]
) -> tuple[ProjectForm, ...]:
    """A form for every project of the base data sheet; their executions make its project expenditure."""
    named = {"project_business_work": "业务工作经费", "project_operation_maintenance": "运行维护经费"}
    lines = [(named.get(x.concept) or str(x.item), x) for x in sheet.lines if x.concept in named or x.item]
    forms = []
    for at, (name, line) in enumerate((name, line) for name, line in lines if line.final):
        assert line.budget is not None
        assert line.final is not None
        task = tasks[at] if at < len(tasks) else Task("组织", f"{name}实施", "批次", 4, 24)
        forms.append(_project(rng, name, task, line.budget, line.final, year, last))
    return tuple(forms)


def _project(
    rng: random.Random, name: str, task: Task, budget: Decimal, execution: Decimal, year: int, last: dict[str, Decimal]
) -> ProjectForm:
    declared = {"output": 50, "benefit": 30, "satisfaction": 10}
    before = fen(budget * rng.choice((0, 0, 0, 1)) * rng.randint(2, 9) / 100)
    rows = (
        ProjectFunds("project_funds_total", budget, budget, execution),
        ProjectFunds("project_funds_fiscal", budget - before, budget - before, execution - before),
        ProjectFunds("project_funds_carryover", before, before, before),
        ProjectFunds("project_funds_other", ZERO, ZERO, ZERO),
    )
    rate = percent(execution, budget)
    score = fen(rate / 10)
    indicators = tuple(project_rows(rng, name, task, last, (budget, execution), declared, year))
    goal = Goal(
        rng.choice(("完成{}年度实施内容", "按期实施{}", "保障{}顺利开展")).format(name),
        rng.choice(("{}已按计划实施，{}", "全年推进{}，{}", "{}实施完毕，{}")).format(
            name, indicators[0].name + amount(indicators[0])
        ),
    )
    return ProjectForm(
        name, rows, TEN, rate, score, {name: Decimal(points) for name, points in declared.items()}, (goal,),
        indicators, total(indicators, score),
    )  # fmt: skip
