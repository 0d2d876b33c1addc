"""What docs/connect.md says of other tools, as far as a test can say it: the DuckDB command line, and Python."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "connect.md").read_text(encoding="utf-8")
CLI = Path(sys.executable).parent / "duckdb"


def cli(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the DuckDB command line."""
    return subprocess.run([str(CLI), *words], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not CLI.exists(), reason="duckdb-cli is not installed")
def test_the_duckdb_command_line(warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "county.duckdb").symlink_to(warehouse)
    found = re.search(r'^    duckdb -readonly county\.duckdb "(.+)"$', TEXT, re.MULTILINE)
    assert found
    done = cli("-readonly", "-csv", "county.duckdb", found[1], cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert rows[0] == ["dept_name", "execution_rate"]
    assert ["中共岳阳市君山区委巡察工作领导小组办公室", "100.000000"] in rows
    views = cli(
        "-readonly",
        "-csv",
        "county.duckdb",
        "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'",
        cwd=tmp_path,
    )
    for (view,) in list(csv.reader(io.StringIO(views.stdout)))[1:]:
        done = cli("-readonly", "county.duckdb", f'SELECT * FROM "{view}" LIMIT 1', cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), view
    assert cli("-readonly", "county.duckdb", "DELETE FROM core.fact", cwd=tmp_path).returncode != 0


def test_the_python_lines_run(warehouse: Path) -> None:
    block = TEXT.partition("## Python, notebooks")[2].partition("\n\nWithout")[0]
    code = "\n".join(line[4:] for line in block.splitlines() if line.startswith("    "))
    assert code.count("w.") >= 4
    exec(compile(code.replace("county.duckdb", str(warehouse)), "connect.md", "exec"), {})
