"""The door for notebooks: exact amounts, known types, errors in words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars
import pytest

import warehouse as package
from warehouse.query import QueryError

QUERY = "SELECT y.fiscal_year, y.execution, true AS met FROM dept_year AS y WHERE y.execution = ?"


def test_amounts_stay_exact(warehouse: Path) -> None:
    with package.connect(warehouse) as w:
        frame = w.sql(QUERY, [Decimal("276.7")])
        assert frame["execution"].tolist() == [Decimal("276.7")]
        assert isinstance(frame["execution"][0], Decimal)
        assert [str(kind) for kind in frame.dtypes] == ["Int64", "object", "boolean"]
        assert w.sql(QUERY, [Decimal("276.7")], floats=True)["execution"].dtype == "float64"
        total = sum(w.sql("SELECT value FROM fact WHERE value IS NOT NULL")["value"], Decimal(0))
        assert w.con.execute("SELECT sum(value) FROM fact").fetchall() == [(total,)]


def test_arrow_and_polars(warehouse: Path) -> None:
    with package.connect(str(warehouse)) as w:
        table = w.arrow(QUERY, [Decimal("276.7")])
        assert str(table.schema.field("execution").type) == "decimal128(20, 6)"
        frame = w.polars(QUERY, [Decimal("276.7")])
        assert frame.schema["execution"] == polars.Decimal(20, 6)
        assert frame["execution"].to_list() == [Decimal("276.7")]


def test_empty_answers_keep_their_columns(warehouse: Path) -> None:
    with package.connect(warehouse) as w:
        assert list(w.sql("SELECT dept_name, execution FROM dept_year WHERE false").columns) == [
            "dept_name",
            "execution",
        ]


def test_which_warehouse(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JIXIAO_DB", raising=False)
    with pytest.raises(QueryError, match=r"jixiao\.duckdb: no warehouse there"):
        package.connect()
    (tmp_path / "jixiao.toml").write_text(f'db = "{warehouse}"\n', "utf-8")
    assert package.connect().path == warehouse
    monkeypatch.setenv("JIXIAO_DB", "elsewhere.duckdb")
    with pytest.raises(QueryError, match=r"elsewhere\.duckdb"):
        package.connect()


def test_errors_are_words(warehouse: Path) -> None:
    with package.connect(warehouse) as w:
        with pytest.raises(QueryError, match="Nearest: fact"):
            w.sql("SELECT * FROM facts")
        assert "三公经费" in set(w.views()["view"])
        with pytest.raises(QueryError, match="disabled"):
            w.sql("SELECT * FROM read_csv('/etc/passwd')")
