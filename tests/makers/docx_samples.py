"""Small Word files, each showing one thing: `python -m tests.makers.docx_samples` writes tests/readers/docx/samples.

The expectations beside them (`name.expected.json`) are not made here: they were written by reading the XML below.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.makers.docx_inline import INLINE_SAMPLES, field
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


def _headers() -> bytes:
    shape = '<w:r><w:pict><v:shape><v:textpath string="征求意见稿"/></v:shape></w:pict></w:r>'
    parts = {
        "header1": paragraph("页眉一") + table([row([cell("眉格")])], [900]),
        "header2": paragraph(inner=run("页眉二") + shape),
        "footer1": paragraph(inner=run("— ") + field(" PAGE ", run("7")) + run(" —")),
    }
    return package(paragraph("正文"), parts)


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
    "outline": _outline,
    "strict": _strict,
    "uneven_rows": _uneven_rows,
    "absurd_spans": _absurd_spans,
    "split_table": _split_table,
    "alt_chunk": _alt_chunk,
    **INLINE_SAMPLES,
    **NUMBERING_SAMPLES,
}


def main() -> None:
    """Write all samples."""
    for name, make in SAMPLES.items():
        (TARGET / f"{name}.docx").write_bytes(make())
    print(f"{len(SAMPLES)} samples written to {TARGET}")


if __name__ == "__main__":
    main()
