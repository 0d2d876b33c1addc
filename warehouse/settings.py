"""Which warehouse is meant: the one named, then JIXIAO_DB, then jixiao.toml, then ./jixiao.duckdb."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

CONFIG = Path("jixiao.toml")


class SettingsError(Exception):
    """The configuration cannot be used; `str()` is one line for a person."""


def database(named: Path | None) -> Path:
    """The warehouse to use."""
    if named is not None:
        return named
    if os.environ.get("JIXIAO_DB"):
        return Path(os.environ["JIXIAO_DB"])
    db = configuration().get("db")
    if db is not None and not isinstance(db, str):
        raise SettingsError(f"{CONFIG}: db must be the path of a warehouse, in quotes")
    return Path(db or "jixiao.duckdb")


def configuration() -> dict[str, Any]:
    """What jixiao.toml in the current folder says; nothing where there is none."""
    if not CONFIG.is_file():
        return {}
    try:
        return tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{CONFIG}: {error}") from None
