"""Amounts without a unit beside columns of 元: 元 too, 万元, or not to be known."""

from __future__ import annotations

import pytest

from pipeline.parse import parse
from tests.conftest import ROOT

TEXT = (ROOT / "tests" / "cases" / "43-funds-unit-row.txt").read_text(encoding="utf-8")
PARTS = ("一般公共预算：108.11", "政府性基金拨款：20\n", "基本支出：100.11", "项目支出：28\n")


def parts(*amounts: str, above: str = "") -> dict[str, str | None]:
    """What is read where these amounts stand for the sources and the kinds of spending."""
    text = TEXT.replace("\t县级预算部门名称", f"{above}\t县级预算部门名称", 1)
    for printed, amount in zip(PARTS, amounts, strict=True):
        assert printed in text
        label, _, _ = printed.partition("：")
        text = text.replace(printed, f"{label}：{amount}" + "\n" * printed.endswith("\n"))
    facts = parse(text.encode()).rows["core.fact"]
    totals = [format(f["value"].normalize(), "f") for f in facts if f["concept"] == "funds_total"]
    assert totals == ["120.5", "130.5", "128.11"]
    wanted = ("revenue_general_public_budget", "revenue_government_fund", "basic_expenditure", "project_expenditure")
    found = {f["concept"]: f["value"] for f in facts}
    return {
        concept: None if found.get(concept) is None else format(found[concept].normalize(), "f") for concept in wanted
    }


@pytest.mark.parametrize(
    ("amounts", "wanted"),
    [
        # in 万元 they make the 128.11 that the column of 元 says
        (("108.11", "20", "100.11", "28"), ["108.11", "20", "100.11", "28"]),
        # in 元 they do
        (("1081100", "200000", "1001100", "280000"), ["108.11", "20", "100.11", "28"]),
        # one of two sums is enough: 政府性基金 stands for a part alone
        (("108.11", "19", "100.11", "28"), ["108.11", "19", "100.11", "28"]),
        # no sum holds, but only 元 has the size of a part
        (("1081100", "190000", "1001100", "270000"), ["108.11", "19", "100.11", "27"]),
        # no sum holds and nothing says 万元: not known
        (("108.11", "19", "100.11", "27"), [None, None, None, None]),
        # a unit of its own is what it is
        (("108.11万元", "190000元", "1001100元", "27万元"), ["108.11", "19", "100.11", "27"]),
    ],
)
def test_amounts_beside_columns_of_yuan(amounts: tuple[str, ...], wanted: list[str | None]) -> None:
    assert list(parts(*amounts).values()) == wanted


def test_the_unit_stated_for_the_form_holds_where_it_fits() -> None:
    stated = "\t金额单位：万元\n\n"
    assert list(parts("108.11", "19", "100.11", "27", above=stated).values()) == ["108.11", "19", "100.11", "27"]
    assert list(parts("1081100", "190000", "1001100", "270000", above=stated).values()) == [
        "108.11",
        "19",
        "100.11",
        "27",
    ]
