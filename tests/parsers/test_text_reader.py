"""Text files: encodings and line ends, and the rows of dumps whose cells hold empty lines."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.document import Document, Paragraph, Table
from parsers.fingerprint import content_sha256
from parsers.readers import read
from parsers.readers.text import read_text
from parsers.reasons import Reason, UnreadableError
from tests.conftest import SEED


def rows(text: str) -> list[list[list[str]]]:
    """The tables of a dump as rows of cell texts."""
    tables = [block for block in read_text(text.encode()).blocks if isinstance(block, Table)]
    return [[[cell.text for cell in row] for row in table.rows()] for table in tables]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


SEED_TEXT = SEED.read_text(encoding="utf-8")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE),
     ("utf-16-le", b""), ("utf-16-be", b""), ("gb18030", b"")],
)  # fmt: skip
def test_same_document_in_every_encoding_and_line_end(encoding: str, mark: bytes, end: str) -> None:
    plain = read(SEED.read_bytes())
    other = read(mark + SEED_TEXT.replace("\n", end).encode(encoding))
    assert other.blocks == plain.blocks
    assert content_sha256(other) == content_sha256(plain)
    assert other.encoding == encoding


def test_bad_bytes_are_named() -> None:
    data = "一、基本情况\n第二行".encode() + b"\xff\xff\x81"
    with pytest.raises(UnreadableError, match=r"utf-8: byte 0xFF at offset 28, line 2") as caught:
        read(data)
    assert caught.value.reason is Reason.BAD_ENCODING


def test_control_characters_are_no_text() -> None:
    with pytest.raises(UnreadableError, match=r"control character U\+0001 in line 2"):
        read(b"abc\n\x01\x02 junk\n")


def test_blank_file_is_empty() -> None:
    for data in (b"", b"  \n\n", codecs.BOM_UTF8):
        with pytest.raises(UnreadableError) as caught:
            read(data)
        assert caught.value.reason is Reason.EMPTY_FILE


def test_seed_has_two_tables_with_their_real_rows() -> None:
    base, form = rows(SEED_TEXT)
    assert [len(row) for row in base] == [4] * 21 + [7, 7, 2]
    assert [len(row) for row in form] == [2, 8, 8, 3, 3, 3, 3, 3, 3, 3] + [9] * 17 + [3]


def test_empty_line_inside_a_cell_does_not_end_the_row() -> None:
    """产出指标 and （50分） stand in one cell with an empty line between them."""
    (table,) = rows(
        "\t一级\n\t二级\n\t三级\n\t分值\n\n\t产出指标\n\n（50分）\n\t数量指标\n\t培训\n\t10\n\n\t\n\t\n\t会议\n\t5\n\n"
    )
    assert table[1] == ["产出指标\n\n（50分）", "数量指标", "培训", "10"]
    assert [len(row) for row in table] == [4, 4, 4]


def test_empty_line_at_the_end_of_a_cell_does_not_end_the_row() -> None:
    """绩⏎效⏎指⏎标 is followed by an empty line and still heads the row of the column names."""
    (table,) = rows("\t绩\n效\n指\n标\n\n\t一级\n\t二级\n\t分值\n\n\t\n\t产出\n\t数量\n\t10\n\n\t\n\t\n\t质量\n\t5\n\n")
    assert [len(row) for row in table] == [4, 4, 4]
    assert table[0][0] == "绩\n效\n指\n标\n"


def test_empty_lines_before_the_text_of_a_cell() -> None:
    """The goals begin after four empty lines in their own cell."""
    (table,) = rows(
        "\t总体目标\n\t预期目标\n\t完成情况\n\n\t\n\t\n\n\n\n\n目标1：甲；目标2：乙。\n\t\n全年完成。\n\n\t总分\n\t100\n\t99\n\n"
    )
    assert [len(row) for row in table] == [3, 3, 3]
    assert table[1] == ["", "\n\n\n\n\n目标1：甲；目标2：乙。", "\n全年完成。"]


def test_title_glued_to_the_last_cell_is_a_paragraph() -> None:
    document = read_text(
        "\t指标\n\t分值\n\t得分\n\n\t总分\n\t100\n\t\u300099\n 2023年度某局整体支出绩效自评报告\n\n一、概况\n".encode()
    )
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [cell.text for cell in table.rows()[-1]] == ["总分", "100", "\u300099"]
    assert paragraphs(document) == [" 2023年度某局整体支出绩效自评报告", "一、概况"]


def test_title_between_two_tables_parts_them() -> None:
    text = "\t甲\n\t1\n\n\t乙\n\t2\n\n\n说明：略。\n附件2\n2023年度部门整体支出绩效自评表\n\t单位名称\n\t某局\n\n\t丙\n\t3\n\n"
    assert rows(text) == [[["甲", "1"], ["乙", "2"]], [["单位名称", "某局"], ["丙", "3"]]]


def test_indented_paragraphs_are_no_table() -> None:
    document = read_text(
        "\t一是加强管理，严格执行各项制度规定。\n\t二是强化监督，确保资金安全高效。\n\n\t三是总结经验。\n".encode()
    )
    assert list(document.tables()) == []
    assert len(paragraphs(document)) == 3


def test_cells_of_one_line_parted_by_tabs() -> None:
    assert rows("项目\t年初预算数\t执行数\n甲\t10\t9\n\t5\t4\n") == [
        [["项目", "年初预算数", "执行数"], ["甲", "10", "9"], ["", "5", "4"]]
    ]


def test_plain_text_is_paragraphs_with_their_lines() -> None:
    document = read_text("标题\r\n\r\n一、概况\r\n全文。\r\n".encode("gb18030"))
    assert [(p.text, p.place.line) for p in document.paragraphs()] == [("标题", 1), ("一、概况", 3), ("全文。", 4)]


label_text = st.text(alphabet="甲乙丙丁", min_size=1, max_size=6)
cell_text = st.text(alphabet="甲乙丙丁1234.%≥", min_size=1, max_size=6)


regular_table = st.integers(2, 9).flatmap(
    lambda width: st.lists(
        st.tuples(label_text, st.lists(cell_text, min_size=width - 1, max_size=width - 1)).map(
            lambda row: [row[0], *row[1]]
        ),
        min_size=2,
        max_size=12,
    )
)


@given(st.lists(st.lists(label_text, min_size=2, max_size=2), max_size=1), regular_table)
@settings(max_examples=200)
def test_plain_rows_come_back_as_they_were_written(head: list[list[str]], body: list[list[str]]) -> None:
    """Without empty lines inside cells, every row of a regular table is read as it stands, below a row of its name."""
    table = head + body
    text = "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in table)
    assert rows(text) == [table]


def outcome(data: bytes) -> str:
    """`txt` where the bytes are read, else the one line that says why not."""
    try:
        return read(data).format
    except UnreadableError as error:
        return str(error)


@given(st.binary(max_size=200))
@settings(deadline=None)  # the first bytes that look like a picture load its decoder
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    told = outcome(data)
    assert told
    assert "\n" not in told
