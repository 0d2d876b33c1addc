"""What commands share: the warehouse option, the forms of output, and the error that ends a call."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Db = Annotated[Path | None, typer.Option("--db", help="DuckDB file; else JIXIAO_DB, jixiao.toml, ./jixiao.duckdb.")]
Cluster = Annotated[str | None, typer.Option("--cluster", metavar="ADDRESS", help="Parse on the Dask cluster there.")]


class CallError(Exception):
    """The call was wrong or nothing could be done; `str()` is one line for a person."""


class Format(StrEnum):
    """Forms in which a result is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
