"""The report in prose: ten sections whose every figure is one of the tables, in words that differ by report."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from tests.makers.county.model import DepartmentYear, Indicator, Section, percent, plain
from tests.makers.county.vocabulary import difficulties, kinds, table

NIL = "无此项支出。"


def narrated(report: DepartmentYear) -> DepartmentYear:
    """The report with the prose that its tables ask for; the same for the same report."""
    return replace(report, sections=_Writer(report).sections())


class _Writer:
    def __init__(self, report: DepartmentYear) -> None:
        self.report = report
        self.rng = random.Random(f"prose-{report.who.seed}-{report.year}")
        self.kind = kinds()[report.who.kind]
        self.pool: dict[str, list[str]] = {}
        for row in table("sentences"):
            self.pool.setdefault(row["topic"], []).append(row["text"])
        for topic in sorted(self.pool):
            self.rng.shuffle(self.pool[topic])

    def say(self, topic: str) -> str:
        """Another sentence of a topic, about one of the things that the department does."""
        texts = self.pool[topic]
        texts.append(texts.pop(0))
        return texts[-1].format(thing=self.rng.choice(self.kind.tasks).thing)

    def sections(self) -> tuple[Section, ...]:
        found = self.rng.sample(difficulties(), self.rng.randint(2, 4))
        fund = self.report.funds.government_fund
        fund_said = (
            f"{self.report.year}年政府性基金预算支出{plain(fund)}万元，全部用于{self.rng.choice(self.kind.specials)}。"
        )
        return (
            Section("部门（单位）基本情况", self.overview()),
            Section("一般公共预算支出情况", self.spending()),
            Section("政府性基金预算支出情况", (fund_said if fund else NIL,)),
            Section("国有资本经营预算支出情况", (NIL,)),
            Section("社会保险基金预算支出情况", (NIL,)),
            Section("部门整体支出绩效情况", self.performance()),
            Section(
                "存在的问题及原因分析",
                (
                    "（一）存在的主要问题",
                    *_numbered(each.problem for each in found),
                    "（二）原因分析",
                    *_numbered(each.reason for each in found),
                ),
            ),
            Section("下一步改进措施", _numbered(each.measure for each in found)),
            Section("部门整体支出绩效自评结果拟应用和公开情况", _numbered(self.say("apply") for _ in range(3))),
            Section("其他需要说明的情况", ("无。",)),
        )

    def overview(self) -> tuple[str, ...]:
        who, sheet = self.report.who, self.report.sheet
        does = self.rng.sample(self.kind.tasks, self.rng.randint(4, 6))
        verbs = ("承担{}职责", "组织{}", "负责{}", "统筹{}", "指导{}相关事务")
        duties = "；".join(self.rng.choice(verbs).format(task.thing) for task in does)
        opening = self.rng.choice(("主要职责包括：", "主要承担以下工作：", "按照机构职能规定，主要任务为："))
        rooms = f"{who.alias}设置{len(who.rooms)}个内设机构，分别为{'、'.join(who.rooms)}。"
        staff = f"人员编制{sheet.staff_authorized}个，实有人数{sheet.staff_actual}人。"
        return (
            "（一）单位基本情况",
            f"{who.name}（以下简称{who.alias}）面向{self.kind.beneficiary}履行公共管理与服务职能。{opening}{duties}。",
            "（二）机构设置与人员情况",
            rooms + staff,
        )

    def spending(self) -> tuple[str, ...]:
        report = self.report
        basic, project = plain(report.funds.basic), plain(report.funds.project)
        parts = self.rng.sample(("基本工资", "津贴补贴", "社会保障缴费", "住房公积金", "绩效奖励", "离退休人员费用"), 4)
        daily = self.rng.sample(("办公费", "印刷费", "邮电费", "差旅费", "维修费", "培训费", "物业管理费", "劳务费"), 4)
        aims = self.rng.sample(self.kind.tasks, 3)
        return (
            "（一）基本支出情况",
            f"{report.year}年全年基本支出{basic}万元，其中人员经费{plain(report.personnel)}万元，"
            f"公用经费{plain(report.public)}万元。",
            f"人员经费主要用于{'、'.join(parts)}等；公用经费主要用于{'、'.join(daily)}等。{self.compared()}",
            "（二）项目支出情况",
            f"{report.year}年全年项目支出{project}万元，主要用于{'、'.join(task.thing for task in aims)}等方面。",
        )

    def compared(self) -> str:
        """How public expense and the three kinds of public consumption moved against the year before."""
        sheet = self.report.sheet
        public = _moved("公用经费", sheet.line("public_expense_total").prior, self.report.public)
        whole = sheet.line("three_public_total").final
        said = f"“三公”经费支出{plain(whole or Decimal(0))}万元，"
        return public + said + _moved("", sheet.line("three_public_total").prior, whole)

    def performance(self) -> tuple[str, ...]:
        report, funds = self.report, self.report.funds
        basic, project = plain(funds.basic), plain(funds.project)
        score = f"部门整体支出绩效自评得分{plain(report.total_score)}分，自评等级为“{report.grade}”。"
        opening = self.rng.choice(
            (
                "{year}年，{alias}认真履行各项工作职责，{score}",
                "{year}年，{alias}围绕年度目标有序推进各项工作，{score}",
                "对照年初设定的绩效目标，{alias}组织开展{year}年度自评，{score}",
            )
        ).format(year=report.year, alias=report.who.alias, score=score)
        whole = (
            f"本年整体支出总计为{plain(funds.execution)}万元。其中基本支出{basic}万元，"
            f"占本年整体支出的{percent(funds.basic, funds.execution)}%，人员经费支出{plain(report.personnel)}万元，"
            f"占基本支出的{percent(report.personnel, funds.basic)}%，公用经费支出{plain(report.public)}万元，"
            f"占基本支出的{percent(report.public, funds.basic)}%；项目支出{project}万元，"
            f"占本年整体支出的{percent(funds.project, funds.execution)}%。"
        )
        changed = (
            ""
            if funds.initial == funds.full_year
            else "年中预算按规定程序办理了追加，相应调整事项已在基础数据表中列示。"
        )
        managed = "；".join(self.say("budget") for _ in range(self.rng.randint(3, 5)))
        assets = "，".join(self.say("assets") for _ in range(2))
        return (
            opening,
            "（一）部门整体支出情况分析",
            whole,
            "（二）预算财务管理情况分析",
            f"{managed}。{changed}",
            "（三）固定资产管理情况分析",
            f"{report.year}年末固定资产合计{plain(report.fixed_assets)}万元，{assets}。",
            "（四）履职产出效益方面",
            *self.outputs(),
        )

    def outputs(self) -> tuple[str, ...]:
        """What was done, with the actual of every numeric indicator of the department and its projects."""
        rows = [row for row in self.report.indicators if row.numeric and row.level2 not in {"satisfaction", "cost"}]
        rows = [row for row in rows if row.unit != "万元"]
        self.rng.shuffle(rows)
        items = []
        while rows:
            some = [rows.pop() for _ in range(min(len(rows), self.rng.randint(1, 2)))]
            said = "，".join(self.figure(row) for row in some)
            items.append(f"{self.say('theme')}。{said}，{self.say('tail')}")
        for project in self.report.projects:
            done = project.indicators
            said = "，".join(self.figure(row) for row in done if row.numeric and row.unit != "万元")
            items.append(f"{project.name}全年执行{plain(project.total.execution)}万元，{said}")
        asked = self.rng.randint(120, 900)
        valid = asked - self.rng.randint(1, 30)
        happy = next(row for row in self.report.indicators if row.level2 == "satisfaction")
        survey = f"组织问卷调查，发放问卷{asked}份，回收有效样本{valid}份，{happy.name}为{plain(happy.actual or 0)}%"
        return (*_numbered(items), f"{survey}。{self.say('tail')}。")

    def figure(self, row: Indicator) -> str:
        value = plain(row.actual or 0)
        if row.unit == "%" or not row.verb:
            return f"{row.name}为{value}{row.unit}"
        return f"{self.say('lead')}{row.name}{value}{row.unit}"


def _numbered(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{at}.{text}。" for at, text in enumerate(texts, start=1))


def _moved(what: str, before: Decimal | None, now: Decimal | None) -> str:
    """A sentence with difference and percentage; nothing where either amount is missing or they are equal."""
    if not before or now is None or now == before:
        return f"{what}与上年持平。"
    more = now > before
    verbs = ("增加", "增长") if more else ("减少", "下降")
    return f"{what}比上年{verbs[0]}{plain(abs(now - before))}万元，{verbs[1]}{percent(abs(now - before), before)}%。"
