"""Samples of tables on one page: each shows one way in which rules are drawn, or left out."""

from __future__ import annotations

from collections.abc import Callable

from tests.makers.pdf_file import PdfFile
from tests.makers.pdf_sheet import Sheet, codes, pdf_of, song

XS = [72.0, 200.0, 300.0, 400.0, 520.0]
YS = [100.0, 120.0, 140.0, 160.0, 180.0]
Rule = Callable[[float, float, float, float], None]

# of the grid XS × YS: (x0, y0, x1, y1) of all rules; the head has a cell of two rows and one of two columns,
# the body a block of two by two
SPANNED = [
    (0, 0, 4, 0), (0, 4, 4, 4), (0, 0, 0, 4), (4, 0, 4, 4),
    (1, 1, 3, 1), (0, 2, 4, 2), (0, 3, 2, 3), (1, 0, 1, 4), (2, 1, 2, 4), (3, 0, 3, 2), (3, 3, 3, 3),
]  # fmt: skip


def _draw(rule: Rule, edges: list[tuple[int, int, int, int]]) -> None:
    for i, j, k, m in edges:
        if (i, j) != (k, m):
            rule(XS[i], YS[j], XS[k], YS[m])


def _spanned_texts(sheet: Sheet) -> None:
    sheet.text(77, 115, "项目名称")
    sheet.text(205, 115, "资金（万元）")
    sheet.text(405, 115, "备注")
    sheet.text(205, 135, "年初预算数")
    sheet.text(305, 135, "全年执行数")
    sheet.text(77, 155, "基本支出")
    sheet.text(205, 155, "215.81")
    sheet.text(77, 175, "项目支出")
    sheet.text(205, 175, "60.89")
    sheet.text(305, 165, "合并的四格")


def strokes() -> bytes:
    """Stroked lines, each the whole length of the table."""
    sheet = Sheet()
    _draw(lambda x0, y0, x1, y1: sheet.stroke(x0, sheet.height - y0, x1, sheet.height - y1), SPANNED)
    _spanned_texts(sheet)
    return pdf_of(sheet)


def thin_rectangles() -> bytes:
    """Rules as filled rectangles of 0.72 pt, in one path for all, as some programs write them."""
    sheet = Sheet()
    parts: list[str] = []

    def rule(x0: float, y0: float, x1: float, y1: float) -> None:
        parts.append(f"{x0 - 0.36:.2f} {sheet.height - y1 - 0.36:.2f} {x1 - x0 + 0.72:.2f} {y1 - y0 + 0.72:.2f} re")

    _draw(rule, SPANNED)
    sheet.raw("\n".join(parts) + " f")
    _spanned_texts(sheet)
    return pdf_of(sheet)


def word_borders() -> bytes:
    """Every cell's border as rectangles of its own with the corners apart, as Word writes them; shaded head."""
    sheet = Sheet()
    sheet.raw(f"q 0.85 g {XS[0]} {sheet.height - YS[2]} {XS[4] - XS[0]} {YS[2] - YS[0]} re f Q")
    cells = [(0, 0, 1, 2), (1, 0, 3, 1), (3, 0, 4, 2), (1, 1, 2, 2), (2, 1, 3, 2), (0, 2, 1, 3), (1, 2, 2, 3)]
    for i, j, k, m in [*cells, (0, 3, 1, 4), (1, 3, 2, 4), (2, 2, 4, 4)]:
        for x in (XS[i], XS[k]):
            sheet.bar(x, YS[j] + 0.48, x + 0.48, YS[m])
            sheet.bar(x, YS[j], x + 0.48, YS[j] + 0.48)
            sheet.bar(x, YS[m], x + 0.48, YS[m] + 0.48)
        for y in (YS[j], YS[m]):
            sheet.bar(XS[i] + 0.48, y, XS[k], y + 0.48)
    _spanned_texts(sheet)
    return pdf_of(sheet)


def broken_and_doubled() -> bytes:
    """Rules with gaps of 2 pt, drawn twice 0.5 pt apart, double borders 1.5 pt apart, corners that do not meet."""
    sheet = Sheet()

    def rule(x0: float, y0: float, x1: float, y1: float) -> None:
        if y0 == y1:
            middle = (x0 + x1) / 2
            sheet.across(y0, x0 + 1.5, middle - 1)
            sheet.across(y0 + 0.5, middle + 1, x1 - 1.5)
            sheet.across(y0 + 1.5, x0 + 1.5, x1 - 1.5)
        else:
            sheet.down(x0, y0 + 1, y1 - 1)
            sheet.down(x0 + 0.5, y0 + 1, y1 - 1)

    _draw(rule, SPANNED)
    _spanned_texts(sheet)
    return pdf_of(sheet)


def open_sides() -> bytes:
    """No left and no right border: the horizontal rules say where the table ends."""
    sheet = Sheet()
    for y in YS[:4]:
        sheet.across(y, XS[0], XS[3])
    for x in XS[1:3]:
        sheet.down(x, YS[0], YS[3])
    sheet.words(XS, 115, ["科目", "预算数", "决算数"])
    sheet.words(XS, 135, ["三公经费", "0.33", "0.33"])
    sheet.words(XS, 155, ["公用经费", "55.51", ""])
    return pdf_of(sheet)


def horizontal_rules() -> bytes:
    """A three-line table: rules above, below and under the head, nothing between the columns."""
    sheet = Sheet()
    for y in (100, 120, 180):
        sheet.across(y, 72, 500, 1.0 if y != 120 else 0.5)
    for y, row in [
        (115, ["科目", "2023年预算数", "2023年决算数"]),
        (135, ["人员经费", "160.3", "160.3"]),
        (153, ["公用经费", "55.51", "55.51"]),
        (171, ["其他", "", "11.25"]),
    ]:
        sheet.words([72, 250, 400], y, row)
    sheet.text(72, 220, "注：本表单位为万元。")
    return pdf_of(sheet)


def no_rules() -> bytes:
    """Columns held together by nothing but alignment."""
    sheet = Sheet()
    sheet.centred(80, "部门支出情况")
    for y, row in [
        (115, ["科目", "预算数", "决算数"]),
        (133, ["人员经费", "160.3", "160.3"]),
        (151, ["公用经费", "55.51", "55.51"]),
        (169, ["业务工作经费", "60.89", "60.89"]),
        (187, ["合计", "276.70", "276.70"]),
    ]:
        sheet.words([72, 250, 400], y, row)
    return pdf_of(sheet)


def prose_only() -> bytes:
    """Lines with gaps that are no table: a signature block, a contents page, two items beside each other, a frame."""
    sheet = Sheet()
    sheet.centred(80, "目    录")
    for n, (title, page) in enumerate([("一、基本情况", 1), ("二、支出情况", 2), ("三、绩效情况", 5)]):
        sheet.text(72, 110 + 20 * n, title + "…" * 30)
        sheet.text(480, 110 + 20 * n, str(page))
    sheet.text(72, 200, "填表人：")
    sheet.text(200, 200, "联系电话：")
    sheet.text(350, 200, "单位负责人签字：")
    sheet.text(72, 230, "单位：某某办公室")
    sheet.text(350, 230, "金额单位：万元")
    sheet.text(93, 260, "本年整体支出总计为276.7万元，其中基本支出215.81万元，占本年整体支出的")
    sheet.text(72, 278, "77.99%，项目支出60.89万元。")
    sheet.raw(f"0.5 w 72 {sheet.height - 340} 440 40 re S")
    sheet.text(80, 325, "框里的一句话不是表格。")
    return pdf_of(sheet)


def two_tables() -> bytes:
    """Two tables on one page, 14 pt apart, nothing but the gap between them."""
    sheet = Sheet()
    for y in (100, 120, 140):
        sheet.across(y, 72, 400)
    for x in (72, 200, 400):
        sheet.down(x, 100, 140)
    for y in (154, 174, 194):
        sheet.across(y, 72, 400)
    for x in (72, 300, 400):
        sheet.down(x, 154, 194)
    sheet.words([72, 200], 115, ["甲", "1"])
    sheet.words([72, 200], 135, ["乙", "2"])
    sheet.words([72, 300], 169, ["丙", "3"])
    sheet.words([72, 300], 189, ["丁", "4"])
    return pdf_of(sheet)


def nested_table() -> bytes:
    """A small table within a cell, free of its borders."""
    sheet = Sheet()
    for y in (100, 200, 230):
        sheet.across(y, 72, 500)
    for x in (72, 200, 500):
        sheet.down(x, 100, 230)
    for y in (130, 150, 170):
        sheet.across(y, 230, 430)
    for x in (230, 330, 430):
        sheet.down(x, 130, 170)
    sheet.text(77, 115, "资金来源")
    sheet.text(205, 115, "明细如下：")
    sheet.words([230, 330], 145, ["财政拨款", "265.45"])
    sheet.words([230, 330], 165, ["其他资金", "11.25"])
    sheet.words([72, 200], 220, ["合计", "276.7"])
    return pdf_of(sheet)


def underlines_and_white() -> bytes:
    """An underlined word is no border; a border drawn in white is none; text that runs over a border stays whole."""
    sheet = Sheet()
    for y in (100, 120, 140):
        sheet.across(y, 72, 300)
    for x in (72, 180, 300):
        sheet.down(x, 100, 140)
    sheet.raw("1 G")
    sheet.down(240, 100, 140)
    sheet.raw("0 G")
    sheet.text(77, 115, "实施单位")
    sheet.text(190, 115, "某某中心")
    sheet.across(117, 190, 232)
    sheet.text(77, 135, "资金总额")
    sheet.text(262, 135, "12345678.90")
    return pdf_of(sheet)


def in_form() -> bytes:
    """The whole table inside a form XObject that is scaled and moved."""
    pdf = PdfFile()
    song(pdf)
    ops = []
    for y in (0, 40, 80):
        ops.append(f"1 w 0 {y} m 400 {y} l S")
    for x in (0, 200, 400):
        ops.append(f"{x} 0 m {x} 80 l S")
    for x, y, text in [(10, 50, "年初预算数"), (210, 50, "263.38"), (10, 10, "全年执行数"), (210, 10, "276.7")]:
        ops.append(f"BT /S 20 Tf {x} {y} Td <{codes(text)}> Tj ET")
    form = pdf.stream(
        "\n".join(ops).encode(),
        f"/Type /XObject /Subtype /Form /BBox [-5 -5 405 85] /Matrix [0.5 0 0 0.5 0 0] "
        f"/Resources << /Font << /S {pdf.fonts['S']} 0 R >> >>",
    )
    sheet = Sheet()
    sheet.xobjects["X1"] = form
    sheet.raw("q 1 0 0 1 100 600 cm /X1 Do Q")
    pdf.page(sheet)
    return pdf.bytes()


def staggered() -> bytes:
    """A table whose last rows are narrower: beside them is nothing, not an empty cell."""
    sheet = Sheet()
    for y in (100, 120, 140):
        sheet.across(y, 72, 400)
    sheet.across(160, 72, 250)
    for x in (72, 160, 250):
        sheet.down(x, 100, 160)
    for x in (330, 400):
        sheet.down(x, 100, 140)
    sheet.words([72, 160, 250, 330], 115, ["一级", "二级", "分值", "得分"])
    sheet.words([72, 160, 250, 330], 135, ["产出", "数量", "10", "10"])
    sheet.words([72, 160], 155, ["总分", "99"])
    return pdf_of(sheet)


def dashed() -> bytes:
    """Rules made of dashes, each dash a stroke of its own."""
    sheet = Sheet()
    for y in (100, 120, 140):
        for n in range(46):
            sheet.across(y, 72 + 5 * n, min(75 + 5 * n, 300))
    for x in (72, 180, 300):
        for n in range(8):
            sheet.down(x, 100 + 5 * n, 103 + 5 * n)
    sheet.words([72, 180], 115, ["分值", "10"])
    sheet.words([72, 180], 135, ["得分", "9.5"])
    return pdf_of(sheet)


def chart() -> bytes:
    """The axis and grid lines of a chart: rules that cross, with nothing in them, are no table."""
    sheet = Sheet()
    sheet.text(72, 85, "图1 支出结构")
    for n in range(5):
        sheet.across(100 + 30 * n, 100, 400)
    sheet.down(100, 100, 220)
    for n in range(4):
        sheet.bar(130 + 60 * n, 200 - 20 * n, 160 + 60 * n, 220)
    sheet.text(80, 224, "0")
    sheet.text(77, 104, "80")
    return pdf_of(sheet)


SAMPLES = {
    "chart-no-table": chart,
    "ruled-strokes": strokes,
    "ruled-thin-rectangles": thin_rectangles,
    "ruled-word-borders": word_borders,
    "ruled-broken-and-doubled": broken_and_doubled,
    "ruled-open-sides": open_sides,
    "ruled-dashed": dashed,
    "ruled-staggered": staggered,
    "horizontal-rules-only": horizontal_rules,
    "no-rules-aligned": no_rules,
    "no-table-prose": prose_only,
    "two-tables-one-page": two_tables,
    "nested-table": nested_table,
    "underlines-white-rules-overflow": underlines_and_white,
    "table-in-form-xobject": in_form,
}
