"""The Chinese face: the rows of the English views, codes in words, amounts as read by hand from the samples."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

SEED = "中共岳阳市君山区委巡察工作领导小组办公室"


@pytest.mark.parametrize(
    ("chinese", "english"),
    [("部门年度", "dept_year"), ("指标", "indicator"), ("审计发现", "finding"), ("项目年度", "project_year"), ("数据来源", "fact")],
)  # fmt: skip
def test_a_chinese_view_has_the_rows_of_the_english_one(
    con: duckdb.DuckDBPyConnection, chinese: str, english: str
) -> None:
    (here,), (there,) = con.execute(
        f"SELECT count(*) FROM {chinese} UNION ALL SELECT count(*) FROM {english}"
    ).fetchall()
    assert here == there > 0


def test_column_names_are_chinese(con: duckdb.DuckDBPyConnection) -> None:
    names = con.execute(
        "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'main' AND regexp_matches(table_name, '^[一-龥]') "
        "AND NOT regexp_matches(column_name, '^[一-龥_]+$')"
    ).fetchall()
    assert names == []


def test_every_code_has_chinese_words(con: duckdb.DuckDBPyConnection) -> None:
    """No code of the samples is without a line in codes.csv: a missing one would show as NULL."""
    for english, column, chinese, word in (
        ("indicator", "level1", "指标", "一级指标"),
        ("indicator", "level2", "指标", "二级指标"),
        ("indicator", "target_kind", "指标", "目标类型"),
        ("indicator", "direction", "指标", "方向"),
        ("indicator", "form_kind", "指标", "表类型"),
        ("fact", "period", "数据来源", "期间"),
        ("fact", "unit", "数据来源", "单位"),
        ("fact", "status", "数据来源", "取值状态"),
        ("fact", "origin", "数据来源", "来源类型"),
        ("finding", "severity", "审计发现", "严重程度"),
        ("finding", "check_class", "审计发现", "规则类别"),
    ):
        counts = con.execute(f"SELECT (SELECT count({column}) FROM {english}), (SELECT count({word}) FROM {chinese})")
        here, there = counts.fetchone() or (0, 1)
        assert here == there > 0, column
    assert con.execute("SELECT count(*) FROM 部门年度 WHERE 机构类别 IS NULL").fetchall() == [(0,)]


def test_three_public_of_one_department(con: duckdb.DuckDBPyConnection) -> None:
    row = con.execute(
        "SELECT 合计_上年决算, 合计_本年预算, 合计_本年决算, 合计_增减, 合计_增减百分比, 公车_增减, 接待_增减, 接待_增减百分比 "
        "FROM 三公经费 WHERE 部门 = '固安县文化广电和旅游局'"
    ).fetchall()
    assert row == [
        (Decimal("5.2"), 6, Decimal("6.48"), Decimal("1.28"), Decimal("24.62"), Decimal("0.68"), Decimal("0.5"), Decimal("31.25"))
    ]  # fmt: skip
    double = con.execute("SELECT 部门编号, 年度 FROM 三公经费 GROUP BY ALL HAVING count(*) > 1").fetchall()
    assert double == []


def test_source_of_one_figure(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "SELECT 年度, 指标概念, 期间, 数值, 单位, 来源文件, 页, 表序号, 表内行, 表内列, 文本行, trim(原文) FROM 数据来源 "
        "WHERE 部门 = ? AND 数值 = 265.45",
        [SEED],
    ).fetchall()
    assert rows == [
        (2023, "一般公共预算", "全年", Decimal("265.45"), "万元", "000_cc8d8cd76cb08315.txt", None, 2, 5, 2, 163,
         "其中：  一般公共预算：265.45"),
    ]  # fmt: skip


def test_evidence_is_one_text(con: duckdb.DuckDBPyConnection) -> None:
    (text,) = con.execute("SELECT 出处 FROM 审计发现 WHERE 规则代码 = 'ARI-01' AND 年度 = 2021").fetchone() or ("",)
    assert text.startswith("guan-culture-2021.txt 表1 第4行 第4列 文本第22行 三公经费 × 2021年决算数 “6.48”；")
