"""Writes a document as a page of a county's web site: chrome around it, merges as spans, the encoding of its time.

`python -m tests.makers.pages` writes the seed as tests/data/formats/seed.html.
"""

from __future__ import annotations

from html import escape

from parsers.document import Cell, Document, Paragraph, Table
from tests.makers.workbooks import SEED, TARGET

_LINKS = "".join(f'<li><a href="/col/{n}/index.html">{word}</a></li>' for n, word in enumerate(
    ("网站首页", "政务公开", "办事服务", "互动交流", "走进君山", "财政预决算", "绩效管理", "通知公告", "专题专栏"), start=1
))  # fmt: skip


def page(document: Document, title: str, encoding: str = "gb2312", layout: str = "div") -> bytes:
    """The bytes of a page with the blocks of a document, laid out with `div`s or, as older sites do, with tables."""
    content = "\n".join(_block(block) for block in document.blocks)
    head = (
        f'<head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"><title>{escape(title)}'
        "_君山区人民政府</title><style>.tip{display:none}</style><script>var clicks = 1024;</script></head>"
    )
    around = _with_divs if layout == "div" else _with_tables
    html = f"<!DOCTYPE html>\n<html>{head}<body>{around(content, escape(title))}</body></html>"
    return html.encode("gb18030" if encoding == "gb2312" else encoding)


def _with_divs(content: str, title: str) -> str:
    return (
        f'<div class="top"><ul>{_LINKS}</ul></div><nav>{_LINKS}</nav>'
        '<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a></div>'
        f'<div class="box"><div class="title"><h1>{title}</h1></div>'
        '<div class="info"><span>来源：区财政局</span> <span>发布时间：2024-09-12 10:21</span> '
        '<span>浏览次数：1037</span></div><div class="tip">隐藏的 999.99 万元</div>'
        f'<div class="content" id="zoom">{content}</div>'
        '<div class="share"><a href="#">分享到：</a><a href="http://a.example/">微信</a><a href="http://b.example/">微博</a></div>'
        f'<div class="more"><p>相关文章</p><ul>{_LINKS}</ul></div></div>'
        "<footer>版权所有：君山区人民政府 备案号 湘ICP备05000001号-1 电话 0730-8171001</footer>"
    )


def _with_tables(content: str, title: str) -> str:
    return (
        f'<table width="1000"><tr><td colspan="2"><table><tr><td>{_LINKS}</td></tr></table></td></tr>'
        f'<tr><td width="200"><ul>{_LINKS}</ul></td><td><table><tr><td>{title}</td></tr><tr><td>{content}</td></tr>'
        "</table></td></tr><tr><td colspan=2>主办单位：君山区人民政府</td></tr></table>"
    )


def _block(block: Paragraph | Table) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    rows = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in block.rows())
    return f'<div style="overflow:auto"><table border="1"><tbody>{rows}</tbody></table></div>'


def _cell(cell: Cell) -> str:
    spans = (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "") + (
        f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
    )
    lines = [escape(line) for line in cell.text.split("\n")]
    inner = lines[0] if len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)
    return f"<td{spans}>{inner}</td>"


def main() -> None:
    """Write the seed."""
    from parsers.readers.docx import read_docx

    document = read_docx((SEED / "seed.docx").read_bytes())
    (TARGET / "seed.html").write_bytes(page(document, "2023年君山区委巡察办部门整体支出绩效自评报告"))


if __name__ == "__main__":
    main()
