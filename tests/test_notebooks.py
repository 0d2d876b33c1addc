"""The notebooks run from the first cell to the last, and their charts are pictures."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from tests.conftest import ROOT

NAMES = ["01-first-look", "02-across-departments", "03-year-over-year", "04-findings", "05-data-quality"]
VIEWS_OF_YEARS = ROOT / "warehouse" / "views" / "10-restatement.sql"


def pictures(path: Path) -> list[bytes]:
    """The pictures that a notebook shows."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    data = [out.get("data", {}) for cell in cells for out in cell.get("outputs", [])]
    return [base64.b64decode(shown["image/png"]) for shown in data if "image/png" in shown]


@pytest.mark.parametrize("name", NAMES)
def test_a_committed_notebook_shows_its_charts_and_no_workplace(name: str) -> None:
    path = ROOT / "notebooks" / f"{name}.ipynb"
    text = path.read_text("utf-8")
    assert not re.search(r"/(?:home|root|work|tmp)/", text)
    assert '"output_type": "error"' not in text
    sources = "".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    for line in (ROOT / "notebooks" / f"{name}.py").read_text("utf-8").splitlines():
        assert line.startswith("#") or line in sources, "run notebooks/build.py again"
    charts = sources.count("show(") - sources.count("import show(")
    # what the checks find depends on the checks
    assert len(pictures(path)) == charts or name == "04-findings"


@pytest.mark.slow
def test_all_notebooks_run(tmp_path: Path) -> None:
    pytest.importorskip("nbclient")
    pytest.importorskip("tests.makers.county")
    if not VIEWS_OF_YEARS.exists():
        pytest.skip("no view restatement yet")
    subprocess.run([sys.executable, "-m", "tests.makers.county.demo", str(tmp_path)], cwd=ROOT, check=True)
    ingest([tmp_path / "reports"], tmp_path / "w.duckdb", workers=2)
    env = os.environ | {"JIXIAO_DB": str(tmp_path / "w.duckdb"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "notebooks/build.py", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    for name in NAMES:
        shown = pictures(tmp_path / f"{name}.ipynb")
        assert all(picture.startswith(b"\x89PNG") and len(picture) > 10_000 for picture in shown)
        assert shown or name == "04-findings"
