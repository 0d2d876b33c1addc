"""Samples of what stands inside a line: characters, symbols, fields, hidden text, formulas, objects."""

from __future__ import annotations

from collections.abc import Callable

from tests.makers.ooxml import cell, package, paragraph, row, run, table


def mark(kind: str) -> str:
    """A field mark."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(value: str) -> str:
    """The code of a field."""
    return f"<w:r><w:instrText>{value}</w:instrText></w:r>"


def field(instruction: str, result: str) -> str:
    """A whole field."""
    return mark("begin") + code(instruction) + mark("separate") + result + mark("end")


def _characters() -> bytes:
    body = (
        paragraph(inner="<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:cr/><w:t>丁</w:t></w:r>")
        + paragraph(inner='<w:r><w:br w:type="page"/></w:r>' + run("新页"))
        + paragraph(inner='<w:r><w:t>12</w:t><w:br w:type="page"/><w:t>34</w:t></w:r>')
        + paragraph(inner="<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>12月</w:t><w:softHyphen/><w:t>底</w:t></w:r>")
        + paragraph(inner='<w:r><w:t xml:space="preserve">  两边  </w:t><w:ptab w:alignment="right"/></w:r>')
        + paragraph(inner="<w:r><w:t>7</w:t><w:lastRenderedPageBreak/><w:t>8</w:t></w:r>")
        + paragraph(
            inner="<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>xún</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>巡</w:t></w:r>"
            "</w:rubyBase></w:ruby></w:r>" + run("察")
        )
        + paragraph(inner=run("a") + '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>' + run("b"))
        + table([row([cell(content=paragraph(inner="<w:r><w:t>95.</w:t><w:br/><w:t>10%</w:t></w:r>"))])], [900])
    )
    return package(body)


_WINGDINGS_2 = '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'


def _symbols() -> bytes:
    def sym(font: str, code: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'

    known = sym("Symbol", "F0B3") + run("95%，") + sym("Symbol", "F0A3") + sym("Symbol", "F0B4") + sym("Symbol", "F0B8")
    boxes = sym("Wingdings", "F0FE") + run("是 ") + sym("Wingdings", "F0A8") + run("否 ") + sym("Wingdings 2", "F052")
    body = (
        paragraph(inner=known + sym("Symbol", "F0B1"))
        + paragraph(inner=boxes + sym("Wingdings 2", "00A3") + sym("Wingdings", "F0FC") + sym("Wingdings", "F06C"))
        + paragraph(inner=sym("宋体", "25A1") + sym("Wingdings", "F081"))
        + paragraph(inner=run("x") + sym("Wingdings 3", "F07D") + sym("Symbol", "zz"))
        + paragraph(inner=run("\uf0b3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>') + run("3") + run("\uf0b3"))
        + paragraph(
            inner=run("R", '<w:rFonts w:ascii="Wingdings 2"/>')
            + run("是")
            + run("£", '<w:rFonts w:hAnsi="Wingdings 2"/>')
        )
    )
    return package(body)


def _fields() -> bytes:
    nested = mark("begin") + code(" IF ") + field(" PAGE ", run("3")) + code(' = 1 "a" "b" ')
    choice = '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="优"/><w:listEntry w:val="良"/></w:ddList>'
    checked = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
    unchecked = '<w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>'

    def form(data: str, instruction: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>' + code(instruction) + mark("end")

    body = (
        paragraph(inner=f'<w:fldSimple w:instr=" DATE ">{run("2024年3月")}</w:fldSimple>')
        + paragraph(inner=run("见") + field(' HYPERLINK "http://x" ', run("网址")) + run("。"))
        + paragraph(inner=nested + mark("separate") + run("结果") + mark("end") + run("尾"))
        + paragraph(inner=mark("begin") + code(' TOC \\o "1-2" ') + mark("separate") + run("一、概况\t") + run("1"))
        + paragraph(inner=run("二、支出\t") + field(" PAGEREF _Toc1 ", run("2")))
        + paragraph(inner=mark("end"))
        + paragraph(inner=form(checked, " FORMCHECKBOX ") + run("是") + form(unchecked, " FORMCHECKBOX ") + run("否"))
        + paragraph(inner=form(choice + "</w:ffData>", " FORMDROPDOWN "))
        + paragraph(inner=mark("end") + run("多余的结束") + mark("separate"))
        + paragraph(inner=mark("begin") + code(" FORMTEXT ") + run("没有结束"))
        + paragraph("仍要读到")
    )
    return package(body)


_HIDDEN_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Secret"><w:name w:val="s"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Child"><w:name w:val="c"/><w:basedOn w:val="Secret"/></w:style>'
    '<w:style w:type="character" w:styleId="Hide"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def _hidden() -> bytes:
    body = (
        paragraph(inner=run("看得见") + run("藏起来", "<w:vanish/>") + run("又见", '<w:vanish w:val="0"/>'))
        + paragraph("样式藏", style="Secret")
        + paragraph(style="Child", inner=run("继承藏") + run("直接显", '<w:vanish w:val="false"/>'))
        + paragraph(inner=run("字符样式藏", '<w:rStyle w:val="Hide"/>') + run("显"))
        + paragraph(style="Secret", inner=run("两次切换即显", '<w:rStyle w:val="Hide"/>'))
        + table(
            [
                row([cell(content=paragraph(inner=run("10") + run("99", "<w:vanish/>")))]),
                row([cell("藏行")], "<w:hidden/>"),
            ],
            [900],
        )
    )
    return package(body, {"styles": _HIDDEN_STYLES})


def _formulas() -> bytes:
    def math(inner: str) -> str:
        return f"<m:oMath>{inner}</m:oMath>"

    def symbol(value: str) -> str:
        return f"<m:r><m:rPr/><m:t>{value}</m:t></m:r>"

    rate = f"<m:f><m:fPr/><m:num>{symbol('276.7')}</m:num><m:den>{symbol('263.38+11.25')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{symbol('10')}</m:e><m:sup>{symbol('2')}</m:sup></m:sSup>"
    bracket = f"<m:d><m:e>{symbol('a+b')}</m:e></m:d>"
    body = (
        paragraph(inner=run("执行率=") + math(rate + symbol("×100%")))
        + paragraph(inner=math(power + bracket))
        + f"<m:oMathPara>{math(symbol('单独一行'))}</m:oMathPara>"
        + table([row([cell(content=paragraph(inner=math(power)))])], [900])
    )
    return package(body)


def _objects() -> bytes:
    picture = (
        '<w:r><w:drawing><wp:inline><a:graphic><pic:pic><a:blip r:embed="rId1"/></pic:pic></a:graphic></wp:inline>'
    )
    ole = (
        '<w:r><w:object><v:shape><v:imagedata r:id="rId2"/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/>'
        "</w:object></w:r>"
    )
    body = paragraph(inner=run("图") + picture + "</w:drawing></w:r>") + paragraph(inner=run("表") + ole)
    return package(body)


INLINE_SAMPLES: dict[str, Callable[[], bytes]] = {
    "characters": _characters,
    "symbols": _symbols,
    "fields": _fields,
    "hidden": _hidden,
    "formulas": _formulas,
    "objects": _objects,
}
