"""The public face: what the contract promises and this version has, with a comment on everything."""

from __future__ import annotations

import filecmp
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT
from tests.tools.check_contract import problems
from warehouse.create import described


def test_the_contract_holds(warehouse: Path) -> None:
    assert problems(str(warehouse)) == []


def test_the_checker_is_the_one_that_the_outside_uses() -> None:
    shared = ROOT.parent / "shared" / "tools" / "check_contract.py"
    if not shared.exists():
        pytest.skip("the shared folder is not beside this checkout")
    assert filecmp.cmp(shared, ROOT / "tests" / "tools" / "check_contract.py", shallow=False)


def test_every_table_view_and_column_has_a_comment(con: duckdb.DuckDBPyConnection) -> None:
    scope = "WHERE schema_name IN ('main', 'raw', 'core') AND NOT internal AND coalesce(comment, '') = ''"
    assert con.execute(f"SELECT table_name, column_name FROM duckdb_columns() {scope}").fetchall() == []
    assert con.execute(f"SELECT view_name FROM duckdb_views() {scope}").fetchall() == []
    assert con.execute(f"SELECT table_name FROM duckdb_tables() {scope}").fetchall() == []


def test_every_described_column_exists(con: duckdb.DuckDBPyConnection) -> None:
    columns = con.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    names = {column for _, column in columns} | {f"{table}.{column}" for table, column in columns}
    assert set(described()) <= names


def test_comments_are_in_chinese_and_english() -> None:
    for column, comment in described().items():
        chinese, _, english = comment.partition(" · ")
        assert any("\u4e00" <= c <= "\u9fff" for c in chinese) or chinese == "内容的 SHA-256", column
        assert english, column
        assert english.isascii() or any(c in english for c in "万元三公产出指标分优良好约近余—无"), column


def test_money_is_an_exact_decimal(con: duckdb.DuckDBPyConnection) -> None:
    kinds = con.execute(
        "SELECT DISTINCT data_type FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main' AND column_name IN "
        "('value', 'weight', 'score', 'target_value', 'actual_value', 'execution', 'three_public', 'score_sum')"
    ).fetchall()
    assert kinds == [("DECIMAL(20,6)",)]


def test_a_value_stands_only_beside_the_status_value(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("SELECT fact_id FROM fact WHERE value IS NOT NULL AND status <> 'value'").fetchall() == []
    texts = con.execute("SELECT DISTINCT concept FROM fact WHERE value IS NULL AND status = 'value'").fetchall()
    assert texts == [("frugality_measures",)]


def test_ids_are_unique(con: duckdb.DuckDBPyConnection) -> None:
    for table, key in (
        ("core.fact", "fact_id"),
        ("core.form", "form_id"),
        ("core.report", "report_id"),
        ("core.key_figure", "key_figure_id"),
        ("raw.file", "file_id"),
    ):
        assert con.execute(f"SELECT {key} FROM {table} GROUP BY ALL HAVING count(*) > 1").fetchall() == [], table


def test_places_lead_back_to_what_is_printed(con: duckdb.DuckDBPyConnection) -> None:
    """Every fact of a table names a cell that holds just its raw text; every figure's sentence stands in its text."""
    lost = con.execute(
        "SELECT f.fact_id FROM core.fact AS f JOIN core.report AS r USING (report_id) LEFT JOIN raw.cell AS c "
        "ON c.document_id = r.document_id AND (c.table_no, c.row_no, c.col_no) = (f.table_no, f.row_no, f.col_no) "
        "WHERE f.origin = 'table' AND c.text IS DISTINCT FROM f.raw_text"
    ).fetchall()
    assert lost == []
    said = con.execute(
        "SELECT k.key_figure_id FROM core.key_figure AS k JOIN core.report AS r USING (report_id) "
        "LEFT JOIN raw.cell AS c ON c.document_id = r.document_id "
        "AND (c.table_no, c.row_no, c.col_no) = (k.table_no, k.row_no, k.col_no) "
        "LEFT JOIN raw.paragraph AS p ON p.document_id = r.document_id AND p.line_no = k.line_no AND k.table_no IS NULL "
        "WHERE NOT contains(replace(coalesce(c.text, p.text, ''), chr(10), ''), k.sentence)"
    ).fetchall()
    assert said == []
