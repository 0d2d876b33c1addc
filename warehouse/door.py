"""The door for notebooks: `warehouse.connect()` answers in pandas, Arrow or polars; amounts stay exact."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from warehouse.query import QueryError, failure, opened
from warehouse.settings import database

if TYPE_CHECKING:
    import polars
    import pyarrow

_KINDS = {"BOOLEAN": "boolean", "DOUBLE": "float64", "FLOAT": "float64", "TIMESTAMP": "datetime64[us]"}
_INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}


class Warehouse:
    """A warehouse open for reading; runs of ingest go on meanwhile and do not change what it shows."""

    def __init__(self, path: Path) -> None:
        """Open the version that is published now."""
        self.path = path
        self.con = opened(path)

    def sql(self, query: str, parameters: Sequence[Any] | None = None, *, floats: bool = False) -> pd.DataFrame:
        """Answer as pandas. Decimals are exact `Decimal` objects; with `floats=True` they are floats, for charts."""
        cursor = self._ask(query, parameters)
        kinds = [(column[0], str(column[1])) for column in cursor.description or []]
        rows = cursor.fetchall()
        columns: list[pd.Series[Any]] = []
        for at, (name, kind) in enumerate(kinds):
            values = pd.Series([row[at] for row in rows], name=name, dtype="object")
            columns.append(_typed(values, kind, floats))
        return pd.concat(columns, axis=1) if columns else pd.DataFrame()

    def arrow(self, query: str, parameters: Sequence[Any] | None = None) -> pyarrow.Table:
        """Answer as an Arrow table; amounts are decimal128."""
        _need("pyarrow")
        try:
            return self.con.sql(query, params=list(parameters or [])).to_arrow_table()
        except duckdb.Error as error:
            raise QueryError(failure(self.con, error)) from None

    def polars(self, query: str, parameters: Sequence[Any] | None = None) -> polars.DataFrame:
        """Answer as polars; amounts are exact decimals."""
        _need("polars")
        import polars as pl

        frame = pl.from_arrow(self.arrow(query, parameters))
        return frame if isinstance(frame, pl.DataFrame) else frame.to_frame()

    def views(self) -> pd.DataFrame:
        """The public views with what they hold."""
        return self.sql(
            "SELECT view_name AS view, comment FROM duckdb_views() "
            "WHERE NOT internal AND schema_name = 'main' ORDER BY 1"
        )

    def close(self) -> None:
        """Let go of the warehouse."""
        self.con.close()

    def __enter__(self) -> Warehouse:
        """Use as `with connect() as w:`."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go of the warehouse."""
        self.close()

    def _ask(self, query: str, parameters: Sequence[Any] | None) -> duckdb.DuckDBPyConnection:
        try:
            return self.con.execute(query, list(parameters or []))
        except duckdb.Error as error:
            raise QueryError(failure(self.con, error)) from None


def connect(db: str | Path | None = None) -> Warehouse:
    """Open a warehouse for reading: `db`, else JIXIAO_DB, jixiao.toml, ./jixiao.duckdb.

    >>> warehouse.connect("county.duckdb").sql("SELECT dept_name, execution FROM dept_year")
    """
    return Warehouse(database(Path(db) if db else None))


def _typed(values: pd.Series[Any], kind: str, floats: bool) -> pd.Series[Any]:
    if kind.startswith("DECIMAL"):
        return values.astype("float64") if floats else values
    if kind in _INTEGERS:
        return values.astype("Int64")
    return values.astype(_KINDS[kind]) if kind in _KINDS else values  # type: ignore[call-overload]


def _need(module: str) -> None:
    try:
        __import__(module)
    except ImportError:
        raise ModuleNotFoundError(f"this needs {module}: pip install 'jixiao[notebooks]'") from None
