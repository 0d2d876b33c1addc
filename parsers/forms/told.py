"""Projects that prose evaluates in a paragraph each, with the sentence that the final accounts of offices prescribe.

“XX”项目绩效自评综述：… 项目自评得分为98分。全年预算数为350万元，执行数为336.7万元，完成预算的96.2%。
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import regex
from regex import Match

from parsers.characters import fold
from parsers.document import Paragraph
from parsers.forms.model import Fact, Form, Period
from parsers.ledger import Ledger
from parsers.values import FEN, MONEY, NUMBER, decimals, number

_NUMERAL = r"\s*(?:\d{1,2}\s*[.、．]|[(（][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳])?\s*"
_NAMES = tuple(
    regex.compile(_NUMERAL + pattern)
    for pattern in (
        r"[“\"](?P<name>[^”\"。]{2,40})[”\"](?:项目)?(?:支出)?(?:绩效)?(?:自评)?(?:综述|情况)?\s*[:。]",
        r"(?P<name>[^“”\":。,;]{2,40}?)(?:项目)?(?:支出)?绩效自评(?:综述|情况)\s*[:。]",
    )
)
_LABEL = regex.compile(_NUMERAL + r"(?P<name>[^“”\":。,;]{2,40}?)\s*[:。](?=\s*(?:项目)?(?:全年|年初)?预算)")
"""A name alone may be that of a kind of spending: it is a project where it has a score of its own."""
_UNIT = r"\s*(?P<{0}>亿元|万元|元)"
_MONEY = regex.compile(
    r"(?<!其中[^。]{0,20})全年预算数?(?:为|是)?\s*(?P<budget>" + NUMBER.pattern + r")" + _UNIT.format("of_budget")
    + r"\s*[,;]\s*(?:项目)?(?:全年)?(?:实际)?(?:执行|支出)数?(?:为|是)?\s*(?P<spent>" + NUMBER.pattern + r")"
    + _UNIT.format("of_spent")
    + r"(?:\s*[,;]\s*(?:完成(?:全年)?预算(?:的)?|(?:预算)?执行率)(?:为|是)?\s*(?P<rate>" + NUMBER.pattern + r")\s*%)?"
)  # fmt: skip
_SCORE = regex.compile(r"自评(?:综合)?得分(?:为|是)?\s*(?P<score>" + NUMBER.pattern + r")\s*分")
_GENERIC = regex.compile(
    r"(?:本|该|各|全部|所有|我[局委办单位]*|部门|单位|项目|支出|整体|预算|绩效|自评|情况|执行|综述)*"
)
_PERIODS: dict[str, Period] = {"budget": "full_year_budget", "spent": "execution"}


def projects_told(prose: list[Paragraph], ledger: Ledger) -> list[Form]:
    """A form for each project that a paragraph names and gives budget and execution of.

    Where two paragraphs name one project, or one gives two budgets, whose is which cannot be told: no form.
    """
    told = [(paragraph, form) for paragraph in prose if (form := _project(paragraph)) is not None]
    named = Counter(form.project_name for _, form in told)
    told = [(paragraph, form) for paragraph, form in told if named[form.project_name] == 1]
    for paragraph, form in told:
        for fact in form.facts:
            printed = NUMBER.match(fold(paragraph.text), fact.offset)
            ledger.take(paragraph, "fact", fact.offset, printed.end() if printed else fact.offset)
    return [form for _, form in told]


def _project(paragraph: Paragraph) -> Form | None:
    plain = fold(paragraph.text)
    named = next((found for pattern in _NAMES if (found := pattern.match(plain))), None)
    money, scores = list(_MONEY.finditer(plain)), list(_SCORE.finditer(plain))
    if named is None and scores:
        named = _LABEL.match(plain)
    if named is None or len(money) != 1 or len(scores) > 1 or _GENERIC.fullmatch(named["name"]):
        return None
    name = paragraph.text[named.start("name") : named.end("name")].strip()
    form = Form("project_evaluation", None, None, paragraph.place, project_name=name)
    for group, period in _PERIODS.items():
        value = (number(money[0][group]) * MONEY[money[0][f"of_{group}"]]).quantize(FEN)
        form.facts.append(_fact(paragraph, money[0], group, "project_funds_total", period, "wan_yuan", value))
    if money[0]["rate"]:
        form.facts.append(
            _fact(paragraph, money[0], "rate", "execution_rate", "annual", "percent", number(money[0]["rate"]))
        )
    for said in scores:
        form.facts.append(_fact(paragraph, said, "score", "total_score", "annual", "point", number(said["score"])))
    return form


def _fact(
    paragraph: Paragraph, found: Match[str], group: str, concept: str, period: Period, unit: str, value: Decimal
) -> Fact:
    return Fact(
        concept, period, None, "value", value, unit, paragraph.text, paragraph.place, decimals=decimals(found[group]),
        printed_unit=found.groupdict().get(f"of_{group}"), origin="narrative", offset=found.start(group),
        treatment="said of the project in prose",
    )  # fmt: skip
