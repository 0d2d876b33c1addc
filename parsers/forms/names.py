"""Names: whose report it is, in full, without the code in front, and the short name it announces."""

from __future__ import annotations

import regex

from parsers.characters import RESIDUE, fold, squeeze
from parsers.document import Paragraph

_CODE = regex.compile(r"^[\[(]?\d{3,}[\])]?[-—_:、\s]*")
_SEAL = regex.compile(r"\((?:盖章|公章|签章|章)\)$")
_TITLE_NAME = regex.compile(
    r"^(?:附件\d*[:、]?)?(?:关于)?(?P<year>(?:19|20)\d{2}年?(?:度)?)?(?P<name>.{2,40}?)"
    r"(?:(?:19|20)\d{2}年?(?:度)?)?(?:的)?(?:部门|单位|项目|预算|财政)?(?:\((?:部门|单位)\))?"
    r"(?:整体|支出|绩效|自评|预算|财政|资金|部门整体)+.*(?:报告|总结|自评表|评价表)$"
)
_SHORT_NAME = regex.compile(r"\(以下(?:统一)?简称[:为]?[“”\"'‘’]*(?P<alias>[^“”\"'‘’()]{2,20})[“”\"'‘’]*\)")
_NO_NAME = regex.compile(r"绩效|支出|自评")
_GENERIC = frozenset(
    {"部门", "单位", "本部门", "本单位", "我单位", "项目", "年度", "本级", "市级", "县级", "区级", "省级"}
)


def printed_name(text: str) -> str | None:
    """The name that a cell prints: white space, code in front and seal mark behind taken off; None where blank."""
    name = "".join(RESIDUE.sub("", text).split())
    plain = fold(name)
    seal = _SEAL.search(plain)
    name = name[: seal.start()] if seal else name
    code = _CODE.match(fold(name))
    name = name[code.end() :] if code else name
    return name or None


def name_in_title(title: str) -> str | None:
    """The department that a report's title names, or None: 2023年度XX局整体支出绩效自评报告."""
    found = _TITLE_NAME.match(squeeze(title))
    if found is None:
        return None
    name = found["name"].removesuffix("部门").removesuffix("年度")
    return None if not name or name in _GENERIC or _NO_NAME.search(name) else name


def alias_of(name: str | None, paragraphs: list[Paragraph]) -> str | None:
    """The short name announced right behind the full name: …办公室（以下简称区委巡察办）."""
    if not name:
        return None
    for paragraph in paragraphs:
        plain = squeeze(paragraph.text)
        for found in _SHORT_NAME.finditer(plain):
            if plain[: found.start()].endswith(squeeze(name)):
                return found["alias"]
    return None
