"""What is read of a web page: the block of the report, tables with spans, what is hidden, encodings, limits."""

from __future__ import annotations

import pytest

from parsers.document import Paragraph, Table
from parsers.readers import detect, read
from parsers.reasons import UnreadableError

REPORT = "<p>2023年度某县财政局部门整体支出绩效自评报告</p><p>一、概况。本单位严格执行预算，全年支出215.81万元。</p>"
MENU = "<ul>" + "".join(f'<li><a href="/{n}">栏目名称{n}</a></li>' for n in range(9)) + "</ul>"


def page(body: str, head: str = "") -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def texts(data: bytes) -> list[str | list[str]]:
    """Texts of the body: furniture is not told."""
    out: list[str | list[str]] = []
    for block in read(data).blocks:
        if isinstance(block, Table):
            out.append([cell.text for cell in block.cells])
        elif block.kind == "body":
            out.append(block.text)
    return out


def grid(data: bytes) -> list[tuple[int, int, int, int, str]]:
    (table,) = [block for block in read(data).blocks if isinstance(block, Table)]
    return [(c.row, c.col, c.row_span, c.col_span, c.text) for c in table.cells]


BODY = ["2023年度某县财政局部门整体支出绩效自评报告", "一、概况。本单位严格执行预算，全年支出215.81万元。"]


@pytest.mark.parametrize(
    "around",
    [
        f"<div id=a>{MENU}</div><div class=x><div>{{}}</div><div>{MENU}</div></div><div>地址 某县某路1号</div>",
        f"<nav>{MENU}</nav><main>{{}}</main><aside>热点 12345</aside><footer>电话 0731-123</footer>",
        f"<table><tr><td>{MENU}</td><td><table><tr><td>{{}}</td></tr></table></td></tr></table>",
        f"<form><table><tr><td>{MENU}</td></tr></table><div>{{}}</div><table><tr><td>{MENU}</td></tr></table></form>",
        f"{{}}<div>{MENU}</div>",
    ],
)
def test_menus_and_margins_are_left_out_by_structure(around: str) -> None:
    assert texts(page(around.format(REPORT))) == BODY


def test_a_table_beside_the_prose_is_never_lost() -> None:
    figures = "".join(f"<tr><td>科目{n}</td><td>{n}.5</td><td>{n}.6</td></tr>" for n in range(4))
    body = f"<div>{MENU}</div><div><div>{REPORT * 20}</div><div><table>{figures}</table></div></div>"
    found = [block for block in texts(page(body)) if isinstance(block, list)]
    assert len(found) == 1
    assert found[0][:3] == ["科目0", "0.5", "0.6"]


def test_a_sentence_beside_the_main_block_is_never_lost() -> None:
    body = f"<div><div>{REPORT * 20}</div></div><div><span>补充说明：其中结转资金为12.34万元，已按规定上缴财政。</span></div>"
    assert "补充说明：其中结转资金为12.34万元，已按规定上缴财政。" in texts(page(body))


def test_a_title_in_a_bar_of_its_own_names_the_report() -> None:
    body = f"<div><h2>某县财政局2023年度部门整体支出绩效自评报告</h2></div><div>{REPORT.partition('</p>')[2]}<p>二、结论。</p></div>"
    assert texts(page(f"<div>{MENU}</div>{body}"))[0] == "某县财政局2023年度部门整体支出绩效自评报告"


def test_the_title_of_the_page_counts_where_nothing_else_names_the_report() -> None:
    head = "<title>某县财政局2023年度部门整体支出绩效自评报告_某县人民政府</title>"
    assert (
        texts(page("<p>一、概况</p><p>全年支出215.81万元。</p>", head))[0]
        == "某县财政局2023年度部门整体支出绩效自评报告"
    )
    assert texts(page(REPORT, "<title>某县财政局部门整体支出绩效自评报告-首页</title>")) == BODY


def test_row_and_column_spans() -> None:
    rows = "<tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr><tr><td>丙<td>3<td>4"
    assert grid(page(f"<table>{rows}</table>")) == [
        (0, 0, 2, 1, "甲"), (0, 1, 1, 2, "乙"), (1, 1, 1, 1, "1"), (1, 2, 1, 1, "2"), (2, 0, 1, 1, "丙"),
        (2, 1, 1, 1, "3"), (2, 2, 1, 1, "4"),
    ]  # fmt: skip


def test_a_row_span_ends_with_its_group_and_zero_means_all_of_it() -> None:
    rows = "<tbody><tr><td rowspan=9>甲<td>1<tr><td>2</tbody><tbody><tr><td rowspan=0>乙<td>3<tr><td>4</tbody>"
    assert grid(page(f"<table>{rows}</table>")) == [
        (0, 0, 2, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2"), (2, 0, 2, 1, "乙"), (2, 1, 1, 1, "3"), (3, 1, 1, 1, "4"),
    ]  # fmt: skip


def test_spans_that_run_into_others_and_absurd_ones_are_cut() -> None:
    rows = "<tr><td>1<td rowspan=3>2<td>3<tr><td colspan=3>4<tr><td>5<td>6"
    data = page(f"<table>{rows}</table>")
    assert (1, 0, 1, 1, "4") in grid(data)
    assert [note.code for note in read(data).notes] == ["span"]
    absurd = page("<table><tr><td colspan=99999999 rowspan=99999999>甲<td>1<tr><td>乙<td>2</table>")
    assert grid(absurd)[0] == (0, 0, 2, 1000, "甲")


def test_head_body_and_foot_stand_in_the_order_in_which_they_are_shown() -> None:
    body = "<table><tfoot><tr><td>合计<td>3</tfoot><tbody><tr><td>甲<td>3</tbody><thead><tr><td>名称<td>金额</thead></table>"
    assert [text for *_, text in grid(page(body))] == ["名称", "金额", "甲", "3", "合计", "3"]


def test_tables_in_cells() -> None:
    inner = "<table><tr><td>内1<td>7.5</table>"
    (table,) = read(
        page(f"<table><tr><td>甲<td>说明文字很长很长很长很长{inner}<td>1<tr><td>乙<td>2<td>3</table>")
    ).blocks
    assert isinstance(table, Table)
    assert table.cells[1].text == "说明文字很长很长很长很长"
    assert [[c.text for c in inside.cells] for inside in table.cells[1].nested] == [["内1", "7.5"]]
    assert [t.number for t in read(page(f"<table><tr><td>甲<td>文字文字文字文字文字{inner}</table>")).tables()] == [
        1,
        2,
    ]


def test_white_space_and_line_breaks() -> None:
    body = "<p>部门\n  整体   支出 \t2 项</p><p>一<br>二</p><table><tr><td>多<br>行<td><p>段一</p><p>段二</p></table><pre>a  b\nc</pre>"
    assert texts(page(body)) == ["部门整体 支出 2 项", "一", "二", ["多\n行", "段一\n段二"], "a  b\nc"]


def test_inline_tags_never_cut_a_number() -> None:
    assert texts(page("<p>支出<b>436</b><span>.80</span>万元，10<sup>4</sup>亩</p>")) == ["支出436.80万元，10^4亩"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display: none'>9.99</p>", "<p hidden>9.99</p>", "<p style='visibility:hidden'>9.99</p>",
        "<p class='q tip'>9.99</p>", "<div id=gone><p>9.99</p></div>", "<p style='font-size:0'>9.99</p>",
        "<script>9.99</script>", "<style>p{x:9.99}</style>", "<noscript>9.99</noscript>", "<!-- 9.99 -->",
        "<textarea>9.99</textarea>", "<select><option>9.99</select>", "<p style='mso-hide:all'>9.99</p>",
        "<template><p>9.99</p></template>",
    ],
)  # fmt: skip
def test_what_nobody_sees_is_left_out(hidden: str) -> None:
    head = "<style>/* x */ .tip, #gone { color:red; display : none } @media print{.a{display:none}}</style>"
    data = page(f"<p>甲1.5</p>{hidden}<p>乙2.5</p>", head)
    assert texts(data) == ["甲1.5", "乙2.5"]


def test_text_behind_something_hidden_stays() -> None:
    assert texts(page("<p>支出<span style='display:none'>9</span>1.5万元<script>x</script>整</p>")) == ["支出1.5万元整"]


ENCODED = "<html><head>{}</head><body><p>镕圳栢 部门支出1.5万元</p></body></html>"


@pytest.mark.parametrize(
    ("declared", "encoding", "told"),
    [
        ('<meta charset="gb2312">', "gb18030", "gb18030"),
        ('<meta http-equiv=Content-Type content="text/html; charset=GBK">', "gb18030", "gb18030"),
        ("", "gb18030", "gb18030"),
        ("", "utf-8", "utf-8"),
        ("", "utf-8-sig", "utf-8"),
        ('<meta charset="utf-8">', "utf-8", "utf-8"),
        ('<meta charset="gb2312">', "utf-8", "utf-8"),
        ('<meta charset="utf-8">', "gb18030", "gb18030"),
        ("", "utf-16", "utf-16-le"),
        ('<meta charset="big5">', "big5", "big5"),
    ],
)
def test_encodings(declared: str, encoding: str, told: str) -> None:
    text = ENCODED.format(declared)
    if encoding == "big5":
        text = text.replace("镕圳栢 部门", "單位部門").replace("万", "萬")
    document = read(text.encode(encoding))
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    assert "1.5" in block.text
    assert "\ufffd" not in block.text
    assert encoding == "big5" or block.text.startswith("镕圳栢")
    assert (document.encoding or "").startswith(told) or encoding == "big5"


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        read(data)
    return str(error.value.reason)


def test_refusals() -> None:
    assert refused(page("")) == "empty_file"
    assert refused(page("<script>x</script>")) == "empty_file"
    assert refused(page("<img src=a.jpg><img src=b.jpg>")) == "needs_ocr"
    assert refused(page("<div>" * 5000 + "甲")) == "damaged"
    spans = "<tr>" + "<td colspan=1000 rowspan=60000>1" * 10
    assert refused(page(f"<table>{(spans) * 1}{'<tr>' * 60000}</table>")) == "too_large"
    assert refused(b"<html><meta charset=utf-8><p>" + bytes(range(0x80, 0x100)) * 20) == "bad_encoding"


def test_a_message_without_a_page_is_refused() -> None:
    assert refused(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\ntext") == "unsupported_format"


def test_a_page_of_frames_is_read_from_its_frames() -> None:
    parts = (
        "<html><frameset><frame src=a></frameset></html>",
        "<html><table><tr><td>三公经费<td>1.5<tr><td>接待费<td>0.5</table></html>",
    )
    body = "".join(f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{part}\r\n" for part in parts)
    data = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n{body}--b--\r\n'.encode()
    assert detect(data) == "mht"
    assert texts(data) == [["三公经费", "1.5", "接待费", "0.5"]]


@pytest.mark.parametrize(
    "start",
    [
        "<table><tr><td>1", "  \n<HTML>", "<?xml version='1.0'?><!DOCTYPE html>", "<!-- x --><div>a", "\ufeff<meta charset=x>",
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel">',
    ],
)  # fmt: skip
def test_pages_are_known_by_their_first_tag(start: str) -> None:
    assert detect(start.encode()) == "html"


@pytest.mark.parametrize("text", ["a < b", "<<2023年报告>>", "一、概况 <p>", "<?xml version='1.0'?><x/>"])
def test_texts_with_signs_are_no_pages(text: str) -> None:
    assert detect(text.encode()) != "html"


def test_lines_of_the_file_are_the_places() -> None:
    (first, second) = read(b"<html>\n<body>\n<p>a1</p>\n\n<p>\nb2</p></body></html>").blocks
    assert (first.place.line, second.place.line) == (3, 5)
