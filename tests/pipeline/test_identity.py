"""Who a report is of: names that mean one department meet, names that are alike do not."""

from __future__ import annotations

import duckdb
import pytest

from pipeline.identity import identify
from pipeline.identity.review import waiting
from pipeline.identity.succession import successions
from warehouse.create import create
from warehouse.load import append


def dept_id(name: str, year: int = 2023) -> str:
    return identify(name, "d", year).dept_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中共岳阳市君山区委巡察工作领导小组办公室", "岳阳市君山区委巡察办"),
        ("固安县文化广电和旅游局", "河北省廊坊市固安县文化广电和旅游局"),
        ("固安县文化广电和旅游局", "301001-固安县文化广电和旅游局"),
        ("固安县文化广电和旅游局", " 固安县文化\n广电和旅游局 "),
        ("平江县人民代表大会常务委员会办公室", "平江县人大常委会"),
        ("平江县妇女联合会", "平江县妇联"),
        ("衡山县开云镇人民政府", "湖南省衡山县开云镇政府"),
        ("中国共产党平江县委员会办公室", "中共平江县委员会办公室"),
        ("广西壮族自治区财政厅", "广西财政厅"),
    ],
)
def test_two_ways_to_write_one_name_meet(one: str, other: str) -> None:
    assert dept_id(one) == dept_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("平江县委组织部", "平江县委宣传部"),
        ("平江县财政局", "石门县财政局"),
        ("平江县农业局", "平江县农业农村局"),
        ("区委巡察办", "岳阳市君山区委巡察办"),
        ("平江县第一中学", "平江县第二中学"),
        ("平江县加义镇人民政府", "平江县长寿镇人民政府"),
        ("平江县人民法院", "平江县人民检察院"),
    ],
)
def test_names_that_are_alike_stay_apart(one: str, other: str) -> None:
    assert dept_id(one) != dept_id(other)


def test_a_department_of_the_registry_keeps_its_own_id() -> None:
    found = identify("岳阳市君山区委巡察办", "d", 2023)
    assert (found.dept_id, found.registered) == ("430611-party_committee_organ-xunchaban", True)
    assert found.name == "中共岳阳市君山区委巡察工作领导小组办公室"


def test_renamings_link_what_is_known_within_a_division() -> None:
    known = [
        ("a", "平江县环境保护局", "430626"), ("b", "平江县生态环境局", "430626"), ("c", "石门县生态环境局", "430726"),
        ("d", "平江县工商行政管理局", "430626"), ("e", "平江县市场监督管理局", "430626"), ("f", None, None),
    ]  # fmt: skip
    assert successions(known) == [
        {"dept_id": "d", "successor_id": "e", "relation": "merged", "since": 2019},
        {"dept_id": "a", "successor_id": "b", "relation": "renamed", "since": 2019},
    ]


def test_likeness_only_suggests() -> None:
    con = duckdb.connect()
    create(con)
    names = {"a": "平江县文化旅游广电局", "b": "平江县文化旅游广电体育局", "c": "平江县财政局"}
    append(con, {
        "core.department": [{"dept_id": i, "name": n, "division_code": "430626", "registered": False} for i, n in names.items()],
        "core.report": [{"report_id": i, "document_id": i, "dept_id": i, "fiscal_year": 2020, "loaded_order": 1} for i in names],
    })  # fmt: skip
    listed = {one.dept_id: one.like for one in waiting(con)}
    assert listed == {"a": [(names["b"], "b", 0.88)], "b": [(names["a"], "a", 0.88)], "c": []}
    assert dept_id(names["a"]) != dept_id(names["b"])
