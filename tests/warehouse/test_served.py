"""Published views that are kept as tables say what the live views say, and a run sees the live ones."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline.ingest import ingest
from tests.conftest import SEED
from warehouse.publish import building, open_read_only
from warehouse.served import SERVED


def rows(con: duckdb.DuckDBPyConnection, view: str) -> list[tuple[object, ...]]:
    return sorted(con.execute(f"SELECT * FROM main.{view}").fetchall(), key=repr)


def comments(con: duckdb.DuckDBPyConnection, view: str) -> list[tuple[object, ...]]:
    return con.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE schema_name = 'main' AND table_name = ? "
        "UNION ALL SELECT view_name, NULL, comment FROM duckdb_views() WHERE schema_name = 'main' AND view_name = ? "
        "ORDER BY ALL",
        [view, view],
    ).fetchall()


@pytest.mark.parametrize("view", SERVED)
def test_a_kept_view_has_the_rows_and_comments_of_the_live_one(warehouse: Path, tmp_path: Path, view: str) -> None:
    copy = tmp_path / "w.duckdb"
    copy.write_bytes(warehouse.resolve().read_bytes())
    with open_read_only(copy) as con:
        kept, said = rows(con, view), comments(con, view)
        assert (
            con.execute("SELECT sql FROM duckdb_views() WHERE view_name = ?", [view]).fetchall()[0][0].count("served")
        )
    with building(copy) as run:
        assert rows(run.con, view) == kept
        assert comments(run.con, view) == said
        assert all(comment for *_, comment in said)
        run.discard()


def test_a_run_changes_what_is_kept(tmp_path: Path) -> None:
    db = tmp_path / "w.duckdb"
    ingest([SEED], db, workers=1)
    with building(db) as run:
        assert run.con.execute("SELECT total_score FROM dept_year").fetchall()[0][0] == 99
        run.con.execute("UPDATE core.fact SET value = 98 WHERE concept = 'total_score'")
        assert run.con.execute("SELECT total_score FROM dept_year").fetchall()[0][0] == 98
        run.publish()
    with open_read_only(db) as con:
        assert con.execute("SELECT total_score FROM dept_year").fetchall()[0][0] == 98
