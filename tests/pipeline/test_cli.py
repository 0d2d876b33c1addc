"""The commands as people and scripts call them: what they print, and the exit status."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES, SEED


def jixiao(*words: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", *words]
    full = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **(env or {})}
    return subprocess.run(command, cwd=cwd, env=full, capture_output=True, text=True, check=False)


def test_ingest_prints_one_summary_object(tmp_path: Path) -> None:
    done = jixiao("ingest", str(SAMPLES / "seed"), "--db", str(tmp_path / "w.duckdb"), "--json")
    summary = json.loads(done.stdout)
    assert done.returncode == 0
    assert (summary["loaded"], summary["facts"], summary["indicators"], summary["problems"]) == (1, 78, 14, [])
    again = jixiao("ingest", str(SAMPLES / "seed"), "--db", str(tmp_path / "w.duckdb"), "--json")
    assert (again.returncode, json.loads(again.stdout)["known"], json.loads(again.stdout)["loaded"]) == (0, 4, 0)


def test_a_file_that_is_kept_out_is_one_line_and_status_1(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("食堂菜单", encoding="utf-8")
    done = jixiao("ingest", str(tmp_path / "x.txt"), "--db", str(tmp_path / "w.duckdb"))
    assert done.returncode == 1
    assert "1 files offered: 0 loaded, 0 duplicate, 1 rejected, 0 quarantined" in done.stdout
    assert done.stderr.splitlines() == [
        "x.txt: rejected, not_self_evaluation: no base data sheet, evaluation form or self-evaluation report was recognised"
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ingest", "nowhere/"), "nowhere: no such file or folder"),
        (("parse", "nowhere.txt"), "nowhere.txt: No such file or directory"),
        (("sql", "SELECT 1", "--db", "nowhere.duckdb"), "nowhere.duckdb: no warehouse there; `jixiao ingest PATH --db nowhere.duckdb` makes one"),
        (("status", "--db", "pyproject.toml"), "pyproject.toml: not a warehouse that can be read"),
        (("ingest",), "Missing argument 'PATH...'"),
        (("nonsense",), "No such command 'nonsense'"),
        (("sql", "SELECT 1", "--format", "xml"), "'xml' is not one of"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)  # fmt: skip
def test_a_wrong_call_is_one_line_and_status_2(words: tuple[str, ...], said: str) -> None:
    done = jixiao(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_parse_shows_a_file_without_a_database(tmp_path: Path) -> None:
    done = jixiao("parse", str(SEED), "--json", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert [form["form_kind"] for form in found["forms"]] == ["base_data", "department_evaluation", "narrative"]
    assert (len(found["facts"]), len(found["indicators"]), found["unmapped"]) == (78, 14, [])
    assert list(tmp_path.iterdir()) == []
    table = jixiao("parse", str(SEED))
    assert "127 of 127 printed figures were understood" in table.stdout
    assert "费用开支控制在预算内执行" in table.stdout


def test_sql_in_four_forms(warehouse: Path) -> None:
    query = "SELECT dept_name, execution FROM dept_year WHERE fiscal_year = 2023 AND execution > 0 ORDER BY execution"
    names = ["中共岳阳市君山区委巡察工作领导小组办公室", "于都县人民检察院"]
    as_csv = jixiao("sql", query, "--db", str(warehouse), "--format", "csv").stdout
    assert list(csv.reader(io.StringIO(as_csv))) == [
        ["dept_name", "execution"],
        [names[0], "276.7"],
        [names[1], "1592.1"],
    ]
    as_json = jixiao("sql", query, "--db", str(warehouse), "--format", "json").stdout
    assert json.loads(as_json, parse_float=Decimal)[0] == {"dept_name": names[0], "execution": Decimal("276.7")}
    as_markdown = jixiao("sql", query, "--db", str(warehouse), "--format", "markdown").stdout
    assert as_markdown.splitlines() == [
        "| dept_name | execution |",
        "| --- | --- |",
        f"| {names[0]} | 276.7 |",
        f"| {names[1]} | 1592.1 |",
    ]
    as_table = jixiao("sql", query, "--db", str(warehouse)).stdout
    assert f"│ {names[0]} │     276.7 │" in as_table
    assert "2 rows" in as_table


def test_sql_cannot_change_or_reach_outside(warehouse: Path) -> None:
    for query in (
        "DELETE FROM raw.file", "CREATE TABLE t (a INT)", "COPY fact TO '/tmp/x.csv'", "SELECT * FROM read_csv('/etc/passwd')",
        "SET enable_external_access = true", "ATTACH '/tmp/y.duckdb'", "INSTALL httpfs",
    ):  # fmt: skip
        done = jixiao("sql", query, "--db", str(warehouse))
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), query


def test_sql_names_what_comes_near(warehouse: Path) -> None:
    assert "Nearest: fact" in jixiao("sql", "SELECT * FROM facts", "--db", str(warehouse)).stderr
    assert "Nearest: dept_name" in jixiao("sql", "SELECT deptname FROM fact", "--db", str(warehouse)).stderr


def test_a_long_query_is_stopped(warehouse: Path) -> None:
    endless = "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range % 7 = b.range % 11"
    done = jixiao("sql", endless, "--db", str(warehouse), "--timeout", "1")
    assert (done.returncode, done.stderr) == (
        2,
        "jixiao: stopped after 1 seconds; narrow the query or raise --timeout\n",
    )


def test_explain_goes_down_to_the_line(warehouse: Path) -> None:
    done = jixiao("explain", "265.45", "--db", str(warehouse))
    assert done.returncode == 0
    for words in (
        "265.45 万元  一般公共预算  revenue_general_public_budget", SEED.name, "line 163 · table 2 · row 5 · column 2",
        "  其中：  一般公共预算：265.45", "265.45 (wan_yuan) from character 15 on; 万元 as the header says",
        "政府性基金拨款：", "费用开支控制在预算内执行", SEED.resolve().as_uri(),
    ):  # fmt: skip
        assert words in done.stdout, words
    by_id = jixiao("explain", "1f45c60d80bf97e4-t2r5c2-14", "--db", str(warehouse))
    assert "line 163 · table 2 · row 5 · column 2" in by_id.stdout
    said = jixiao("explain", "160.3", "--db", str(warehouse))
    assert "2023年全年基本支出215.81万元，其中人员经费160.3万元，公用经费55.51万元。" in said.stdout
    nothing = jixiao("explain", "123456.789", "--db", str(warehouse))
    assert (nothing.returncode, len(nothing.stderr.splitlines())) == (2, 1)


def test_status_says_what_is_there(warehouse: Path) -> None:
    done = jixiao("status", "--db", str(warehouse))
    assert done.returncode == 0
    for words in ("Files", "loaded", "Coverage of printed figures", "99.6", "Reports by year", "2018", "Last runs"):
        assert words in done.stdout


def test_which_warehouse(tmp_path: Path, warehouse: Path) -> None:
    """--db, then JIXIAO_DB, then jixiao.toml, then ./jixiao.duckdb."""
    query = ("sql", "SELECT count(*) AS n FROM document", "--format", "csv")
    (tmp_path / "jixiao.toml").write_text(f'db = "{warehouse}"\n', encoding="utf-8")
    assert jixiao(*query, cwd=tmp_path).stdout == "n\n34\n"
    env = {"JIXIAO_DB": "elsewhere.duckdb"}
    assert "elsewhere.duckdb: no warehouse" in jixiao(*query, cwd=tmp_path, env=env).stderr
    assert jixiao(*query, "--db", str(warehouse), cwd=tmp_path, env=env).stdout == "n\n34\n"
    (tmp_path / "jixiao.toml").write_text("db = 3\n", encoding="utf-8")
    assert "jixiao.toml: db must be the path" in jixiao(*query, cwd=tmp_path).stderr
    (tmp_path / "jixiao.toml").unlink()
    assert "jixiao.duckdb: no warehouse there" in jixiao(*query, cwd=tmp_path).stderr


def test_help_and_version() -> None:
    assert jixiao("--version").stdout == "jixiao 0.1.0\n"
    done = jixiao("--help")
    for command in ("ingest", "parse", "sql", "explain", "status"):
        assert command in done.stdout
        assert "Example" in jixiao(command, "--help").stdout or command == "status"


def test_without_a_command_it_says_what_to_do_next(warehouse: Path, tmp_path: Path) -> None:
    new = jixiao(cwd=tmp_path)
    assert (new.returncode, "There is no warehouse yet; the first call makes jixiao.duckdb." in new.stdout) == (0, True)
    assert "jixiao ingest FOLDER" in new.stdout
    known = jixiao(cwd=tmp_path, env={"JIXIAO_DB": str(warehouse)})
    assert f"The warehouse is {warehouse}." in known.stdout
    assert "jixiao findings" in known.stdout
