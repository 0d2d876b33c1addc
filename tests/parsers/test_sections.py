"""Sections that say that there is nothing to report."""

from __future__ import annotations

import duckdb
import pytest

from parsers.forms.sections import is_nil


@pytest.mark.parametrize(
    "text",
    [
        "无。",
        "无此项支出。",
        "本部门无此项支出",
        "本部门无政府性基金预算支出。",
        "不涉及",
        "2023年度无政府性基金预算支出。",
    ],
)
def test_nothing_is_said_to_be(text: str) -> None:
    assert is_nil(text)


@pytest.mark.parametrize(
    "text", ["", "无此项支出，但有结转3万元。", "无违规使用资金的情况，管理规范。", "全年支出3万元。"]
)
def test_what_says_more_or_less_is_no_nil(text: str) -> None:
    assert not is_nil(text)


def test_sections_of_a_report(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "SELECT number, nil FROM section WHERE source_file = 'l2-ewenki-education-2019.txt' ORDER BY seq"
    ).fetchall()
    assert [number for number, nil in rows if nil] == ["2.1", "2.2", "5"]
