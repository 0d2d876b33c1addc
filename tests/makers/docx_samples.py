"""Small Word files, each showing one thing: `python -m tests.makers.docx_samples` writes tests/readers/docx/samples.

The expectations beside them (`name.expected.json`) are not made here: they were written by reading the XML below.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.makers.docx_numbering import NUMBERING_SAMPLES
from tests.makers.ooxml import cell, package, paragraph, row, run, table

TARGET = Path(__file__).parents[1] / "readers" / "docx" / "samples"


def _spans() -> bytes:
    rows = [
        row([cell("部门", vertical="restart"), cell("经费（万元）", span=3)]),
        row([cell("旧文字", vertical="continue"), cell("年初预算数"), cell("全年预算数"), cell("全年执行数")]),
        row([cell("", vertical="continue"), cell("263.38"), cell("276.7\n（含追加）"), cell(" 276.7　")]),
        row([cell("合计", span=2), cell("", span=2)]),
    ]
    return package(table(rows, [1000] * 4))


def _broken_merges() -> bytes:
    rows = [
        row([cell("孤立", vertical="continue"), cell("甲"), cell("乙")]),
        row([cell("", vertical="continue"), cell("宽", span=2, vertical="restart")]),
        row([cell("丙"), cell("窄", vertical="continue"), cell("丁")]),
        row([cell("戊", vertical="restart"), cell("己"), cell("庚")]),
        row([cell("辛", span=3)]),
        row([cell("壬", vertical="continue"), cell("癸"), cell("子")]),
    ]
    return package(table(rows, [1000] * 3))


def _horizontal_merges() -> bytes:
    def merged(value: str, state: str) -> str:
        return f'<w:tc><w:tcPr><w:hMerge w:val="{state}"/></w:tcPr>{paragraph(value)}</w:tc>'

    rows = [
        row([merged("标题", "restart"), merged("藏", "continue"), merged("", "continue"), cell("右")]),
        row([cell("1"), merged("2", "restart"), merged("", "continue"), cell("4")]),
        row([merged("独", "continue"), cell("b"), cell("c"), cell("d")]),
    ]
    return package(table(rows, [1000] * 4))


def _grid_before_after() -> bytes:
    rows = [
        row([cell("a"), cell("b"), cell("c"), cell("d")]),
        row([cell("c2"), cell("d2")], '<w:gridBefore w:val="2"/><w:wBefore w:w="2000" w:type="dxa"/>'),
        row([cell("b3", vertical="restart")], '<w:gridBefore w:val="1"/><w:gridAfter w:val="2"/>'),
        row([cell("a4"), cell("", vertical="continue"), cell("c4", span=2)]),
    ]
    return package(table(rows, [1000] * 4))


def _sdt(inner: str) -> str:
    return f'<w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def _content_controls() -> bytes:
    inline = (
        run("单位：")
        + _sdt(run("区委"))
        + f'<w:smartTag w:uri="u" w:element="e">{run("巡察")}</w:smartTag>'
        + f'<w:customXml w:element="x">{run("办")}</w:customXml>'
        + f'<w:hyperlink w:anchor="a">{run("（链接）")}</w:hyperlink>'
    )
    rows = [
        row([cell("一"), _sdt(cell("二")), f'<w:customXml w:element="x">{cell("三")}</w:customXml>']),
        _sdt(row([cell("四", span=2), cell(content=_sdt(paragraph("五") + paragraph("六")))])),
        _sdt(_sdt(row([cell("七"), cell("八"), cell("九")]))),
    ]
    body = paragraph(inner=inline) + _sdt(table(rows, [1000] * 3)) + _sdt(paragraph("后"))
    return package(body + f'<w:customXml w:element="x">{paragraph("末")}</w:customXml>')


_WHO = 'w:id="1" w:author="审核" w:date="2024-03-01T00:00:00Z"'


def _gone(value: str) -> str:
    return f"<w:del {_WHO}><w:r><w:delText>{value}</w:delText></w:r></w:del>"


def _tracked_changes() -> bytes:
    first = run("支出") + _gone("300") + f"<w:ins {_WHO}>{run('276.7')}</w:ins>" + run("万元")
    moved = f"<w:moveFrom {_WHO}>{run('旧处')}</w:moveFrom>" + f"<w:moveTo {_WHO}>{run('新处')}</w:moveTo>"
    mark = f"<w:rPr><w:del {_WHO}/></w:rPr>"
    rows = [
        row([cell("项目"), cell("金额")]),
        row([cell("删去的行"), cell("9")], f"<w:del {_WHO}/>"),
        row([cell("新增的行"), cell("10")], f"<w:ins {_WHO}/>"),
        row([cell("留下"), f"<w:tc><w:tcPr><w:cellDel {_WHO}/></w:tcPr>{paragraph('删格')}</w:tc>", cell("11")]),
    ]
    gone_table = table([row([cell("整表删去")], f"<w:del {_WHO}/>")], [1000])
    body = (
        paragraph(inner=first)
        + paragraph(inner=moved)
        + paragraph(properties=mark, inner=run("前半"))
        + paragraph("后半")
        + gone_table
        + table(rows, [1000, 1000])
    )
    return package(body)


def _nested_tables() -> bytes:
    innermost = table([row([cell("最内")])], [500])
    inner = table([row([cell("1"), cell("2", content=paragraph("2") + innermost + paragraph())])], [500, 500])
    second = table([row([cell("另一")])], [500])
    covered = paragraph(inner=run("盖住") + _box(paragraph("盖框")))
    rows = [
        row([cell(content=paragraph("前") + inner + paragraph("后") + second + paragraph()), cell("右")]),
        row([cell("上", vertical="restart"), cell("x")]),
        row(
            [
                cell(
                    "下",
                    vertical="continue",
                    content=covered + innermost + paragraph(),
                ),
                cell("y"),
            ]
        ),
    ]
    return package(table(rows, [1000, 1000]) + table([row([cell("第二张")])], [1000]))


def _box(content: str) -> str:
    """A text box as Word writes it: a drawing, and the same again in VML for old readers."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    choice = f"<w:drawing><wp:anchor><a:graphic><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphic></wp:anchor>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{choice}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def _text_boxes() -> bytes:
    boxed = table([row([cell("框内表"), cell("1.5")])], [1000, 1000])
    vml_only = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + paragraph("旧式框")
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    nested = _box(paragraph(inner=run("外框") + _box(paragraph("内框"))))
    body = (
        paragraph(inner=run("前") + _box(paragraph("框一") + paragraph("框二") + boxed) + run("后"))
        + paragraph(inner=vml_only)
        + table([row([cell(content=paragraph(inner=run("格") + _box(paragraph("格中框")))), cell("乙")])], [1000] * 2)
        + paragraph(inner=nested)
        + paragraph("末")
    )
    return package(body)


def _notes() -> bytes:
    def note(name: str, number: int, inner: str, kind: str = "") -> str:
        about = f' w:type="{kind}"' if kind else ""
        return f'<w:{name}{about} w:id="{number}">{inner}</w:{name}>'

    separator = paragraph(inner="<w:r><w:separator/></w:r>")
    footnotes = note("footnote", -1, separator, "separator") + note(
        "footnote", 1, paragraph(inner="<w:r><w:footnoteRef/></w:r>" + run(" 含上年结转11.25万元。")) + paragraph("续")
    )
    endnotes = note("endnote", 0, separator, "continuationSeparator") + note("endnote", 1, paragraph("尾注。"))
    body = paragraph(inner=run("收入276.7万元") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + run("。")) + table(
        [row([cell(content=paragraph(inner=run("63") + '<w:r><w:endnoteReference w:id="1"/></w:r>'))])], [900]
    )
    return package(body, {"footnotes": footnotes, "endnotes": endnotes})


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _code(value: str) -> str:
    return f"<w:r><w:instrText>{value}</w:instrText></w:r>"


def _field(code: str, result: str) -> str:
    return _mark("begin") + _code(code) + _mark("separate") + result + _mark("end")


def _headers() -> bytes:
    shape = '<w:r><w:pict><v:shape><v:textpath string="征求意见稿"/></v:shape></w:pict></w:r>'
    parts = {
        "header1": paragraph("页眉一") + table([row([cell("眉格")])], [900]),
        "header2": paragraph(inner=run("页眉二") + shape),
        "footer1": paragraph(inner=run("— ") + _field(" PAGE ", run("7")) + run(" —")),
    }
    return package(paragraph("正文"), parts)


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
    nested = _mark("begin") + _code(" IF ") + _field(" PAGE ", run("3")) + _code(' = 1 "a" "b" ')
    choice = '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="优"/><w:listEntry w:val="良"/></w:ddList>'
    checked = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
    unchecked = '<w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>'

    def form(data: str, code: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>' + _code(code) + _mark("end")

    body = (
        paragraph(inner=f'<w:fldSimple w:instr=" DATE ">{run("2024年3月")}</w:fldSimple>')
        + paragraph(inner=run("见") + _field(' HYPERLINK "http://x" ', run("网址")) + run("。"))
        + paragraph(inner=nested + _mark("separate") + run("结果") + _mark("end") + run("尾"))
        + paragraph(inner=_mark("begin") + _code(' TOC \\o "1-2" ') + _mark("separate") + run("一、概况\t") + run("1"))
        + paragraph(inner=run("二、支出\t") + _field(" PAGEREF _Toc1 ", run("2")))
        + paragraph(inner=_mark("end"))
        + paragraph(inner=form(checked, " FORMCHECKBOX ") + run("是") + form(unchecked, " FORMCHECKBOX ") + run("否"))
        + paragraph(inner=form(choice + "</w:ffData>", " FORMDROPDOWN "))
        + paragraph(inner=_mark("end") + run("多余的结束") + _mark("separate"))
        + paragraph(inner=_mark("begin") + _code(" FORMTEXT ") + run("没有结束"))
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


def _heading(identity: str, name: str, inner: str) -> str:
    return f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>{inner}</w:style>'


def _outline() -> bytes:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        + _heading("1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
        + _heading("My", "自定", '<w:basedOn w:val="1"/>')
        + _heading("3", "heading 3", "")
        + _heading("Loop1", "l1", '<w:basedOn w:val="Loop2"/>')
        + _heading("Loop2", "l2", '<w:basedOn w:val="Loop1"/>')
    )
    body = (
        paragraph("一级", style="1")
        + paragraph("也是一级", style="My")
        + paragraph("三级", style="3")
        + paragraph("直接二级", properties='<w:outlineLvl w:val="1"/>')
        + paragraph("改为正文", style="1", properties='<w:outlineLvl w:val="9"/>')
        + paragraph("循环样式", style="Loop1")
        + paragraph("没有的样式", style="Nowhere")
        + paragraph("正文")
    )
    return package(body, {"styles": styles})


def _strict() -> bytes:
    rows = [row([cell("严格", vertical="restart"), cell("1")]), row([cell("", vertical="continue"), cell("2")])]
    styles = _heading("1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    body = paragraph("标题", style="1") + table(rows, [900, 900])
    return package(body, {"styles": styles, "header1": paragraph("严格眉")}, strict=True)


def _uneven_rows() -> bytes:
    rows = [
        row([cell("a"), cell("b"), cell("c")]),
        row([cell("宽", span=4), cell("尾")]),
        row([]),
        row([cell("x")]),
    ]
    bare = f"<w:tbl>{''.join(rows)}</w:tbl>"
    short = table([row([cell("p", span=2), cell("q", span=3)]), row([cell("r"), cell("s")])], [900])
    no_paragraph = "<w:tbl><w:tr><w:tc/><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>"
    return package(bare + paragraph() + short + paragraph() + no_paragraph)


def _absurd_spans() -> bytes:
    def odd(value: str, stated: str) -> str:
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{stated}"/></w:tcPr>{paragraph(value)}</w:tc>'

    rows = [
        row([cell("a"), odd("极大", "2147483647")]),
        row([odd("零", "0"), odd("负", "-3"), odd("字", "两")]),
        row([cell("b"), cell("c")], '<w:gridBefore w:val="99999999"/>'),
        row([odd("太长", "123456789012345678901234567890"), odd("空", ""), cell("z")]),
    ]
    bare = f"<w:tbl>{row([odd('无网格', '4000000000'), cell('旁')])}</w:tbl>"
    return package(table(rows, [900] * 3) + paragraph() + bare)


def _split_table() -> bytes:
    first = table([row([cell("上半"), cell("1")])], [900] * 2)
    second = table([row([cell("下半"), cell("2")])], [900] * 2)
    return package(first + paragraph("中间") + second + second + paragraph("末"))


def _alt_chunk() -> bytes:
    return package(paragraph("前") + '<w:altChunk r:id="rId9"/>' + paragraph("中") + '<w:subDoc r:id="rId8"/>')


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


SAMPLES: dict[str, Callable[[], bytes]] = {
    "spans": _spans,
    "broken_merges": _broken_merges,
    "horizontal_merges": _horizontal_merges,
    "grid_before_after": _grid_before_after,
    "content_controls": _content_controls,
    "tracked_changes": _tracked_changes,
    "nested_tables": _nested_tables,
    "text_boxes": _text_boxes,
    "notes": _notes,
    "headers": _headers,
    "characters": _characters,
    "symbols": _symbols,
    "fields": _fields,
    "hidden": _hidden,
    "outline": _outline,
    "strict": _strict,
    "uneven_rows": _uneven_rows,
    "absurd_spans": _absurd_spans,
    "split_table": _split_table,
    "alt_chunk": _alt_chunk,
    "formulas": _formulas,
    "objects": _objects,
    **NUMBERING_SAMPLES,
}


def main() -> None:
    """Write all samples."""
    for name, make in SAMPLES.items():
        (TARGET / f"{name}.docx").write_bytes(make())
    print(f"{len(SAMPLES)} samples written to {TARGET}")


if __name__ == "__main__":
    main()
