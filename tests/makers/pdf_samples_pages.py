"""Samples of what goes over pages: joined tables, cut rows, furniture, paragraphs."""

from __future__ import annotations

from tests.makers.pdf_sheet import Sheet, pdf_of, width

EDGES = [72.0, 150.0, 300.0, 400.0, 520.0]


def grid(sheet: Sheet, ys: list[float], xs: list[float] = EDGES, skip: set[tuple[int, int]] | None = None) -> None:
    """Stroke a grid; `skip` names (line, column) of horizontal pieces that a merged cell leaves out."""
    for j, y in enumerate(ys):
        for i in range(len(xs) - 1):
            if (j, i) not in (skip or set()):
                sheet.across(y, xs[i], xs[i + 1])
    for x in xs:
        sheet.down(x, ys[0], ys[-1])


def steps(top: float, count: int, height: float = 20.0) -> list[float]:
    """Edges of equal rows."""
    return [top + height * n for n in range(count + 1)]


HEAD = ["序号", "指标名称", "年度指标值", "实际完成值"]


def header_repeated() -> bytes:
    """A table over three pages; its heading row is printed again on each."""
    sheets = []
    number = 0
    for page in range(3):
        sheet = Sheet()
        rows = 33 if page < 2 else 5
        top = 100.0 if page == 0 else 80.0
        if page == 0:
            sheet.centred(90, "绩效指标完成情况表", 14)
        ys = steps(top, rows)
        grid(sheet, ys)
        sheet.words(EDGES, top + 15, HEAD)
        for row in range(1, rows):
            number += 1
            sheet.words(EDGES, ys[row] + 15, [str(number), f"指标{number}", f"≥{number}%", f"{number + 1}%"])
        sheet.text(290, 805, str(page + 1), 9)
        sheets.append(sheet)
    return pdf_of(*sheets)


def row_cut() -> bytes:
    """The last row of the first page goes on upon the second; both parts are closed by rules."""
    first, second = Sheet(), Sheet()
    grid(first, [700, 720, 770])
    first.words(EDGES, 715, HEAD)
    first.words(EDGES, 735, ["1", "公开及时率", "≥95%", "在规定的时间内公开部"])
    first.text(405, 750, "门预算和决算的信息，")
    first.text(405, 765, "数据真实、完整、准确")
    grid(second, [72, 105, 125])
    second.text(405, 87, "可靠，检查的时候没有")
    second.text(405, 102, "发现差错。")
    second.words(EDGES, 120, ["2", "满意度", "≥95%", "99%"])
    return pdf_of(first, second)


def row_cut_open() -> bytes:
    """The cut row has no rule at the bottom of the first page and none at the top of the second."""
    first, second = Sheet(), Sheet()
    for sheet, ys, lines in ((first, [700, 720], (700, 770)), (second, [105, 125], (72, 125))):
        for y in ys:
            sheet.across(y, EDGES[0], EDGES[-1])
        for x in EDGES:
            sheet.down(x, *lines)
    first.words(EDGES, 715, HEAD)
    first.words(EDGES, 735, ["1", "公开及时率", "≥95%", "已经公开。"])
    second.text(405, 87, "以后继续。")
    second.words(EDGES, 120, ["2", "满意度", "≥95%", "99%"])
    return pdf_of(first, second)


def merged_cut() -> bytes:
    """A merged label runs over the page break: its text stands on the first page, an empty cell on the second."""
    first, second = Sheet(), Sheet()
    grid(first, [690, 710, 730, 750, 770], skip={(2, 0), (3, 0)})
    first.words(EDGES, 705, ["一级指标", "三级指标", "分值", "得分"])
    first.text(77, 735, "产出指标")
    for n, y in enumerate((725, 745, 765), start=1):
        first.words(EDGES, y, ["", f"数量{n}", "10", "10"])
    grid(second, [72, 92, 112, 132], skip={(1, 0)})
    for n, y in enumerate((87, 107), start=4):
        second.words(EDGES, y, ["", f"数量{n}", "10", "9"])
    second.words(EDGES, 127, ["总分", "", "50", "48"])
    return pdf_of(first, second)


def unrelated() -> bytes:
    """A table ends at the page's bottom; one with other columns begins on the next page, a third after a title."""
    first, second, third = Sheet(), Sheet(), Sheet()
    grid(first, steps(700, 3))
    for row in range(3):
        first.words(EDGES, 715 + 20 * row, [f"甲{row}", f"乙{row}", "1", "2"])
    other = [72.0, 220.0, 350.0, 520.0]
    grid(second, steps(72, 34), other)
    for row in range(34):
        second.words(other, 87 + 20 * row, [f"丙{row}", str(row), str(row * 2)])
    third.text(72, 85, "附件3")
    grid(third, steps(100, 2), other)
    for row in range(2):
        third.words(other, 115 + 20 * row, [f"丁{row}", "5", "6"])
    return pdf_of(first, second, third)


def ends_high() -> bytes:
    """A table ends in the middle of its page; one of the same columns begins on the next: two tables."""
    first, second = Sheet(), Sheet()
    grid(first, steps(100, 2))
    grid(second, steps(100, 2))
    for sheet, mark in ((first, "甲"), (second, "乙")):
        sheet.words(EDGES, 115, [mark, "项目", "分值", "得分"])
        sheet.words(EDGES, 135, [mark, "项目一", "10", "9"])
    third = Sheet()
    for n in range(20):
        third.text(93, 85 + 36 * n, "这一页写满了正文，说明版心一直到这里才结束，所以前一页的表格")
        third.text(72, 103 + 36 * n, "不是被分页切断的。")
    return pdf_of(third, first, second)


def furniture() -> bytes:
    """Running header, footer with a rule, page numbers; on the second page the number stands inside the table."""
    sheets = []
    for page in range(3):
        sheet = Sheet()
        sheet.text(72, 45, "某某市财政局部门整体支出绩效评价", 9)
        sheet.text(72, 790, "二〇二四年三月", 9)
        sheet.text(280, 810, f"- {page + 1} -" if page != 1 else "- 2 -", 9)
        if page == 1:
            grid(sheet, [600, 620, 640, 830])
            sheet.words(EDGES, 615, HEAD)
            sheet.words(EDGES, 635, ["1", "开展常规巡察", "≥3", "3"])
            sheet.words(EDGES, 655, ["2", "开展专项巡察", "≥1", "1"])
        else:
            sheet.text(93, 100, f"第{page + 1}页上的正文只有这一句话。")
        sheets.append(sheet)
    return pdf_of(*sheets)


def number_under_table() -> bytes:
    """Bare page numbers right under the table and on the next page alone."""
    sheets = []
    for page in range(3):
        sheet = Sheet()
        grid(sheet, steps(680, 5), [72, 300, 520])
        for row in range(5):
            sheet.words([72, 300], 695 + 20 * row, [f"第{page + 1}组{row}", str(10 * page + row)])
        sheet.text(72, 100, f"表{page + 1}", 14)
        sheet.text(295, 790, str(page + 7), 9)
        sheets.append(sheet)
    return pdf_of(*sheets)


def prose() -> bytes:
    """Paragraphs over lines and over a page break, headings, a centred title of two lines, Latin words."""
    size, left, right = 12.0, 90.0, 90.0 + 12 * 34
    first, second = Sheet(), Sheet()
    first.centred(100, "二〇二三年度部门整体支出", 18)
    first.centred(126, "绩效自评报告", 18)
    body = [
        "一、部门基本情况",
        "（一）机构设置",
        "本单位设置4个内设机构，分别为综合股、巡察股、督办股、巡察信息中心。人员编制12个，实有人数11人，全年基本支出215.81万元。",
        "预算管理一体化系统（Budget Management System）已经全面上线运行，各单位都通过它编制预算并且办理支付。",
        "1.找准工作定位，推动同责共抓。",
        "2.坚守政治立场，深化政治巡察，完成对柳林洲街道、良心堡镇27个村（社区）党组织巡察，发现一般性问题326个。",
    ]
    y = 146.0
    sheet = first
    for text in body * 4:
        line, room = "", right - left - 2 * size
        x = left + 2 * size
        for token in _tokens(text):
            if width(line + token, size) > room and token not in "，。、）":
                sheet.text(x, y, line, size)
                line, room, x = "", right - left, left
                token = token.lstrip()
                y += 24
                if y > 760:
                    sheet, y = second, 100.0
            line += token
        sheet.text(x, y, line, size)
        y += 24
        if y > 760 and sheet is first:
            sheet, y = second, 100.0
    sheet.text(right - width("2024年3月15日", size), y + 30, "2024年3月15日", size)
    return pdf_of(first, second)


def _tokens(text: str) -> list[str]:
    out: list[str] = []
    for char in text:
        if "!" <= char <= "~" and out and "!" <= out[-1][-1] <= "~":
            out[-1] += char
        else:
            out.append(char)
    return out


def wrapped_cells() -> bytes:
    """Lines within cells: broken by width (words, a number), and broken by the writer."""
    sheet = Sheet()
    xs = [72.0, 124.0, 230.0, 300.0, 334.0, 500.0]
    grid(sheet, [100, 160], xs)
    sheet.text(77.4, 115, "受益群众")
    sheet.text(77.4, 130, "的满意度")
    sheet.text(129.4, 115, "产出指标")
    sheet.text(129.4, 145, "（50分）")
    sheet.text(305.4, 115, "95.")
    sheet.text(305.4, 130, "10%")
    sheet.text(235.4, 115, "2023年12月")
    sheet.text(235.4, 130, "31日前")
    sheet.text(339.4, 115, "目标1：完成制度建设；")
    sheet.text(339.4, 130, "目标2：组织专项巡察，发现问题")
    sheet.text(339.4, 145, "并且督促整改。")
    return pdf_of(sheet)


def titles_repeat() -> bytes:
    """One form a page, under the same title at the same height: titles are no running headers."""
    sheets = []
    for page in range(3):
        sheet = Sheet()
        sheet.text(72, 45, "填报单位：某某中心")
        sheet.centred(62, "项目支出绩效自评表", 10.5)
        grid(sheet, steps(70, 2), [72, 300, 520])
        sheet.words([72, 300], 85, ["项目名称", f"项目{page + 1}"])
        sheet.words([72, 300], 105, ["得分", str(90 + page)])
        sheets.append(sheet)
    return pdf_of(*sheets)


def contents() -> bytes:
    """A contents page without leaders: titles and page numbers are no table."""
    sheet = Sheet()
    sheet.centred(80, "目录")
    for n, title in enumerate(["一、基本情况", "二、支出情况", "三、绩效情况", "四、存在问题", "五、下一步措施"]):
        sheet.text(72, 110 + 20 * n, title)
        sheet.text(500, 110 + 20 * n, str(2 * n + 1))
    return pdf_of(sheet)


def cropped() -> bytes:
    """A crop box smaller than the page: places count from its corner, text outside it is not there."""
    sheet = Sheet()
    sheet.extra = f"/CropBox [40 100 555.32 {sheet.height - 60:.2f}]"
    grid(sheet, steps(100, 2), [72, 300, 520])
    sheet.words([72, 300], 115, ["年初预算数", "263.38"])
    sheet.words([72, 300], 135, ["全年执行数", "276.7"])
    sheet.text(72, 40, "裁掉的页眉")
    return pdf_of(sheet)


SAMPLES = {
    "pages-header-repeated": header_repeated,
    "pages-row-cut": row_cut,
    "pages-row-cut-open": row_cut_open,
    "pages-merged-cell-cut": merged_cut,
    "pages-unrelated-tables": unrelated,
    "pages-table-ends-high": ends_high,
    "furniture-number-in-table": furniture,
    "furniture-number-under-table": number_under_table,
    "paragraphs": prose,
    "cells-wrapped": wrapped_cells,
    "titles-repeat-no-headers": titles_repeat,
    "contents-no-table": contents,
    "crop-box": cropped,
}
