"""Names of departments in one normal form, so that two ways to write one name meet."""

from __future__ import annotations

from functools import cache

import regex

from parsers.characters import squeeze
from pipeline.identity.divisions import Division, split
from pipeline.identity.registry import table

# 219001-某镇人民政府, [301]教育局: the code that the budget system prints in front of a name
_CODE = regex.compile(r"^[(\[【（]?\d{3,}[)\]】）]?[-—_:：、.]?")
_SHORT_PROVINCE = {
    "内蒙古": "内蒙古自治区",
    "广西": "广西壮族自治区",
    "西藏": "西藏自治区",
    "宁夏": "宁夏回族自治区",
    "新疆": "新疆维吾尔自治区",
}


def normal(name: str) -> str:
    """Squeezed, without a code or 中共 in front, short names of autonomous regions made long."""
    key = _CODE.sub("", squeeze(name)).removeprefix("中国共产党").removeprefix("中共")
    for short, full in _SHORT_PROVINCE.items():
        if key.startswith(short) and not key.startswith(full) and not key.startswith(f"{short}自治区"):
            return full + key[len(short) :].removeprefix("自治区")
    return key


def organ(name: str) -> tuple[Division | None, str]:
    """The division of a name and, in its shortest usual form, what is left: 县委巡察工作领导小组办公室 is 委巡察办.

    Forms are those of registry/short_forms.csv. Within a division two names with the same form are one department.
    """
    division, rest = split(normal(name))
    for pattern, short in _short_forms():
        rest = pattern.sub(short, rest)
    return division, rest


@cache
def _short_forms() -> tuple[tuple[regex.Pattern[str], str], ...]:
    return tuple((regex.compile(row["pattern"]), row["short"]) for row in table("short_forms"))
