"""Amount cells: every case as it was seen on a real form."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values import Unit, amount, money_unit, nothing, number


@pytest.mark.parametrize(
    ("text", "header", "value", "decimals"),
    [
        ("63\u3000", None, "63", 0),
        ("2,378.74", None, "2378.74", 2),
        ("1，248.60\u3000", None, "1248.60", 2),
        ("9265.353442", None, "9265.353442", 6),
        ("7.50.", None, "7.50", 2),
        ("１２．５", None, "12.5", 1),
        ("4753.66万元", None, "4753.66", 2),
        ("2.6亿元", None, "26000", 0),
        ("250万", None, "250", 0),
        ("1,200元", None, "0.12", 4),
        ("2,158,100.00", "元", "215.81", 6),
        ("40万元", "元", "40", 0),
        ("0.00", None, "0", 2),
        ("-3.5", None, "-3.5", 1),
        ("276.\n7", None, "276.7", 1),
        ("1,\n200.5", None, "1200.5", 1),
    ],
)
def test_money_becomes_wan_yuan_exactly(text: str, header: str | None, value: str, decimals: int) -> None:
    read = amount(text, "wan_yuan", header)
    assert read is not None
    assert (read.status, read.value, read.decimals) == ("value", Decimal(value), decimals)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [("91.67%\u3000", "percent", "91.67"), ("96.43％", "percent", "96.43"), ("95.\n10%", "percent", "95.10"),
     ("100.00 %", "percent", "100"), ("12人", "person", "12"), ("3200㎡", "sqm", "3200"), ("10分", "point", "10"),
     ("0.9167", "percent", "0.9167")],
)  # fmt: skip
def test_other_units(text: str, unit: Unit, value: str) -> None:
    read = amount(text, unit)
    assert read is not None
    assert (read.value, read.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u00a0", "\t\n", "……", "…", "[bookmark: _GoBack]"])
def test_blank_is_not_zero(text: str) -> None:
    read = amount(text, "wan_yuan")
    assert read is not None
    assert (read.status, read.value) == ("blank", None)


@pytest.mark.parametrize("text", ["——", "—", "-", "/", "无", "－", " — ", "不适用"])
def test_dash_is_not_applicable(text: str) -> None:
    assert nothing(text) == "not_applicable"


@pytest.mark.parametrize(
    ("text", "unit"),
    [("12 34", "wan_yuan"), ("27\n6.7", "wan_yuan"), ("202010100.00%10", "wan_yuan"), ("276.7276.7", "wan_yuan"),
     ("1,20", "wan_yuan"), ("12,3456", "wan_yuan"), ("约12", "wan_yuan"), ("50人", "wan_yuan"), ("50万元", "person"),
     ("12%", "person"), ("O.5", "wan_yuan"), ("1O", "wan_yuan")],
)  # fmt: skip
def test_what_is_no_single_certain_number_is_refused(text: str, unit: Unit) -> None:
    assert amount(text, unit) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [("经费控制情况（万元）", "万元"), ("年度预\n算申请\n（元）", "元"), ("单位：亿元", "亿元"), ("金额单位：万元", "万元"),
     ("决算数", None), ("编制数（人）", None), ("万元", "万元"), ("单位：元、%", "元")],
)  # fmt: skip
def test_unit_of_money_in_headers(text: str, unit: str | None) -> None:
    assert money_unit(text) == unit


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_any_amount_survives_separators_and_widths(value: Decimal) -> None:
    """What is printed comes back exactly, with thousands separators, full-width digits and padding."""
    printed = f"{value:,.2f}"
    wide = printed.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.,"})
    for text in (printed, wide, f"\u3000{printed} ", f"{printed}万元"):
        read = amount(text, "wan_yuan")
        assert read is not None
        assert read.value == value
    in_yuan = amount(printed, "wan_yuan", "元")
    assert in_yuan is not None
    assert in_yuan.value == value / 10000


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text: str) -> None:
    read = amount(text, "wan_yuan")
    assert read is None or (read.value is None) == (read.status != "value")


def test_number_of_a_matched_text() -> None:
    assert number("1,234.50") == Decimal("1234.50")
