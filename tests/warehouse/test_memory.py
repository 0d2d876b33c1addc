"""A run takes memory by the number of its reports."""

from __future__ import annotations

import duckdb
import pytest

from warehouse import memory
from warehouse.create import create


def test_memory_grows_with_the_reports_up_to_what_the_machine_has(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 4 * 2**30 // 4096}
    monkeypatch.setattr("os.sysconf", pages.__getitem__)
    with duckdb.connect() as con:
        create(con)
        assert memory.bound(con) == 1024
        assert con.execute("SELECT current_setting('memory_limit')").fetchone() == ("1.0 GiB",)
        con.execute(
            "INSERT INTO core.report BY NAME SELECT 'r' || i AS report_id, 'd' || i AS document_id, 'x' AS dept_id, "
            "i AS loaded_order FROM range(25000) AS _(i)"
        )
        assert memory.bound(con) == 2000
        pages["SC_PHYS_PAGES"] = 2 * 2**30 // 4096
        assert memory.bound(con) == 1638
