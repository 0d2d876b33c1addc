"""Samples of automatic numbering, which a Word file keeps apart from the text."""

from __future__ import annotations

from collections.abc import Callable

from tests.makers.ooxml import cell, package, paragraph, row, table


def level(index: int, number_format: str, text: str, extra: str = "", start: int = 1) -> str:
    """One w:lvl."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(identity: int, *levels: str) -> str:
    """One w:abstractNum."""
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def number(identity: int, abstract_id: int, overrides: str = "") -> str:
    """One w:num."""
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{abstract_id}"/>{overrides}</w:num>'


def start(index: int, value: int) -> str:
    """A w:lvlOverride that starts anew."""
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{value}"/></w:lvlOverride>'


def item(value: str, number_id: int, index: int | None = 0, style: str = "") -> str:
    """A paragraph of a list."""
    about = "" if index is None else f'<w:ilvl w:val="{index}"/>'
    return paragraph(value, style, f'<w:numPr>{about}<w:numId w:val="{number_id}"/></w:numPr>')


def _chinese() -> bytes:
    """Headings 一、…（一）… through styles, as the report of the seed was once numbered."""
    numbering = abstract(
        0,
        level(0, "chineseCountingThousand", "%1、", '<w:pStyle w:val="1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'),
        level(2, "decimal", "%3."),
    ) + number(1, 0)
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="1a"><w:name w:val="我的标题"/><w:basedOn w:val="1"/></w:style>'
    )
    body = (
        paragraph("部门基本情况", "1")
        + paragraph("单位基本情况", "2")
        + paragraph("机构设置", "2")
        + paragraph("支出情况", "1a")
        + paragraph("基本支出", "2")
        + item("2023年支出215.81万元", 1, 2)
        + item("公用经费", 1, 2)
        + item("不编号的标题", 0, None, "1")
        + paragraph("国有资本", "1")
        + paragraph("正文")
    )
    return package(body, {"numbering": numbering, "styles": styles})


def _levels() -> bytes:
    numbering = (
        abstract(
            0,
            level(0, "decimal", "第%1章"),
            level(1, "decimal", "%1.%2"),
            level(2, "lowerLetter", "%1.%2.%3)", '<w:isLgl w:val="0"/>'),
        )
        + abstract(
            1,
            level(0, "chineseCounting", "%1、"),
            level(1, "decimal", "%1.%2", "<w:isLgl/>"),
            level(2, "decimal", "%3", '<w:lvlRestart w:val="0"/>'),
        )
        + abstract(2, level(0, "bullet", "\uf06c"), level(1, "none", "附件"))
        + abstract(3, level(0, "decimal", "%1.", '<w:suff w:val="space"/>', start=5))
        + number(1, 0)
        + number(2, 0, start(0, 7))
        + number(3, 1)
        + number(4, 2)
        + number(5, 3)
        + number(
            6,
            3,
            '<w:lvlOverride w:ilvl="0">'
            + level(0, "upperRoman", "%1-", start=9)
            + '<w:startOverride w:val="3"/></w:lvlOverride>',
        )
    )
    body = (
        item("甲", 1)
        + item("乙", 1, 1)
        + item("丙", 1, 2)
        + item("丁", 1, 2)
        + item("戊", 1, 1)
        + item("己", 1, 2)
        + item("庚", 1)
        + item("辛", 1, 1)
        + item("重起", 2)
        + item("接着", 2)
        + item("子", 3)
        + item("丑", 3, 1)
        + item("寅", 3, 2)
        + item("卯", 3)
        + item("辰", 3, 1)
        + item("巳", 3, 2)
        + item("圆点", 4)
        + item("一览", 4, 1)
        + item("空格", 5)
        + item("罗马", 6)
        + item("没有的列表", 77)
        + item("没有的级", 3, 8)
    )
    return package(body, {"numbering": numbering})


_FORMATS = (
    ("decimal", 10),
    ("chineseCounting", 11),
    ("chineseCountingThousand", 101),
    ("ideographDigital", 10),
    ("japaneseCounting", 21),
    ("taiwaneseCounting", 20),
    ("taiwaneseCountingThousand", 12),
    ("lowerLetter", 27),
    ("upperLetter", 3),
    ("upperRoman", 14),
    ("lowerRoman", 9),
    ("decimalEnclosedCircle", 12),
    ("decimalEnclosedCircleChinese", 21),
    ("decimalFullWidth", 12),
    ("decimalZero", 7),
    ("decimalEnclosedParen", 2),
    ("decimalEnclosedFullstop", 3),
    ("ideographTraditional", 2),
    ("ideographZodiac", 3),
    ("chineseLegalSimplified", 15),
    ("ideographEnclosedCircle", 4),
    ("numberInDash", 6),
)


def _formats() -> bytes:
    numbering = "".join(
        abstract(index, level(0, number_format, "（%1）", start=first))
        for index, (number_format, first) in enumerate(_FORMATS)
    )
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="9"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        '</mc:Fallback></mc:AlternateContent><w:lvlText w:val="（%1）"/></w:lvl>'
    )
    count = len(_FORMATS)
    numbering += abstract(count, custom)
    numbering += "".join(number(index + 1, index) for index in range(count + 1))
    body = "".join(item(name, index + 1) for index, (name, _) in enumerate(_FORMATS)) + item("custom", count + 1)
    return package(body, {"numbering": numbering})


def _in_cells() -> bytes:
    """Row numbers and labels that only exist as automatic numbers, in a table."""
    numbering = (
        abstract(0, level(0, "decimal", "%1"))
        + abstract(1, level(0, "decimal", "%1、"))
        + number(1, 0)
        + number(2, 1)
        + number(3, 1, start(0, 1))
    )

    def numbered(number_id: int, value: str = "", vertical: str = "") -> str:
        return cell(content=item(value, number_id), vertical=vertical)

    rows = [
        row([numbered(1), cell(content=item("业务工作经费", 2) + item("运行维护经费", 2))]),
        row([numbered(1, vertical="restart"), cell("甲")]),
        row([numbered(1, vertical="continue"), cell("乙")]),
        row([numbered(1), cell(content=item("2023年", 3))]),
    ]
    return package(table(rows, [900, 2000]), {"numbering": numbering})


def _style_link() -> bytes:
    """A list that borrows its levels through a numbering style."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="Lender"/>'
        + level(0, "chineseCounting", "%1、")
        + '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Lender"/></w:abstractNum>'
        + number(1, 0)
        + number(2, 1)
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="Lender"><w:name w:val="L"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    return package(item("借来的", 2) + item("再一个", 2), {"numbering": numbering, "styles": styles})


NUMBERING_SAMPLES: dict[str, Callable[[], bytes]] = {
    "numbering_chinese": _chinese,
    "numbering_levels": _levels,
    "numbering_formats": _formats,
    "numbering_in_cells": _in_cells,
    "numbering_style_link": _style_link,
}
