"""The view of projects, read by hand from the forms."""

from __future__ import annotations

from decimal import Decimal

import duckdb


def test_four_projects_of_one_file_are_four_rows(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "SELECT project_name, full_year_budget, execution, total_score FROM project_year "
        "WHERE source_file = 'c2-qianan-water-2020.txt' ORDER BY form_id"
    ).fetchall()
    assert len(rows) == 4
    assert len({row[0] for row in rows}) == 4


def test_printed_total_of_zero_stands_beside_the_sum_of_its_parts(con: duckdb.DuckDBPyConnection) -> None:
    row = con.execute(
        "SELECT initial_budget, execution, initial_budget_of_parts, execution_of_parts FROM project_year "
        "WHERE project_name = '城区背街小巷综合整治'"
    ).fetchone()
    assert row == (0, 0, 90, Decimal("89.974"))


def test_money_in_yuan_is_in_wan_yuan(con: duckdb.DuckDBPyConnection) -> None:
    row = con.execute(
        "SELECT initial_budget, full_year_budget, execution, execution_rate, total_score FROM project_year "
        "WHERE source_file = 'e2-luding-forest-2022.txt'"
    ).fetchone()
    assert row is not None
    assert row[:4] == (286, Decimal("312.05"), Decimal("312.05"), 100)
