"""The grammar of targets and actuals, and judging one by the other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.judging import direction, met
from parsers.targets import read_target, same_scale


@pytest.mark.parametrize(
    ("text", "op", "value", "unit"),
    [
        ("≥3", ">=", "3", None), ("≧95％", ">=", "95", "%"), ("≤263.38", "<=", "263.38", None), (">=5个", ">=", "5", "个"),
        ("不低于90%", ">=", "90", "%"), ("不少于２０场次", ">=", "20", "场次"), ("95%以上", ">=", "95", "%"),
        ("不超过50万元", "<=", "50", "万元"), ("100万元以内", "<=", "100", "万元"), ("控制在100万元以内", "<=", "100", "万元"),
        ("30天内", "<=", "30", "天"), ("＞95％", ">", "95", "%"), ("低于5件", "<", "5", "件"), ("=100%", "=", "100", "%"),
        ("≥100百分比", ">=", "100", "%"), ("≥266米", ">=", "266", "米"), ("0起", None, "0", "起"), ("1.2万亩", None, "1.2", "万亩"),
        ("2万元/人", None, "2", "万元/人"), ("每亩300", None, "300", None), ("100", None, "100", None), ("达到95%", None, "95", "%"),
        ("小于等于5天", "<=", "5", "天"), ("≥3次/年", ">=", "3", "次/年"), ("三轮", None, "3", "轮"), ("95.\n10%", None, "95.10", "%"),
    ],
)  # fmt: skip
def test_numeric_targets(text: str, op: str | None, value: str, unit: str | None) -> None:
    read = read_target(text)
    assert (read.kind, read.op, read.value, read.unit) == ("numeric", op, Decimal(value), unit)


@pytest.mark.parametrize("text", ["由85%提高到93%", "从85%提高到93%", "85%提高到93%", "覆盖率85%提高到93%"])
def test_what_it_was_before_is_no_target_with_or_without_a_word_in_front(text: str) -> None:
    read = read_target(text)
    assert (read.kind, read.op, read.value, read.unit) == ("numeric", None, Decimal(93), "%")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("增强", "qualitative"), ("有效增强", "qualitative"), ("显著提升", "qualitative"), ("优", "qualitative"),
     ("达成预期指标", "qualitative"), ("严格执行相关制度规定", "text"), ("2023年12月底前", "date"), ("12月31日前", "date"),
     ("1-12月", "date"), ("及时", "date"), ("全年", "date"), ("培训3期、300人次", "multi"), ("100.00%10", "multi"),
     ("第3名", "text"), ("", None), ("——", None), ("……", None)],
)  # fmt: skip
def test_kinds(text: str, kind: str | None) -> None:
    read = read_target(text)
    assert (read.kind, read.value) == (kind, None)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [("3-5次", "3", "5", "次"), ("80%~90%", "80", "90", "%"), ("10至12场", "10", "12", "场")],
)
def test_ranges(text: str, low: str, high: str, unit: str) -> None:
    read = read_target(text)
    assert (read.kind, read.value, read.high, read.unit) == ("range", Decimal(low), Decimal(high), unit)


def test_a_rate_without_a_sign_is_in_percent() -> None:
    assert read_target("≥98", "基金结算准确率").unit == "%"
    assert read_target("≥90", "林农满意度").unit == "%"
    assert read_target("≥3", "开展常规巡察").unit is None


@pytest.mark.parametrize(
    ("target", "actual", "name", "verdict"),
    [
        ("≥3", "3", "", True), ("≥3", "2", "", False), ("≤263.38", "265.45", "成本", False), ("≥95%", "0.98", "及时率", True),
        ("≥95%", "1", "开展次数", None), ("≥95%", "≥95%", "", None), ("≥95%", "完成", "", None), ("增强", "增强", "", True),
        ("有效增强", "达成预期指标", "", True), ("优", "良", "", None), ("良", "优", "", True), ("提升", "未完成", "", False),
        ("3-5次", "4次", "", True), ("3-5次", "6次", "", None), ("≥50个", "50", "", True), ("≥50个", "50人", "", None),
        ("≤100万元", "990000元", "", True), ("=100%", "101%", "", True), ("=3次", "4次", "", False), ("0起", "0起", "事故", True),
        ("0起", "1起", "较大事故", False), ("12月底前", "12月20日", "", True), ("2023年6月底前", "2023年8月", "", False),
        ("及时", "及时", "", True), ("培训3期、300人次", "培训3期、320人次", "", True), ("培训3期、300人次", "3期", "", None),
    ],
)  # fmt: skip
def test_judging(target: str, actual: str, name: str, verdict: bool | None) -> None:
    wanted, got = same_scale(read_target(target, name), read_target(actual, name))
    assert met(wanted, got, direction(wanted, name, None), 2023) is verdict


def test_amount_words_are_brought_to_one_unit() -> None:
    target, actual = same_scale(read_target("≥1.2万亩"), read_target("12500亩"))
    assert (target.value, target.unit, actual.value, actual.unit) == (Decimal(12000), "亩", Decimal(12500), "亩")
    assert met(target, actual, "higher_better") is True


@pytest.mark.parametrize(
    ("target", "name", "level2", "way"),
    [("≥3", "", None, "higher_better"), ("≤3", "", None, "lower_better"), ("=100%", "", None, "higher_better"),
     ("=0", "", None, "lower_better"), ("=3", "", None, "exact"), ("50", "办公成本", None, "lower_better"),
     ("50", "办公", "cost", "lower_better"), ("50", "办公", None, "higher_better"), ("增强", "", None, "qualitative")],
)  # fmt: skip
def test_direction(target: str, name: str, level2: str | None, way: str) -> None:
    assert direction(read_target(target), name, level2) == way
