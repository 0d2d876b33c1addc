"""The multiplied reports of benchmarks/county.py are as consistent as those that they were copied from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from benchmarks.county import TABLES, rows
from warehouse.create import create

REPORTS = 150


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        create(made)
        rows(made, REPORTS, planted=False, departments=8)
        yield made


def one(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    found = con.execute(sql).fetchone()
    assert found is not None
    return found


def test_as_many_reports_as_asked_for_each_with_ids_of_its_own(con: duckdb.DuckDBPyConnection) -> None:
    assert one(con, "SELECT count(*), count(DISTINCT report_id) FROM core.report") == (REPORTS, REPORTS)
    assert one(con, "SELECT count(*) FROM document WHERE status = 'loaded'") == (REPORTS,)
    assert one(con, "SELECT count(*) FROM dept_year") == (REPORTS,)
    assert one(con, "SELECT count(*) - count(DISTINCT fact_id) FROM core.fact") == (0,)
    assert one(con, "SELECT count(*) - count(DISTINCT key_figure_id) FROM core.key_figure") == (0,)
    assert one(con, "SELECT count(*) FROM core.report ANTI JOIN core.department USING (dept_id)") == (0,)
    for table in TABLES:
        if table not in {"raw.note", "core.unmapped"}:
            assert one(con, f"SELECT count(*) FROM {table}")[0] >= REPORTS, table


def test_sums_hold_exactly(con: duckdb.DuckDBPyConnection) -> None:
    for whole, parts in (
        ("three_public_total", "'official_vehicle_total', 'overseas_travel', 'official_reception'"),
        (
            "project_expenditure_total",
            "'project_business_work', 'project_operation_maintenance', 'project_special_fund'",
        ),
    ):
        told, wrong = one(
            con,
            f"""
            SELECT count(*), count(*) FILTER (total <> parts)
            FROM (
                SELECT sum(value) FILTER (concept = '{whole}') AS total, sum(value) FILTER (concept IN ({parts})) AS parts
                FROM fact WHERE form_kind = 'base_data' GROUP BY report_id, period
                HAVING total IS NOT NULL
            )
            """,
        )
        assert (told, wrong) == (3 * REPORTS, 0)


def test_years_are_chained(con: duckdb.DuckDBPyConnection) -> None:
    told, wrong = one(
        con,
        """
        SELECT count(*), count(*) FILTER (later.value <> earlier.value)
        FROM fact AS later
        JOIN fact AS earlier ON earlier.dept_id = later.dept_id AND earlier.fiscal_year = later.fiscal_year - 1
            AND earlier.concept = later.concept AND earlier.item IS NOT DISTINCT FROM later.item
        WHERE later.period = 'prior_final' AND earlier.period = 'current_final' AND later.form_kind = 'base_data'
        """,
    )
    assert told > 500
    assert wrong == 0


def test_the_prose_says_what_the_tables_say(con: duckdb.DuckDBPyConnection) -> None:
    told, wrong = one(
        con,
        """
        SELECT count(*), count(*) FILTER (k.value <> f.value)
        FROM core.key_figure AS k
        JOIN core.fact AS f USING (report_id, concept)
        WHERE concept IN ('basic_expenditure', 'project_expenditure')
        """,
    )
    assert told >= 4 * REPORTS
    assert wrong == 0


def test_what_is_printed_is_the_value(con: duckdb.DuckDBPyConnection) -> None:
    plain = "rtrim(rtrim(CAST(abs({}) AS VARCHAR), '0'), '.')"
    told, wrong = one(
        con,
        f"""
        SELECT count(*), count(*) FILTER (NOT contains(sentence, {plain.format("value")}))
        FROM core.key_figure WHERE printed_unit = '万元'
        """,
    )
    assert told > 10 * REPORTS
    assert wrong == 0
    told, wrong = one(
        con,
        """
        SELECT count(*), count(*) FILTER (
            CAST(replace(regexp_extract(c.text, '-?[0-9][0-9.,]*'), ',', '') AS DECIMAL(20, 6)) <> f.value)
        FROM core.fact AS f
        JOIN core.report AS r USING (report_id)
        JOIN raw.cell AS c ON c.document_id = r.document_id
            AND (c.table_no, c.row_no, c.col_no) = (f.table_no, f.row_no, f.col_no)
        WHERE f.unit = 'wan_yuan' AND f.status = 'value' AND f.origin = 'table'
        """,
    )
    assert told > 40 * REPORTS
    assert wrong == 0


def shingles(con: duckdb.DuckDBPyConnection, order: int) -> set[str]:
    text = one(
        con,
        "SELECT string_agg(text, '' ORDER BY seq) FROM core.section JOIN core.report USING (report_id) "
        f"WHERE loaded_order = {order} AND number NOT LIKE '1%'",
    )[0]
    masked = "".join("#" if char.isdigit() else char for char in text)
    return {masked[at : at + 5] for at in range(len(masked) - 4)}


def test_copies_of_one_report_differ(con: duckdb.DuckDBPyConnection) -> None:
    first = shingles(con, 1)
    (made,) = one(
        con,
        "SELECT min(loaded_order) - 1 FROM core.report WHERE dept_name LIKE '%示例甲%' OR dept_name LIKE '%示例乙%'",
    )
    for copy in range(1, REPORTS // made):
        other = shingles(con, 1 + copy * made)
        assert 0.05 < len(first & other) / len(first | other) < 0.8
    assert one(con, "SELECT count(DISTINCT dept_name) FROM core.report")[0] >= REPORTS // 3
