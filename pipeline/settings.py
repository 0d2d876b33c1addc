"""What jixiao.toml says of the pipeline; which warehouse a command works on is in `warehouse.settings`."""

from __future__ import annotations

from pathlib import Path

from warehouse.settings import CONFIG, SettingsError, configuration


def check_folders(config: Path = CONFIG) -> list[Path]:
    """Folders with an auditor's own checks: `[checks] folders = ["…"]` in jixiao.toml."""
    checks = configuration(config).get("checks", {})
    folders = checks.get("folders", []) if isinstance(checks, dict) else None
    if not isinstance(folders, list) or not all(isinstance(folder, str) for folder in folders):
        raise SettingsError(f'{config}: [checks] must hold folders = ["FOLDER", ...]')
    return [config.parent / folder for folder in folders]
