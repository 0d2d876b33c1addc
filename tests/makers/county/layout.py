"""A report as paragraphs and tables, in the layout and the words of its style: what the three writers print."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.makers.county.indicators import LEVEL1, LEVEL2
from tests.makers.county.model import DepartmentYear, Indicator, Line, ProjectForm, plain
from tests.makers.layouts import LaidCell, LaidTable

DASH = "——"
NUMERALS = "一二三四五六七八九十"
FOOTER = "合成示例数据：本报告的单位、人员和数字均为虚构，仅用于演示。"
Cells = Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Style:
    """The words and the order of columns of one report."""

    level: str
    name_label: str
    weight: str
    score: str
    target: str
    actual: str
    reason: str
    full_year: str
    execution: str
    reception: str
    overseas: str
    vehicle: str
    business: str
    maintenance: str
    expected: str
    total: str
    weight_first: bool
    thousands: bool
    zero: str
    least: str

    @classmethod
    def of(cls, report: DepartmentYear) -> Style:
        """The style of a report: that of its department, as a department fills the same template each year."""
        pick = random.Random(f"style-{report.who.seed}").choice
        level = {"县": "县级", "区": "区级", "市": "市级"}[report.who.division[-1]]
        level = report.level_word or level
        return cls(
            level=level,
            name_label=_name_label(pick, report, level),
            weight=pick(("分值", "权重", "指标分值")),
            score=pick(("得分", "自评得分")),
            target=pick(("年度指标值", "指标值", "预期指标值", "目标值")),
            actual=pick(("实际完成值", "全年完成值", "完成值", "全年实际值")),
            reason=pick(("偏差原因分析及改进措施", "未完成原因分析", "未完成原因和改进措施")),
            full_year=pick(("全年预算数", "调整后预算数", "变动后预算数", "全年预算数（A）")),
            execution=pick(("全年执行数", "预算执行数", "全年执行数（B）")),
            reception=pick(("3、公务接待", "3、公务接待费")),
            overseas=pick(("2、出国经费", "2、因公出国（境）费")),
            vehicle=pick(("1、公务用车购置和维护经费", "1、公务用车购置及运行维护费")),
            business=pick(("1、业务工作经费", "1、业务工作专项")),
            maintenance=pick(("2、运行维护经费", "2、运行维护专项")),
            expected=pick(("预期目标", "年初设定目标")),
            total=pick(("总分", "合计")),
            weight_first=pick((False, False, True)),
            thousands=pick((False, False, True)),
            zero=pick(("0", "0.00", "0")),
            least=pick(("≥", "≥", "⩾", "不少于")),
        )

    def money(self, value: Decimal | None) -> str:
        """An amount as this department prints it."""
        if value is None:
            return DASH
        if not value:
            return self.zero
        return f"{value:,.2f}" if self.thousands else plain(value)


def _name_label(pick: Callable[[Sequence[str]], str], report: DepartmentYear, level: str) -> str:
    """Label of the department's name; a township has no word of its own for its level."""
    labels = ["部门（单位）名称", "预算单位名称", "单位名称"]
    if report.who.kind != "township":
        labels.append(f"{level}预算部门名称")
    found = pick(labels)
    return f"{level}预算部门名称" if report.level_word else found


def blocks_of(report: DepartmentYear) -> list[str | LaidTable]:
    """The whole report."""
    style = Style.of(report)
    out: list[str | LaidTable] = []
    if "sheet" in report.parts:
        out += ["附件1", f"{report.year}年度部门整体支出绩效评价基础数据表", _sheet(report, style), *_signed(report)]
    if "form" in report.parts:
        out += ["附件2", f"{report.year}年度部门整体支出绩效自评表", _evaluation(report, style)]
    for project in report.projects:
        out += [
            "附件3", f"{report.year}年度项目支出绩效自评表", "（金额单位：万元）", _project(report, project, style),
        ]  # fmt: skip
    if "prose" in report.parts:
        out.append(f"{report.title_year or report.year}年度{report.who.name}整体支出绩效自评报告{report.note}")
        for at, section in enumerate(report.sections):
            numeral = str(at + 1) if report.odd_numeral == at + 1 else NUMERALS[at]
            out += [f"{numeral}、{section.heading}", *section.paragraphs]
        out += [text for text in (report.who.name, report.published) if text]
    return [*out, FOOTER]


def _signed(report: DepartmentYear) -> tuple[str, str]:
    note = "说明：“项目支出”需要填报基本支出以外的所有项目支出情况，“公用经费”填报基本支出中的一般商品和服务支出。"
    who = report.footer
    fields = (
        f"填表人：{who.filled_by}", f"填报日期：{who.filled_on}", f"联系电话：{who.phone}",
        f"单位负责人签字：{who.signed_by}",
    )  # fmt: skip
    return note, "        ".join(fields)


def _sheet(report: DepartmentYear, style: Style) -> LaidTable:
    sheet, year = report.sheet, report.year
    rows: list[Cells] = [
        [("财政供养人员情况（人）", 1), ("编制数", 2), (f"{year}年实际在职人数", 2), ("控制率", 2)],
        [("", 1), (str(sheet.staff_authorized), 2), (str(sheet.staff_actual), 2), (f"{plain(sheet.control_rate)}%", 2)],
        [("经费控制情况（万元）", 1), (f"{year - 1}年决算数", 2), (f"{year}年预算数", 2), (f"{year}年决算数", 2)],
    ]
    labels = {
        "three_public_total": "三公经费", "official_vehicle_total": style.vehicle,
        "official_vehicle_purchase": "其中：公车购置", "official_vehicle_operation": "公车运行维护",
        "overseas_travel": style.overseas, "official_reception": style.reception,
        "project_expenditure_total": "项目支出：", "project_business_work": style.business,
        "project_operation_maintenance": style.maintenance,
        "project_special_fund": f"3、{style.level}专项资金（一个专项一行）", "public_expense_total": "公用经费",
        "public_expense_office": "其中：办公经费", "public_expense_utilities_travel": "水费、电费、差旅费",
        "public_expense_meeting_training": "会议费、培训费", "government_procurement": "政府采购金额",
        "basic_expenditure_budget_adjustment": "部门基本支出预算调整",
    }  # fmt: skip
    rows += [_row(line, line.item or labels[line.concept], style) for line in sheet.lines]
    heads = ("批复规模（㎡）", "实际规模（㎡）", "规模控制率", "预算投资（万元）", "实际投资（万元）", "投资概算控制率")
    rows.append([(f"楼堂馆所控制情况（{year}年完工项目）", 1), *((head, 1) for head in heads)])
    built = sheet.building
    texts = ["无"] * 6
    if built is not None:
        texts = [
            plain(built.approved_area), plain(built.actual_area), f"{plain(built.area_rate)}%",
            style.money(built.budget), style.money(built.actual), f"{plain(built.investment_rate)}%",
        ]  # fmt: skip
    rows += [[("", 1), *((text, 1) for text in texts)], [("厉行节约保障措施", 1), (sheet.frugality, 6)]]
    return laid(rows, {(0, 0): 2, (len(rows) - 3, 0): 2})


def _row(line: Line, label: str, style: Style) -> Cells:
    return [(label, 1), *((style.money(value), 2) for value in line.values())]


def _evaluation(report: DepartmentYear, style: Style) -> LaidTable:
    funds = report.funds
    heads = ("", "年初预算数", style.full_year, style.execution, style.weight, "执行率", style.score)
    total = (
        "年度资金总额", style.money(funds.initial), style.money(funds.full_year), style.money(funds.execution),
        plain(funds.weight), f"{plain(funds.rate)}%", plain(funds.score),
    )  # fmt: skip
    shape = (2, 1, 1, 1, 1, 1, 1)
    rows: list[Cells] = [
        [(style.name_label, 2), (report.form_name or report.who.name, 7)],
        [("年度预算申请（万元）", 1), *zip(heads, shape, strict=True)],
        [("", 1), *zip(total, shape, strict=True)],
        [("", 1), ("按收入性质分：", 4), ("按支出性质分：", 4)],
        [("", 1), (f"其中：一般公共预算：{style.money(funds.general)}", 4), (f"其中：基本支出：{style.money(funds.basic)}", 4)],
        [("", 1), (f"政府性基金拨款：{style.money(funds.government_fund)}", 4), (f"项目支出：{style.money(funds.project)}", 4)],
        [("", 1), (f"纳入专户管理的非税收入拨款：{style.money(funds.special_account)}", 4), ("", 4)],
        [("", 1), (f"其他资金：{style.money(funds.other)}", 4), ("", 4)],
        [("年度总体目标", 1), (style.expected, 4), ("实际完成情况", 4)],
        [
            ("", 1),
            ("\n".join(f"目标{at}：{goal.expected}；" for at, goal in enumerate(report.goals, start=1)), 4),
            ("\n".join(f"目标{at}：{goal.actual}；" for at, goal in enumerate(report.goals, start=1)), 4),
        ],
    ]  # fmt: skip
    merges = {(1, 0): 7, (8, 0): 2}
    _indicator_rows(rows, merges, report.declared, report.indicators, style)
    rows.append([(style.total, 6), (plain(report.total_weight), 1), (plain(report.total_score), 2)])
    if style.weight_first:
        rows[-1] = [(style.total, 4), (plain(report.total_weight), 1), (plain(report.total_score), 4)]
    return laid(rows, merges)


def _project(report: DepartmentYear, project: ProjectForm, style: Style) -> LaidTable:
    heads = ("", "年初预算数", style.full_year, style.execution, style.weight, "执行率", style.score)
    shape = (2, 1, 1, 1, 1, 1, 1)
    rows: list[Cells] = [
        [("项目名称", 2), (project.name, 7)],
        [("主管部门", 2), (report.who.name, 2), ("实施单位", 2), (report.who.name, 3)],
        [("项目资金（万元）", 1), *zip(heads, shape, strict=True)],
    ]
    labels = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
    for label, funds in zip(labels, project.funds, strict=True):
        whole = funds is project.total
        rest = (plain(project.weight), f"{plain(project.rate)}%", plain(project.score)) if whole else ("—", "—", "—")
        amounts = [style.money(value) for value in (funds.initial, funds.full_year, funds.execution)]
        rows.append([("", 1), *zip((label, *amounts, *rest), shape, strict=True)])
    goals = [(goal.expected + "。", goal.actual + "。") for goal in project.goals]
    rows += [
        [("年度总体目标", 1), (style.expected, 4), ("实际完成情况", 4)],
        [("", 1), ("\n".join(goal[0] for goal in goals), 4), ("\n".join(goal[1] for goal in goals), 4)],
    ]
    merges = {(2, 0): 5, (7, 0): 2}
    _indicator_rows(rows, merges, project.declared, project.indicators, style)
    rows.append([(style.total, 6), ("100", 1), (plain(project.total_score), 2)])
    if style.weight_first:
        rows[-1] = [(style.total, 4), ("100", 1), (plain(project.total_score), 4)]
    return laid(rows, merges)


def _indicator_rows(
    rows: list[Cells], merges: dict[tuple[int, int], int], declared: dict[str, Decimal],
    indicators: Sequence[Indicator], style: Style,
) -> None:  # fmt: skip
    """Append heading and rows of indicators, and the merges of their levels."""
    first = len(rows)
    middle = (style.target, style.actual, style.weight, style.score)
    rows.append(
        [(text, 1) for text in ("绩效指标", "一级指标", "二级指标", "三级指标", *_ordered(middle, style), style.reason)]
    )
    starts: dict[int, tuple[int, str]] = {}
    for row in indicators:
        at = len(rows)
        level1 = f"{LEVEL1[row.level1]}（{plain(declared[row.level1])}分）"
        texts = ["", level1, LEVEL2[row.level2].replace("效益", "成本") if row.level1 == "cost" else LEVEL2[row.level2]]
        for col in (1, 2):
            key = "/".join(texts[1 : col + 1])
            start, known = starts.get(col, (at, ""))
            if known == key:
                merges[start, col] = at - start + 1
                texts[col] = ""
            else:
                starts[col] = (at, key)
        values = (_target(row, style), _actual(row), plain(row.weight), plain(row.score))
        # the level of the row itself is blank where a merge covers it; what was asked above used the full words
        rows.append([(text, 1) for text in (*texts, row.name, *_ordered(values, style), row.reason or "无")])
        if texts[1]:
            starts[2] = (at, "/".join((texts[1], texts[2])))
    merges[first, 0] = len(rows) - first


def _ordered(values: tuple[str, str, str, str], style: Style) -> tuple[str, ...]:
    target, actual, weight, score = values
    return (weight, target, actual, score) if style.weight_first else (target, actual, weight, score)


def _target(row: Indicator, style: Style) -> str:
    if row.target is None:
        return row.target_text
    unit = row.unit if row.target_unit is None else row.target_unit
    if row.op == "<=":
        return f"≤{plain(row.target)}{unit}"
    return f"{style.least if row.op == '>=' else '='}{plain(row.target)}{unit}"


def _actual(row: Indicator) -> str:
    return row.actual_text if row.actual is None else f"{plain(row.actual)}{row.unit}"


def laid(rows: Sequence[Cells], merges: dict[tuple[int, int], int]) -> LaidTable:
    """Rows of texts with column spans as a grid; `merges` maps the first cell of a vertical merge to its height."""
    covered = {(row + below, col) for (row, col), height in merges.items() for below in range(1, height)}
    out = []
    for at, cells in enumerate(rows):
        col, line = 0, []
        for text, span in cells:
            height = 0 if (at, col) in covered else merges.get((at, col), 1)
            if not height and text:
                raise ValueError(f"row {at}, column {col} is covered by a merge but holds {text!r}")
            line.append(LaidCell(at, col, height, span, text))
            col += span
        out.append(tuple(line))
    widths = {sum(cell.col_span for cell in line) for line in out}
    if len(widths) != 1:
        raise ValueError(f"rows of {sorted(widths)} columns in one table")
    return LaidTable(widths.pop(), tuple(out))
