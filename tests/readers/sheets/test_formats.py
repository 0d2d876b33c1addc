"""Numbers under format codes, as Excel shows them; every line was tried there or follows its documented rules."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.readers.workbook.formats import exact, shown

SHOWN = [
    (0.9523, "0.00%", "95.23%"),
    (0.9523, "0%", "95%"),
    (1, "0%", "100%"),
    (0.00004, "0.00%", "0.00%"),
    (436.8, "0.00", "436.80"),
    (436.80000000000001, "General", "436.8"),
    (0.1 + 0.2, "General", "0.3"),
    (1 / 3, "General", "0.333333333"),
    (12345678901234, "General", "12345678901234"),
    (1e-7, "General", "0.0000001"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (999.995, "#,##0.00", "1,000.00"),
    (-1234.5, "#,##0.00;[Red]-#,##0.00", "-1,234.50"),
    (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
    (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
    (12345, "0!.0,", "1.2"),
    (123456, "0!.0000", "12.3456"),
    (43000000, "0.00,,", "43.00"),
    (1234567, '#,##0,"千元"', "1,235千元"),
    (5, '0"个"', "5个"),
    (100, 'G/通用格式"人"', "100人"),
    (1.005, "0.00", "1.01"),
    (2.675, "0.00", "2.68"),
    (-0.001, "0.00", "0.00"),
    (12, "000000", "000012"),
    (2.5, "0.0#", "2.5"),
    (0, "0.00;-0.00;", ""),
    (0, ";;;", ""),
    (85, '[>=60]"合格";"不合格"', "合格"),
    (59, '[>=60]"合格";"不合格"', "不合格"),
    (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
    (0.5, "# ?/?", "0.5"),
    (3, "[DBNum2]0", "3"),
    (15000000, "0.00E+00", "15000000"),
    (45291, 'yyyy"年"m"月"d"日"', "2023年12月31日"),
    (45291.5, "yyyy-mm-dd hh:mm", "2023-12-31 12:00"),
    (45291, "yyyy/m/d;@", "2023/12/31"),
    (45291, '[$-804]aaaa;@', "星期日"),
    (0.25, "h:mm AM/PM", "6:00 AM"),
    (1.5, "[h]:mm", "36:00"),
    (7, "@", "7"),
]  # fmt: skip


@pytest.mark.parametrize(("stored", "code", "text"), SHOWN)
def test_shown(stored: float, code: str, text: str) -> None:
    assert shown(stored, code) == text


def test_days_since_1904() -> None:
    assert shown(43829, "yyyy-mm-dd", since_1904=True) == "2023-12-31"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.integers(0, 4), st.booleans(), st.booleans())
def test_a_number_under_a_plain_format_is_that_number_rounded(
    value: Decimal, places: int, commas: bool, percent: bool
) -> None:
    code = ("#,##0" if commas else "0") + ("." + "0" * places if places else "") + ("%" if percent else "")
    text = shown(float(value), code)
    said = Decimal(text.rstrip("%").replace(",", ""))
    wanted = exact(float(value)) * (100 if percent else 1)
    assert abs(said - wanted) <= Decimal(1).scaleb(-places) / 2
    assert text.endswith("%") == percent


@given(
    st.floats(allow_nan=False, allow_infinity=False, width=64),
    st.text(alphabet='0#?.,%;"\\_*[]@ymdhsE+-/年万 General', max_size=20),
)
def test_no_code_and_no_number_fails(stored: float, code: str) -> None:
    assert isinstance(shown(stored, code), str)
