"""Executes the notebooks over the warehouse of JIXIAO_DB: `python notebooks/build.py [FOLDER]` writes .ipynb files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent


def build(target: Path) -> list[Path]:
    """Run every notebook; an error in one is an error here. The same warehouse gives the same files."""
    if "JIXIAO_DB" in os.environ:
        # the notebooks run in their own folder
        os.environ["JIXIAO_DB"] = str(Path(os.environ["JIXIAO_DB"]).resolve())
    made = []
    for source in sorted(HERE.glob("0*.py")):
        book = jupytext.read(source)
        for at, cell in enumerate(book.cells):
            cell["id"] = f"cell-{at}"
        client = NotebookClient(
            book, timeout=120, kernel_name="python3", record_timing=False, resources={"metadata": {"path": str(HERE)}}
        )
        client.execute()
        book.metadata.pop("language_info", None)
        made.append(target / f"{source.stem}.ipynb")
        nbformat.write(book, made[-1])
    return made


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(path)
