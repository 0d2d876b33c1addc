"""Which digits of a text are figures, and that the ledger loses none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.document import Document, Paragraph, Place
from parsers.ledger import Ledger
from parsers.tokens import tokens


def figures(text: str) -> list[str]:
    return [token.text for token in tokens(text) if token.structural is None]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("2023年全年基本支出215.81万元，其中人员经费160.3万元", ["215.81", "160.3"]),
        ("资产统一管理，2023年末固定资产合计9.78万元", ["9.78"]),
        ("附件1", []), ("3、市级专项资金", []), ("目标1：完成；目标2：统筹", []), ("财预〔2020〕10号", []), ("8、 下一步", []),
        ("1.找准工作。召开会议4次。5.细化", ["4"]), ("联系电话：0730-8812345 单位", []), ("2023-2025年规划", []),
        ("12月31日前完成", []), ("共12个月,第3轮", ["12"]), ("占77.99 %", ["77.99"]), ("１２．５", ["12.5"]),
        ("对2个乡镇27个村", ["2", "27"]), ("(2)完成3项", ["3"]), ("95.\n10%", ["95", "10"]), ("附件2个", ["2"]),
        ("结合“3·12”植树节", []), ("PM2.5浓度", []), ("G240国道12公里", ["12"]), ("[bookmark: _Ref12]", []), ("9:30开会", []),
    ],
)  # fmt: skip
def test_figures_of_a_text(text: str, left: list[str]) -> None:
    assert figures(text) == left


def test_offsets_are_those_of_the_raw_text() -> None:
    text = "共\u3000１２．５ 万元"
    (token,) = tokens(text)
    assert text[token.start : token.end] == "１２．５"


@given(st.text(alphabet="0123456789.,，。%年第（）()、万元人 \n一附件", max_size=40))
def test_every_figure_is_taken_or_left_over(text: str) -> None:
    paragraph = Paragraph(text, Place(line=1, paragraph=1))
    ledger = Ledger(Document("txt", (paragraph,)))
    count = len(figures(text))
    assert ledger.numbers == count
    ledger.take(paragraph, "figure", 0, len(text) // 2)
    assert ledger.mapped + len(ledger.leftovers()) == count
    ledger.take(paragraph, "structure")
    assert ledger.leftovers() == []
    assert ledger.numbers == ledger.mapped
