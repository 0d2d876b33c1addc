"""Names: whose report it is, in full, without the code in front, and the short name it announces."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

from parsers.characters import RESIDUE, fold, squeeze, unspaced

_CODE = regex.compile(
    r"^(?:[\[(]\d{3,}[\])]|[0-9A-Z]{12,}(?=[-—_:])|\d{3,}(?=[-—_:、])|\d{5,}(?!年|个|项|条|户|人|亩|公里))[-—_:、]*"
)
_SEAL = regex.compile(r"\((?:盖章|公章|签章|章)\)$")
_YEAR = r"(?:(?:19|20)\d{2}|[二2][〇○零0一二三四五六七八九]{3})年?度?"
_TAIL = regex.compile(
    r"(?:的)?(?:部门|单位|预算|财政|项目){0,2}(?:\((?:部门|单位)\))?(?:的)?(?:整体)?(?:预算|财政|项目)?(?:支出|资金)?(?:预算)?(?:项目)?"
    r"(?:整体)?(?:绩效)?(?:自评价?|评价|绩效|目标完成|目标自评|自我评价)+(?:工作)?(?:基础)?(?:情况|结果|数据|自评)*(?:的)?"
    r"(?:报告|总结|汇报|自评表|评价表|情况表|数据表|(?:得分)?(?:汇总|一览|统计|明细)表|自评|表)+(?:\(.*\))?$|(?:部门|单位|预算)?(?:整体|项目)?(?:支出)?(?:绩效)?自评情况(?:说明)?$"
)
_SHORT_NAME = regex.compile(r"\((?:以下)?(?:统一)?简称[:为]?[“”\"'‘’]*(?P<alias>[^“”\"'‘’()]{2,20})[“”\"'‘’]*\)")
_NO_NAME = regex.compile(
    r"(?:财政|专项|资金|中央对地方|转移支付|区域|\(项目\)|部门|单位|整体|支出|绩效|自评|项目|预算|关于|年度|报告|的|省级|市级|县级|区级|\d+|年|[X×某]+)*"
)
_CAPTION = regex.compile(
    r"\s*(?:填报|预算|编制|申报|实施|资金使用)?(?:单位|部门)(?:名称)?\s*(?:\((?:盖章|公章)\))?\s*:\s*"
    r"(?P<name>\p{Han}[\p{Han}()\d]{2,40}?)\s*(?:$|\s{2,}|(?:金额)?单位\s*:)"
)
_HEAD = regex.compile(r"(?:附(?:件|表)[\d一二三四五六七八九十]*(?:-\d+)?[:、.]?)?(?:关于)?")
_YEARS = regex.compile(_YEAR)
_OFFICE = regex.compile(
    r"[(]?[\p{Han}()]{3,30}(?:局|委|办|办公室|部|厅|院|会|社|中心|政府|委员会|联合会|总工会|学校|中学|小学|医院|站|所|馆|队|处|乡|镇|街道)(?:\(本级\))?[)]?"
)
_REGION = regex.compile(r"\p{Han}{2,8}(?:省|市|自治区|自治州|县)")
_PROJECT_IN_NAME = regex.compile(r"项目(?!建设|办|服务|中心|管理|推进|评审|工作|指挥)")
"""A project in front of an office: where one ends and the other begins cannot be told."""
_PROJECT_LINE = regex.compile(r"(?:评价|自评)?项目名称[:：](?P<name>[^:：。；;]{2,60})")
_LONGEST_NAME = 40
_GENERIC = frozenset(
    {"部门", "单位", "本部门", "本单位", "我单位", "项目", "年度", "本级", "市级", "县级", "区级", "省级"}
)


def project_in_line(text: str) -> str | None:
    """The project that a line names: 评价项目名称：农村饮水安全巩固提升工程."""
    found = _PROJECT_LINE.fullmatch(unspaced(text))
    return found["name"] if found else None


def printed_name(text: str) -> str | None:
    """The name that a cell prints: white space, code in front and seal mark behind taken off; None where blank."""
    name = unspaced(text)
    plain = fold(name)
    if (short := _SHORT_NAME.search(plain)) is not None and short.start() > 0:
        name = name[: short.start()] + name[short.end() :]
        plain = fold(name)
    seal = _SEAL.search(plain)
    name = name[: seal.start()] if seal else name
    code = _CODE.match(fold(name))
    name = name[code.end() :] if code else name
    return name or None


@lru_cache(maxsize=1024)
def name_in_title(title: str) -> str | None:
    """The department that a title names, in its printed characters: 2023年度XX局整体支出绩效自评报告.

    The tail of the title is taken off from the longest that fits to the end, so that 财政 or 整体 inside a name stays.
    None where the title names nobody.
    """
    printed = unspaced(title)
    key = squeeze(title)
    start = next((m.end() for m in [_HEAD.match(key)] if m), 0)
    tail = next((at for at in range(start, len(key)) if _TAIL.match(key, at)), None)
    if tail is None:
        return None
    years = [m for m in _YEARS.finditer(key) if start <= m.start() < len(key)]
    if years and years[0].start() > start:
        tail = min(tail, years[0].start())
    elif years:
        start = years[0].end()
        tail = max(tail, start)
    name = printed[start:tail].strip("_-—:：、").removesuffix("关于")
    if _REGION.fullmatch(name):
        return None  # 天津市 alone says where, not who
    if _PROJECT_IN_NAME.search(name):
        return None
    if "项目" in key[tail:] and not _OFFICE.fullmatch(fold(name)):
        return None  # the name of the project runs into that of the office
    generic = fold(name) in _GENERIC or not regex.search(r"\p{Han}{2}", name) or _NO_NAME.fullmatch(fold(name))
    return None if generic or len(name) > _LONGEST_NAME else name


def named_in_caption(text: str) -> str | None:
    """The office in a line above a form: 填报单位（盖章）：XX局    单位：元."""
    printed = RESIDUE.sub("", text)
    found = _CAPTION.match(fold(printed))
    return printed_name(printed[found.start("name") : found.end("name")]) if found else None


def looks_like_office(text: str) -> bool:
    """True for a line that can be nothing but the name of an office: short, no sentence, ends like one."""
    return bool(_OFFICE.fullmatch(squeeze(text)))


def alias_of(name: str | None, said: Iterable[str]) -> str | None:
    """The short name announced right behind the full name: …办公室（以下简称区委巡察办）."""
    if not name:
        return None
    for text in said:
        plain = squeeze(text)
        for found in _SHORT_NAME.finditer(plain):
            if plain[: found.start()].endswith(squeeze(name)):
                return found["alias"]
    return None
