"""List numbers in words, against values written by hand."""

from __future__ import annotations

import pytest

from parsers.readers.ooxml.numerals import numeral


@pytest.mark.parametrize(
    ("number_format", "number", "expected"),
    [
        ("chineseCountingThousand", 1, "一"),
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 19, "十九"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 99, "九十九"),
        ("chineseCountingThousand", 100, "一百"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("chineseCountingThousand", 10_000, "一万"),
        ("chineseCountingThousand", 10_101, "一万零一百零一"),
        ("chineseCountingThousand", 0, "零"),
        ("chineseCounting", 100, "一〇〇"),
        ("taiwaneseCountingThousand", 10_000, "一萬"),
        ("japaneseCounting", 111, "百十一"),
        ("chineseLegalSimplified", 10, "壹拾"),
        ("ideographLegalTraditional", 203, "貳佰零參"),
        ("ideographZodiacTraditional", 11, "甲戌"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 36, "㊱"),
        ("decimalEnclosedCircle", 51, "51"),
        ("upperLetter", 26, "Z"),
        ("upperLetter", 28, "BB"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("hex", 255, "FF"),
        ("none", 5, ""),
        ("somethingNew", 5, "5"),
        ("chineseCounting", -3, "-3"),
        ("lowerRoman", 0, "0"),
        ("lowerLetter", 10**9, "1000000000"),
        ("ideographTraditional", 11, "11"),
    ],
)
def test_numeral(number_format: str, number: int, expected: str) -> None:
    assert numeral(number, number_format) == expected
