"""Which warehouse a command works on: --db, then JIXIAO_DB, then jixiao.toml, then ./jixiao.duckdb."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

CONFIG = Path("jixiao.toml")


class SettingsError(Exception):
    """The configuration cannot be used; `str()` is one line for a person."""


def database(named: Path | None) -> Path:
    """The warehouse to use."""
    if named is not None:
        return named
    if os.environ.get("JIXIAO_DB"):
        return Path(os.environ["JIXIAO_DB"])
    if CONFIG.is_file():
        try:
            db = tomllib.loads(CONFIG.read_text(encoding="utf-8")).get("db")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{CONFIG}: {error}") from None
        if db is not None and not isinstance(db, str):
            raise SettingsError(f"{CONFIG}: db must be the path of a warehouse, in quotes")
        if db:
            return Path(db)
    return Path("jixiao.duckdb")
