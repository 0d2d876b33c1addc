"""The warehouse: one DuckDB file with raw documents, core rows and the public views."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.door import Warehouse


def connect(db: str | Path | None = None) -> Warehouse:
    """Open a warehouse for reading: `db`, else JIXIAO_DB, jixiao.toml, ./jixiao.duckdb."""
    # pandas is loaded only where it is asked for: the command line starts without it
    from warehouse.door import connect as open_door

    return open_door(db)
