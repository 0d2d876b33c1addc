"""A configuration with an archive and a warehouse in a folder, and questions to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.running.settings import RunSettings, run_settings
from warehouse.publish import open_read_only

SITE = """
[[source]]
name = "君山区"
kind = "site"
start = ["{base}/xxgk/index.html"]
follow = ['/xxgk/index_\\d+\\.html$']
pages = ['/art/']
files = ['\\.(docx?|pdf|txt)$', '/download']
delay = 0
retries = 1
seconds = 1.5
most_mb = 1
"""
FOLDER = """
[[source]]
name = "folder"
kind = "folder"
path = "in"
"""


def settings(folder: Path, sources: str, run: str = "") -> RunSettings:
    """Write jixiao.toml and read it."""
    config = folder / "jixiao.toml"
    config.write_text(f'db = "w.duckdb"\n[run]\nworkers = 1\n{run}\n{sources}', encoding="utf-8")
    return run_settings(config)


def query(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """Ask the published warehouse."""
    with open_read_only(db) as con:
        return con.execute(sql).fetchall()
