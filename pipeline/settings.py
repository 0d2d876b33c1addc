"""Which warehouse a command works on: --db, then JIXIAO_DB, then jixiao.toml, then ./jixiao.duckdb."""

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
    db = _config().get("db")
    if db is not None and not isinstance(db, str):
        raise SettingsError(f"{CONFIG}: db must be the path of a warehouse, in quotes")
    return Path(db or "jixiao.duckdb")


def check_folders() -> list[Path]:
    """Folders with an auditor's own checks: `[checks] folders = ["…"]` in jixiao.toml."""
    checks = _config().get("checks", {})
    folders = checks.get("folders", []) if isinstance(checks, dict) else None
    if not isinstance(folders, list) or not all(isinstance(folder, str) for folder in folders):
        raise SettingsError(f'{CONFIG}: [checks] must hold folders = ["FOLDER", ...]')
    return [Path(folder) for folder in folders]


def _config() -> dict[str, Any]:
    if not CONFIG.is_file():
        return {}
    try:
        return tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{CONFIG}: {error}") from None
