"""The grammar of indicator targets and actuals: operator, number, unit, range, date, level or text.

    target := [comparator] number [unit] [comparator] | low - high [unit] | date | level | text

The printed unit is kept (个, %, 万亩, 元 …). A text with several numbers is `multi` and has no value of its own.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

import regex

from parsers.characters import squeeze
from parsers.numerals import is_confusable
from parsers.record import record
from parsers.values import NUMBER, heal, number
from parsers.words import vocabulary

Kind = Literal["numeric", "range", "date", "qualitative", "text", "multi"]
Operator = Literal[">=", "<=", "=", ">", "<"]

_BEFORE: tuple[tuple[str, Operator], ...] = (
    (r"≥|>=|=>|大于(?:或)?等于|不(?:得)?(?:少于|低于|小于)|至少|最少", ">="),
    (
        r"≤|<=|=<|小于(?:或)?等于|不(?:得)?(?:超过|高于|多于|大于|超出)|(?:控制)?在(?=.*(?:以内|以下|之内|内$))|最多|至多",
        "<=",
    ),
    (r">|大于|超过|高于|多于", ">"),
    (r"<|小于|低于|少于", "<"),
    (r"==?|等于", "="),
)
_AFTER: tuple[tuple[str, Operator], ...] = (
    (r"\(?(?:含)?\)?(?:及|及其)?以上(?:\(含\))?", ">="),
    (r"(?:及)?以内|(?:及)?以下|之内|内", "<="),
)
_UNIT = r"(?:百分比|[%‰]|[\p{Han}]{1,3}\([\p{Han}]{1,3}\)|[\p{Han}㎡²℃/·*a-zA-Z]+?(?:/[\p{Han}a-zA-Z]+)?)"
_NUM = NUMBER.pattern
_LEAD = r"(?:[^\d≥≤<>=%]*?)"
_ONE = regex.compile(
    rf"(?P<lead>{_LEAD})(?P<before>{'|'.join(p for p, _ in _BEFORE)})?(?P<minus>-)?(?P<number>{_NUM})"
    rf"(?P<unit>{_UNIT})?(?P<after>{'|'.join(p for p, _ in _AFTER)})?[.。;；,，]?"
)
_RANGE = regex.compile(
    rf"(?P<lead>{_LEAD})(?P<low>{_NUM})(?P<unit1>{_UNIT})?(?:\(含\))?(?:[-~—–－]+|至|到)(?P<high>{_NUM})"
    rf"(?P<unit2>{_UNIT})?(?:\(含\))?(?:之间|以内)?[.。;；,，]?"
)
_DATE = regex.compile(
    r"(?=.*(?:\d|年底|年末|年内|底|末|全年|时|期|按|当年|年度内|及时))(?:(?:(?:19|20)\d{2}年度?)?(?:全年|年内|年度内)(?:完成)?|(?:于|在|截止|截至)?(?:(?:19|20)\d{2}年度?)?(?:\d{1,2}月(?:\d{1,2}[日号]|初|中旬|上旬|下旬|底|末)?|年底|年末|年内|底|末)?"
    r"(?:之?前|以前|之内|内)?(?:完成|到位|支付|发放|竣工|完工)?"
    r"|每(?:月|年|季度?|周)\d{1,2}[日号](?:之?前|以前|之内|内)?(?:完成|到位|支付|发放)?"
    r"|\d{1,2}月?[-~至—]\d{1,2}月(?:底|份)?"
    r"|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?:之?前)?"
    r"|(?:全年|及时|按时|按期|如期|准时|按月|按季|按年|当年|年度内|年内|按(?:时|期|计划|进度|规定时间)(?:完成|发放|支付|到位)|及时(?:完成|发放|支付|到位|性)?))"
)
_BETWEEN = regex.compile(rf"(?P<low>{_NUM})(?P<unit1>{_UNIT})?(?:≤|<)[XxＸ](?:≤|<)(?P<high>{_NUM})(?P<unit2>{_UNIT})?")
_IN_NO_DATE = frozenset("%≥≤<>=")
_IN_RANGES = frozenset("-~—–－至到XxＸ")
"""Signs of which one stands in every range: most targets hold none, and are not tried against the patterns."""
_EACH = regex.compile(r"每(?P<period>年|半年|季度?|月|周|天|日|次|人|亩|户|个)")
_REPEATED = regex.compile(
    rf"(?P<said>.*?(?P<number>{_NUM}).*?)\((?:含|即)?[≥≤<>=]*(?P<again>{_NUM})[%\p{{Han}}]{{0,3}}\)"
)
_FROM = regex.compile(
    rf"^(?:由|从)[^\d]*{_NUM}{_UNIT}?(?=(?:提高|提升|增加|增长|上升|升|下降|降低|降|减少|压缩)(?:到|至|为))"
)
"""从85%提高到93%: what it was before."""
MISPLACED = regex.compile(r"(?<![\d,])\d+(?:,\d+)*,\d{1,2}(?!\d)")
"""A comma that parts no group of three (1,90): a number with a digit too few, or two numbers."""
_SPACED = regex.compile(r"(?<=\d)\s+(?=\d)")
_SEVERAL = regex.compile(rf"(?<!第)(?P<number>{_NUM})(?P<unit>{_UNIT})?(?=[\d,，、;；。及和()]|$)")
_NOTHING = regex.compile(r"[…\-—–/.]+")
_COUNTED = {"三": 3, "两": 2, "二": 2, "一": 1, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_CHINESE = regex.compile(r"(?P<digit>[一二两三四五六七八九十])(?P<unit>[次轮个项场期批件份条人名家户])")
_PERCENT_NAME = regex.compile(r".*(?:率|满意度|比例|比重|占比)(?:\(.*\))?")
_AMOUNT_WORD = regex.compile(r"(?P<word>[万亿])(?P<unit>.*)")
_AMOUNT_WORDS = {"万": Decimal(10**4), "亿": Decimal(10**8)}


@record(frozen=True, slots=True)
class Reading:
    """What a target or an actual says."""

    raw: str
    kind: Kind | None
    op: Operator | None = None
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    numbers: tuple[tuple[Decimal, str | None], ...] = ()
    """All numbers with their units, in order; for `multi` the only place where they stand."""


@lru_cache(maxsize=4096)
def read_target(raw: str, name: str = "") -> Reading:
    """Read a target or an actual by the grammar. `name` is the indicator's: a …率 without a unit is in percent."""
    text = compact(heal(raw))
    if not text or _NOTHING.fullmatch(text) or is_confusable(text):
        return Reading(raw, None)
    text = _FROM.sub("", text)
    if text in {"零", "无", "0起"}:
        return Reading(raw, "numeric", None, Decimal(0), unit="起" if text == "0起" else None)
    if _IN_NO_DATE.isdisjoint(text) and _DATE.fullmatch(text):
        return Reading(raw, "date")
    text = _without_repetition(text)
    if not _IN_RANGES.isdisjoint(text) and (found := _RANGE.fullmatch(text) or _BETWEEN.fullmatch(text)):
        unit = _unit(found["unit2"] or found["unit1"], name)
        low, high = number(found["low"]), number(found["high"])
        if low < high:
            return Reading(raw, "range", None, low, high, unit, ((low, unit), (high, unit)))
    found = _ONE.fullmatch(text)
    if found and not found["lead"].endswith("第") and not _CHINESE.search(found["lead"]):
        value = number(found["number"]) * (-1 if found["minus"] else 1)
        # a rate printed as 0.95 is a share of one, not of a hundred
        unit = _unit(found["unit"], "" if 0 < value <= 1 else name)
        if unit and (each := _EACH.search(found["lead"])):  # 每月≥2次 is no number of the year
            unit = f"{unit}/{each['period']}"
        return Reading(raw, "numeric", _operator(found["before"], found["after"]), value, None, unit, ((value, unit),))
    if not NUMBER.search(text):
        if counted := _CHINESE.fullmatch(text):
            value = Decimal(_COUNTED[counted["digit"]])
            return Reading(raw, "numeric", None, value, None, counted["unit"], ((value, counted["unit"]),))
        return Reading(raw, "qualitative" if _is_level(text) else "text")
    listed = tuple((number(m["number"]), _unit(m["unit"], "")) for m in _SEVERAL.finditer(text))
    return Reading(raw, "multi" if len(NUMBER.findall(text)) > 1 else "text", numbers=listed)


def compact(text: str) -> str:
    """Take white space out, but keep two numbers apart that only a space parts: 3 5卷 is not 35卷."""
    return "".join(_SPACED.sub("、", text.strip()).split())


def _without_repetition(text: str) -> str:
    """Drop a bracket that says the same number again: 3次以上(含3次), 100%(=100%)."""
    found = _REPEATED.fullmatch(text) if text.endswith(")") else None
    return found["said"] if found and found["number"] == found["again"] else text


def same_scale(one: Reading, other: Reading) -> tuple[Reading, Reading]:
    """Make a target and its actual use the same unit where they differ by an amount word only (1.2万亩, 12000亩)."""
    if one.unit == other.unit or one.value is None or other.value is None or not one.unit or not other.unit:
        return one, other
    plain_one, plain_other = _plain(one), _plain(other)
    return (plain_one, plain_other) if plain_one.unit == plain_other.unit else (one, other)


def is_percent_name(name: str) -> bool:
    """True where the name of an indicator says that it is a rate."""
    return bool(_PERCENT_NAME.fullmatch(squeeze(name)))


def _plain(reading: Reading) -> Reading:
    found = _AMOUNT_WORD.fullmatch(reading.unit or "")
    if found is None or reading.value is None or not found["unit"]:
        return reading
    factor = _AMOUNT_WORDS[found["word"]]
    high = None if reading.high is None else reading.high * factor
    return Reading(reading.raw, reading.kind, reading.op, reading.value * factor, high, found["unit"], reading.numbers)


@cache
def _operator(before: str | None, after: str | None) -> Operator | None:
    for printed, table in ((before, _BEFORE), (after, _AFTER)):
        for pattern, op in table if printed else ():
            if regex.match(pattern, printed or "") or (table is _BEFORE and "在" in (printed or "") and op == "<="):
                return op
    return None


def _unit(printed: str | None, name: str) -> str | None:
    if printed in {"百分比", "%"}:
        return "%"
    if printed:
        return printed.replace("(", "（").replace(")", "）")
    return "%" if is_percent_name(name) else None


def _is_level(text: str) -> bool:
    word = vocabulary("qualities").match(text)
    return word is not None and word.code in {"level", "done", "done_in_time", "scale"} and len(text) <= 16
