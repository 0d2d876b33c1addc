"""How a pass runs: the table `[run]` of jixiao.toml, and the sources."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipeline.settings import check_folders, cluster
from pipeline.sources.config import sources
from pipeline.sources.events import Source
from pipeline.workers import Limits
from warehouse.settings import SettingsError, configuration, database

_PATHS = ("archive", "summary", "metrics")


@dataclass(frozen=True, slots=True)
class RunSettings:
    """One configuration, paths already taken from its folder."""

    config: Path
    db: Path
    sources: tuple[Source, ...]
    checks: tuple[Path, ...] = ()
    archive: Path = Path("archive")
    summary: Path | None = None
    """File for the summary as JSON; the words go beside it as .txt. Else last-run.json in the archive."""
    metrics: Path | None = None
    """File for Prometheus, in the folder that the textfile collector of node_exporter reads."""
    workers: int = os.cpu_count() or 1
    cluster: str | None = None
    """Address of a Dask scheduler whose workers parse; else `workers` processes of this machine do."""
    seconds: float = 120.0
    memory_mb: int = 2048
    file_mb: int = 256
    floor: float = 0.4
    """Share of the last yield at which a source fails; 0.4: when 60 % or more are missing."""
    floor_files: int = 5
    """Of fewer files in the year before nothing is said."""
    season_ends: str = "10-31"
    """Month and day after which the reports of the year before are complete."""
    wait: float = 300.0
    """Seconds to wait where somebody else is writing to the warehouse."""

    @property
    def limits(self) -> Limits:
        """What one file may take."""
        return Limits(seconds=self.seconds, memory_mb=self.memory_mb, file_mb=self.file_mb)


def run_settings(
    config: Path, db: Path | None = None, workers: int | None = None, named: str | None = None
) -> RunSettings:
    """Read a configuration; `named` is the cluster that the call names.

    Raises `SettingsError` where it is missing or cannot be used.
    """
    if not config.is_file():
        raise SettingsError(f"{config}: no such file; docs/operate.md shows one")
    given = configuration(config).get("run", {})
    if not isinstance(given, dict):
        raise SettingsError(f"{config}: [run] must be a table")
    known = {field.name: str(field.type) for field in fields(RunSettings)}
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known or key in {"config", "db", "sources", "checks", "cluster"}:
            raise SettingsError(f"{config}: {key} is no setting of [run]")
        values[key] = _checked(config, key, known[key], value)
    for key in _PATHS:
        if key in values:
            values[key] = config.parent / values[key]
    values.setdefault("archive", config.parent / "archive")
    if workers is not None:
        values["workers"] = workers
    values["cluster"] = cluster(named, config)
    return RunSettings(config, database(db, config), tuple(sources(config)), tuple(check_folders(config)), **values)


def _checked(config: Path, key: str, kind: str, value: Any) -> Any:
    number = kind in {"int", "float"}
    if number and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
        raise SettingsError(f"{config}: [run] {key} must be a number that is not negative")
    if kind == "int" and (not isinstance(value, int) or (key == "workers" and value < 1)):
        raise SettingsError(f"{config}: [run] {key} must be a whole number")
    if not number and not isinstance(value, str):
        raise SettingsError(f"{config}: [run] {key} must be a text")
    if key == "season_ends" and not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", value):
        raise SettingsError(f'{config}: [run] season_ends must be a month and a day, such as "10-31"')
    return value
