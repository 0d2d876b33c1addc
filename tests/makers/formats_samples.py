"""Two invented reports as offices publish them: a project form as a workbook, a department's form on a page of its site.

`python -m tests.makers.formats_samples` writes them, and the seed in each format, into tests/data/formats. The old Word
formats need LibreOffice. What they must yield stands beside them, written by hand.
"""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from tests.makers.workbooks import TARGET


def water() -> bytes:
    """A project form in 亿元: percent and count formats, merges, a hidden row, column and sheet, a sum by formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("自评表")
    formats: dict[tuple[str, bool], Any] = {}

    def put(
        row: int, first: int, last: int, value: str | float, code: str = "General", bottom: int | None = None
    ) -> None:
        lined = row > 2
        style = formats.setdefault((code, lined), book.add_format({"num_format": code, "border": int(lined)}))
        if (first, row) != (last, bottom or row):
            sheet.merge_range(row, first, bottom or row, last, "", style)
        if isinstance(value, str) and value.startswith("="):
            sheet.write_formula(row, first, value, style, 99.63)
        else:
            sheet.write(row, first, value, style)

    put(0, 0, 8, "项目支出绩效自评表")
    put(1, 0, 8, "（2022年度）")
    put(2, 8, 8, "单位：亿元")
    put(3, 0, 0, "项目名称")
    put(3, 1, 8, "农村饮水安全巩固提升工程")
    put(4, 0, 0, "主管部门")
    put(4, 1, 3, "炎陵县水利局")
    put(4, 4, 4, "实施单位")
    put(4, 5, 8, "炎陵县水利局")
    put(5, 0, 0, "项目资金（亿元）", bottom=8)
    put(5, 1, 2, "")
    for at, word in enumerate(("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"), start=3):
        put(5, at, at, word)
    funds: list[tuple[str, list[tuple[str | float, str]]]] = [
        (
            "年度资金总额",
            [(1.2, "0.00"), (1.35, "0.00"), (1.3, "0.00"), (10, "0"), (0.962963, "0.00%"), (9.63, "0.00")],
        ),
        ("其中：当年财政拨款", [(1, "0.00"), (1.15, "0.00"), (1.15, "0.00"), ("—", "@"), (1, "0%"), ("—", "@")]),
        ("      其他资金", [(0.2, "0.00"), (0.2, "0.00"), (0.15, "0.00"), ("—", "@"), (0.75, "0%"), ("—", "@")]),
    ]
    for row, (name, values) in enumerate(funds, start=6):
        put(row, 1, 2, name)
        for at, (value, code) in enumerate(values, start=3):
            put(row, at, at, value, code)
    put(9, 0, 8, "调整前执行数 999.99")
    sheet.set_row(9, None, None, {"hidden": True})
    put(10, 0, 0, "年度总体目标", bottom=11)
    put(10, 1, 4, "预期目标")
    put(10, 5, 8, "实际完成情况")
    put(11, 1, 4, "新建水厂3座，改善农村供水条件。")
    put(11, 5, 8, "全年新建水厂3座，农村供水条件明显改善。")
    put(12, 0, 0, "绩效指标", bottom=17)
    names = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    for at, word in enumerate(names, start=1):
        put(12, at, at, word)
    put(13, 1, 1, "产出指标（50分）", bottom=15)
    put(16, 1, 1, "效益指标（30分）")
    put(17, 1, 1, "满意度指标（10分）")
    rows: list[list[tuple[str | float, str]]] = [
        [("数量指标", "@"), ("新建水厂", "@"), ("≥3座", "@"), (3, '0"座"'), (20, "0"), (20, "0"), ("", "@")],
        [("质量指标", "@"), ("水质达标率", "@"), ("≥95%", "@"), (0.982, "0.0%"), (15, "0"), (15, "0"), ("", "@")],
        [("时效指标", "@"), ("工程按期完工率", "@"), (1, "0%"), (1, "0%"), (15, "0"), (15, "0"), ("", "@")],
        [
            ("社会效益指标", "@"),
            ("受益人口", "@"),
            ("≥2.5万人", "@"),
            ("2.6万人", "@"),
            (30, "0"),
            (30, "0"),
            ("", "@"),
        ],
        [
            ("服务对象满意度指标", "@"),
            ("群众满意度", "@"),
            ("≥90%", "@"),
            (0.93, "0%"),
            (10, "0"),
            (10, "0"),
            ("", "@"),
        ],
    ]
    for row, cells in enumerate(rows, start=13):
        for at, (value, code) in enumerate(cells, start=2):
            put(row, at, at, value, code)
    put(18, 0, 5, "总分")
    put(18, 6, 6, 100, "0")
    put(18, 7, 7, "=SUM(I7,H14:H18)", "0.00")
    put(18, 8, 8, "")
    sheet.write(3, 10, "内部备注 888.88")
    sheet.set_column(10, 10, None, None, {"hidden": True})
    book.add_worksheet("底稿").write(0, 0, "底稿 777.77")
    book.worksheets()[1].hide()
    book.close()
    return out.getvalue()


def road() -> bytes:
    """A department's form on a page that is laid out with tables: GBK characters under GB2312, spans, layout inside cells."""
    rows = (
        "<tr><td>部门名称</td><td colspan=8>蓝山县交通运输局</td></tr>"
        "<tr><td rowspan=3>年度预算申请<br>（万元）</td><td colspan=2>&nbsp;</td><td>年初预算数</td><td>全年预算数</td>"
        "<td>全年执行数</td><td>分值</td><td>执行率</td><td>得分</td></tr>"
        "<tr><td colspan=2>年度资金总额</td><td>1.05亿元</td><td>10,800.50</td><td><p>10,285.32</p></td><td>10</td>"
        '<td>95<span style="display:none">8</span>.23%</td><td>9.52</td></tr>'
        '<tr style="display:none"><td colspan=2>删除的行</td><td>666.66</td><td></td><td></td><td></td><td></td><td></td></tr>'
        "<tr><td colspan=4>按收入性质分：一般公共预算：10285.32</td><td colspan=4>按支出性质分：基本支出：3285.32</td></tr>"
        "<tr><td rowspan=4>绩<br>效<br>指<br>标</td><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td>"
        "<td>实际完成值</td><td>分值</td><td>得分</td><td>偏差原因分析及改进措施</td></tr>"
        "<tr><td rowspan=2>产出指标<br>（60分）</td><td>数量指标</td><td>养护农村公路里程</td><td>≥320公里</td><td>326公里</td>"
        "<td>40</td><td>40</td><td></td></tr>"
        "<tr><td>质量指标</td><td>一次验收合格率</td><td>≥98%</td><td>97.5%</td><td>20</td><td>18</td>"
        "<td>雨季施工影响，<b>加强</b>旁站监理。</td></tr>"
        "<tr><td>满意度指标<br>（30分）</td><td>服务对象满意度指标</td><td>群众出行满意度</td><td>≥90%</td><td>93%</td>"
        "<td>30</td><td>30</td><td></td></tr>"
        "<tr><td colspan=6>总分</td><td>100</td><td>97.52</td><td></td></tr>"
    )
    menu = "".join(
        f'<a href="/c{n}/">{word}</a> | ' for n, word in enumerate(("首页", "政务公开", "财政资金", "绩效评价"))
    )
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        "<title>蓝山县交通运输局2021年度部门整体支出绩效自评表-蓝山县人民政府门户网站</title></head>"
        f'<body><form action="/search"><table width=980><tr><td>{menu}<input name=q value="5.55"></td></tr>'
        f'<tr><td><table width="100%"><tr><td width=180><ul><li>{menu}</li><li>{menu}</li></ul></td><td>'
        "<p>当前位置：首页 &gt; 政务公开 &gt; 绩效评价</p><p>信息来源：县财政局　发布时间：2022-08-15 09:32　点击量：2046</p>"
        "<p>字号：【大 中 小】</p><center><b>部门整体支出绩效自评表</b></center><p>（2021年度）</p>"
        f"<table border=1>{rows}</table><p>填表人：欧阳镕 联系电话：0746-2213001</p><p>【打印】【关闭】</p>"
        "<p>上一篇：没有了</p><p>版权所有：蓝山县人民政府</p></td></tr></table></td></tr></table></form></body></html>"
    )
    return page.encode("gb18030")


def mht(page: bytes) -> bytes:
    """A page saved by a browser as one file."""
    import base64

    body = base64.encodebytes(page).decode()
    return (
        "From: <Saved by Blink>\r\nSubject: page\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n'
        "------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\nContent-Location: http://a.example/\r\n\r\n"
        f"{body}\r\n------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------b--\r\n"
    ).encode()


def main() -> None:
    """Write all of them."""
    from tests.makers import pages, workbooks

    workbooks.main()
    pages.main()
    (TARGET / "yanling-water-2022.xlsx").write_bytes(water())
    (TARGET / "lanshan-road-2021.html").write_bytes(road())
    (TARGET / "seed.mht").write_bytes(mht((TARGET / "seed.html").read_bytes()))


if __name__ == "__main__":
    main()
