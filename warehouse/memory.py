"""How much memory DuckDB may take in a run: as much as its reports need, not four fifths of the machine."""

from __future__ import annotations

import os

import duckdb

LEAST_MB = 1024
"""Enough for the checks over 10,000 reports, whose process then takes 1.2 GB at its peak."""
KB_PER_REPORT = 80
"""100,000 reports may take 8 GB."""


def bound(con: duckdb.DuckDBPyConnection) -> int:
    """Limit the memory of a connection by the number of reports; what does not fit is spilled. Returns the MB."""
    row = con.execute("SELECT count(*) FROM core.report").fetchone()
    wanted = max(LEAST_MB, (row[0] if row else 0) * KB_PER_REPORT // 1000)
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    megabytes = min(wanted, machine * 8 // 10)
    con.execute(f"SET memory_limit = '{megabytes}MiB'")
    return megabytes
