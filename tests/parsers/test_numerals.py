"""Numbers in Chinese numerals, and digits that a scanner mistook."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.numerals import counted, is_confusable
from parsers.tokens import tokens


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("三千", 3000), ("五百", 500), ("两万", 20000), ("三十五", 35), ("一万二千", 12000), ("三千万", 30000000)],
)
def test_counted(numeral: str, value: int) -> None:
    assert counted(numeral) == Decimal(value)


@pytest.mark.parametrize("text", ["1O0", "l2口", "2O23年度", "50.O", "87万兀", "1OO%"])
def test_confusable(text: str) -> None:
    assert is_confusable(text)
    assert [token.confusable for token in tokens(text)] == [True]


@pytest.mark.parametrize("text", ["100", "12.5万元", "CO2", "PM2.5", "5G", "A10", "100mm", "H2O"])
def test_not_confusable(text: str) -> None:
    assert not is_confusable(text)


@pytest.mark.parametrize(
    "text", ["十四五规划", "千家万户", "第三十人", "二十大精神", "百分之五", "几百人", "三至五千人"]
)
def test_no_count(text: str) -> None:
    assert tokens(text) == ()


def test_count_in_a_sentence() -> None:
    assert [token.text for token in tokens("三千余人参加，新增五百名会员，投入两千万元")] == ["三千", "五百", "两千万"]
