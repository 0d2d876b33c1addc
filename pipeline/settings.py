"""What jixiao.toml says of the pipeline; which warehouse a command works on is in `warehouse.settings`."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.settings import CONFIG, SettingsError, configuration

if TYPE_CHECKING:
    from pipeline.workers import Limits


def check_folders(config: Path = CONFIG) -> list[Path]:
    """Folders with an auditor's own checks: `[checks] folders = ["…"]` in jixiao.toml."""
    checks = configuration(config).get("checks", {})
    folders = checks.get("folders", []) if isinstance(checks, dict) else None
    if not isinstance(folders, list) or not all(isinstance(folder, str) for folder in folders):
        raise SettingsError(f'{config}: [checks] must hold folders = ["FOLDER", ...]')
    return [config.parent / folder for folder in folders]


def limits(**named: float | None) -> Limits:
    """What one file may take: what is named, then `[limits] seconds, memory_mb, file_mb` in jixiao.toml."""
    from pipeline.workers import Limits

    said = configuration().get("limits", {})
    known = {each.name for each in fields(Limits)}
    if not isinstance(said, dict) or not said.keys() <= known:
        raise SettingsError(f"{CONFIG}: [limits] may hold {', '.join(sorted(known))}")
    for name, value in said.items():
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not (whole or (name == "seconds" and isinstance(value, float))) or value <= 0:
            raise SettingsError(f"{CONFIG}: [limits] {name} must be a number above 0")
    return Limits(**{**said, **{name: value for name, value in named.items() if value is not None}})


def cluster(named: str | None, config: Path = CONFIG) -> str | None:
    """Address of the Dask scheduler: what is named, then `[workers] cluster = "tcp://HOST:8786"` in jixiao.toml."""
    said = configuration(config).get("workers", {})
    address = said.get("cluster") if isinstance(said, dict) else said
    if address is not None and not isinstance(address, str):
        raise SettingsError(f'{config}: [workers] must hold cluster = "ADDRESS"')
    return named or address
