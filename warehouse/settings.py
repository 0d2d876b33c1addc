"""Which warehouse is meant: the one named, then JIXIAO_DB, then jixiao.toml, then ./jixiao.duckdb."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

CONFIG = Path("jixiao.toml")


class SettingsError(Exception):
    """The configuration cannot be used; `str()` is one line for a person."""


def database(named: Path | None, config: Path = CONFIG) -> Path:
    """The warehouse to use; a path in a configuration elsewhere is meant from the folder of that file."""
    if named is not None:
        return named
    if os.environ.get("JIXIAO_DB"):
        return Path(os.environ["JIXIAO_DB"])
    db = configuration(config).get("db")
    if db is not None and not isinstance(db, str):
        raise SettingsError(f"{config}: db must be the path of a warehouse, in quotes")
    return config.parent / (db or "jixiao.duckdb")


def configuration(config: Path = CONFIG) -> dict[str, Any]:
    """What jixiao.toml in the current folder, or another file, says; nothing where there is none."""
    if not config.is_file():
        return {}
    try:
        return tomllib.loads(config.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{config}: {error}") from None
