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

from tests.conftest import ROOT, Built

NAMES = ["01-first-look", "02-across-departments", "03-year-over-year", "04-findings", "05-data-quality"]


def pictures(path: Path) -> list[bytes]:
    """The pictures that a notebook shows."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    data = [out.get("data", {}) for cell in cells for out in cell.get("outputs", [])]
    return [base64.b64decode(shown["image/png"]) for shown in data if "image/png" in shown]


def charts_of(text: str) -> int:
    """How many charts the cells of a notebook show."""
    lines = [line for cell in json.loads(text)["cells"] for line in "".join(cell["source"]).splitlines()]
    return sum(line.startswith("show(") for line in lines)


@pytest.mark.parametrize("name", NAMES)
def test_a_committed_notebook_shows_its_charts_and_no_workplace(name: str) -> None:
    path = ROOT / "notebooks" / f"{name}.ipynb"
    text = path.read_text("utf-8")
    assert not re.search(r"/(?:home|root|work|tmp)/", text)
    assert '"output_type": "error"' not in text
    sources = "".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    for line in (ROOT / "notebooks" / f"{name}.py").read_text("utf-8").splitlines():
        assert line.startswith("#") or line in sources, "run notebooks/build.py again"
    assert len(pictures(path)) == charts_of(text) > 0


def test_all_notebooks_run_with_their_charts(small_county: Built, tmp_path: Path) -> None:
    env = os.environ | {"JIXIAO_DB": str(small_county.db), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "notebooks/build.py", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    for name in NAMES:
        shown = pictures(tmp_path / f"{name}.ipynb")
        assert all(picture.startswith(b"\x89PNG") and len(picture) > 5_000 for picture in shown)
        assert len(shown) == charts_of((tmp_path / f"{name}.ipynb").read_text("utf-8"))
