"""What a check says of a report does not depend on the order in which its rows were stored."""

from __future__ import annotations

import random
from typing import Any

import duckdb
import pytest

from tests.checks.cases import Case, load
from warehouse.check import check
from warehouse.create import create

_ROW: dict[str, Any] = {
    "level1": "output", "target_op": ">=", "target_kind": "numeric", "target_unit": "个", "actual_unit": "个",
    "direction": "higher_better",
}  # fmt: skip


def _rows(done: dict[str, tuple[int, int]], order: list[str]) -> list[dict[str, Any]]:
    return [
        {**_ROW, "name": name, "target_raw": f"≥{done[name][0]}个", "target_value": done[name][0],
         "actual_raw": f"{done[name][1]}个", "actual_value": done[name][1], "met": True}
        for name in order
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_tests_of_targets_are_counted_alike_in_any_order(seed: int) -> None:
    last = {"新建水池": (10, 20), "维修水渠": (10, 10), "培训农户": (10, 10)}
    this = {"新建水池": (12, 12), "维修水渠": (10, 10), "培训农户": (11, 11)}
    order = list(this)
    random.Random(seed).shuffle(order)
    written = {
        "year": 2023, "indicators": _rows(this, order),
        "also": [{"same_dept": True, "year": 2022, "indicators": _rows(last, order[::-1])}],
    }  # fmt: skip
    con = duckdb.connect()
    con.execute("ATTACH ':memory:' AS warehouse")
    con.execute("USE warehouse")
    create(con)
    load(con, [Case("IND-10", "ind-10-1", written)])
    assert check(con).problems == []
    said = con.execute(
        "SELECT status, tests FROM core.check_result WHERE check_code = 'IND-10' AND report_id = 'ind-10-1'"
    ).fetchall()
    # one target is lower than what was done; those that hold count once
    assert said == [("fail", 2)]
