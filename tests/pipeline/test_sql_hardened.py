"""`jixiao sql` in untrusted hands: it answers, and does nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pipeline.test_cli import jixiao
from warehouse.query import QueryError, reading, run

REFUSED = [
    "COPY fact TO '{out}'", "COPY (SELECT 1) TO '{out}' (FORMAT parquet)", "EXPORT DATABASE '{out}'",
    "IMPORT DATABASE '{out}'", "ATTACH '{out}' AS x", "ATTACH ':memory:' AS x", "DETACH x", "USE core",
    "INSTALL httpfs", "LOAD httpfs", "SET memory_limit = '90GB'", "SET lock_configuration = false", "RESET memory_limit",
    "SET VARIABLE x = 1", "PRAGMA database_list", "PRAGMA enable_profiling = 'json'", "PRAGMA profiling_output = '{out}'",
    "CALL enable_logging('QueryLog', storage = 'file', storage_path = '{out}')", "CREATE TEMP TABLE t AS SELECT 1",
    "CREATE SECRET s (TYPE s3)", "CREATE MACRO f() AS 1", "DROP VIEW fact", "DELETE FROM core.fact",
    "UPDATE core.fact SET value = 1", "INSERT INTO core.mark SELECT 1", "ALTER TABLE core.fact DROP value", "CHECKPOINT",
    "VACUUM", "BEGIN", "PREPARE p AS SELECT 1", "SELECT 1; SELECT 2", "SELECT 1; SET threads = 1",
    "SELECT 1; COPY fact TO '{out}'", "SELECT * FROM enable_logging(storage = 'file', storage_path = '{out}')",
    "SELECT * FROM read_csv('{secret}')", "SELECT * FROM '{secret}'", "SELECT * FROM read_text('{secret}')",
    "SELECT * FROM read_blob('{secret}')", "SELECT * FROM read_json('{secret}')", "SELECT * FROM sniff_csv('{secret}')",
    "SELECT * FROM parquet_metadata('{secret}')", "SELECT * FROM glob('{secret}')", "SELECT getenv('HOME')",
    "SELECT * FROM read_csv('http://localhost:9/x.csv')", "SELECT * FROM query('COPY fact TO ''{out}''')",
    "EXPLAIN ANALYZE COPY fact TO '{out}'", "SELECT * FROM con", "SELECT * FROM statements", "", " -- nothing", "SELECT",
]  # fmt: skip
ENDLESS = "SELECT sum(hash(a.range, b.range)) FROM range(10000000) a, range(1000000) b"


@pytest.mark.parametrize("template", REFUSED)
def test_whatever_does_more_than_ask_is_refused(warehouse: Path, tmp_path: Path, template: str) -> None:
    secret, out = tmp_path / "secret.csv", tmp_path / "out"
    secret.write_text("password\nhunter2\n")
    with reading(warehouse) as con:
        with pytest.raises(QueryError) as caught:
            run(con, template.format(secret=secret, out=out), seconds=5)
        message = str(caught.value)
        assert message
        assert "\n" not in message
        assert "hunter2" not in message
        assert run(con, "SELECT 1").rows == [(1,)]
        assert run(con, "SELECT current_setting('memory_limit')").rows == [("3.7 GiB",)]
    assert list(tmp_path.iterdir()) == [secret]


@pytest.mark.parametrize(
    "query",
    ["FROM fact LIMIT 1", "SHOW TABLES", "DESCRIBE fact", "SUMMARIZE dept_year", "EXPLAIN SELECT 1", "VALUES (1)",
     "WITH a AS (SELECT 1) FROM a", "PIVOT fact ON period USING sum(value) GROUP BY concept", "SELECT 1;"],
)  # fmt: skip
def test_every_way_of_asking_answers(warehouse: Path, query: str) -> None:
    with reading(warehouse) as con:
        assert run(con, query).rows


@pytest.mark.parametrize("view", ["部门年度", "部门年度2", "三公经费用", "findings"])
def test_nearest_names_are_told_also_in_chinese(warehouse: Path, view: str) -> None:
    wanted = {"部门年度2": "部门年度", "三公经费用": "三公经费", "findings": "finding"}.get(view)
    with reading(warehouse) as con:
        if wanted is None:
            assert run(con, f"SELECT 部门 FROM {view}").rows
        else:
            with pytest.raises(QueryError, match=f"Nearest: {wanted}"):
                run(con, f"SELECT * FROM {view}")
        with pytest.raises(QueryError, match=r"Nearest: .*执行率"):
            run(con, "SELECT 预算执行率 FROM 部门年度")


def test_a_long_table_is_cut_and_says_so(warehouse: Path) -> None:
    cut = jixiao("sql", "SELECT range AS n FROM range(3000000000)", "--max-rows", "5", "--db", str(warehouse))
    assert cut.returncode == 0
    assert cut.stdout.splitlines()[-1] == (
        "the first 5 rows; there are more: --max-rows shows them, --format csv prints all"
    )
    assert "│ 4 │" in cut.stdout
    assert "│ 5 │" not in cut.stdout
    whole = jixiao("sql", "SELECT range AS n FROM range(5)", "--max-rows", "5", "--db", str(warehouse))
    assert whole.stdout.splitlines()[-1] == "5 rows"


def test_the_other_formats_print_all(warehouse: Path) -> None:
    query = "SELECT range AS n, CAST(range AS DECIMAL(20, 6)) / 4 AS d, NULL AS e FROM range(5001)"
    exact = query.replace("/ 4 AS d", "AS d")
    rows = json.loads(jixiao("sql", exact, "--format", "json", "--db", str(warehouse)).stdout, parse_float=Decimal)
    assert (len(rows), rows[5000]) == (5001, {"n": 5000, "d": 5000, "e": None})
    lines = jixiao("sql", exact, "--format", "csv", "--db", str(warehouse)).stdout.splitlines()
    assert (len(lines), lines[0], lines[5001]) == (5002, "n,d,e", "5000,5000,")
    lines = jixiao("sql", exact, "--format", "markdown", "--db", str(warehouse)).stdout.splitlines()
    assert (len(lines), lines[5002]) == (5003, "| 5000 | 5000 |  |")
    empty = jixiao("sql", "SELECT 1 AS a WHERE false", "--format", "json", "--db", str(warehouse))
    assert json.loads(empty.stdout) == []


def test_ctrl_c_stops_the_query_with_one_line(warehouse: Path) -> None:
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "sql", ENDLESS, "--db", str(warehouse)]
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            deadline = time.monotonic() + 30
            # the query runs as soon as the process holds the warehouse open
            while not any("duckdb" in target for target in open_files(process.pid)) and time.monotonic() < deadline:
                time.sleep(0.05)
            time.sleep(1)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=10)
        finally:
            process.kill()
    assert (process.returncode, out, err) == (2, "", "jixiao: the query was stopped\n")


def open_files(pid: int) -> Iterator[str]:
    """Where the open files of a process lead; one that it closes meanwhile leads nowhere."""
    folder = Path(f"/proc/{pid}/fd")
    for link in folder.iterdir() if folder.exists() else ():
        with suppress(FileNotFoundError):
            yield os.readlink(link)
