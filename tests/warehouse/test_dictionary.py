"""The dictionary: what is defined is what is documented is what is exported."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from tests.pipeline.test_cli import jixiao
from warehouse.create import code_columns, concepts
from warehouse.dictionary import code_lists, views
from warehouse.export import export

Columns = dict[str, list[tuple[str, str]]]


@pytest.fixture(scope="module")
def pages(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Markdown and HTML, written by the command."""
    folder = tmp_path_factory.mktemp("docs") / "new"
    done = jixiao("docs", str(folder), "--db", str(warehouse))
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in folder.iterdir()} == {"dictionary.md", "dictionary.html"}
    return (folder / "dictionary.md").read_text("utf-8"), (folder / "dictionary.html").read_text("utf-8")


def defined(con: duckdb.DuckDBPyConnection) -> Columns:
    """Views with columns and comments as the database knows them, not as our own module reads them."""
    found: Columns = {}
    for view, column, comment in con.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() "
        "WHERE schema_name = 'main' AND NOT internal ORDER BY table_name, column_index"
    ).fetchall():
        found.setdefault(view, []).append((column, comment))
    return found


class Tables(HTMLParser):
    """Sections of the page with the cells of their tables; counts what would be fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: dict[str, list[list[str]]] = {}
        self.fetched: list[str] = []
        self.into: list[list[str]] = []
        self.in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.fetched += [f"{tag} {v}" for k, v in attrs if k in {"src", "href"} and not (v or "").startswith("#")]
        if tag == "section":
            self.into = self.sections.setdefault(found["id"] or "", [])
        elif tag == "tr":
            self.into.append([])
        elif tag == "td":
            self.into[-1].append("")
            self.in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self.in_cell = self.in_cell and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.in_cell:
            self.into[-1][-1] += data


def test_defined_is_documented_is_exported(
    con: duckdb.DuckDBPyConnection, pages: tuple[str, str], warehouse: Path, tmp_path: Path
) -> None:
    there = defined(con)
    in_markdown: Columns = {}
    chapter = pages[0].partition("\n## 视图")[2].partition("\n## ")[0]
    for section in chapter.split("\n### `")[1:]:
        rows = re.findall(r"^\| (.+?) \| .+? \| (.+?) \| (.+?) \| .*\|$", section, re.MULTILINE)
        in_markdown[section.partition("`")[0]] = [(name, f"{zh} · {en}") for name, zh, en in rows[2:]]
    assert in_markdown == there
    parser = Tables()
    parser.feed(pages[1])
    in_html = {
        anchor.removeprefix("view-"): [(row[0], f"{row[2]} · {row[3]}") for row in rows if row]
        for anchor, rows in parser.sections.items()
        if anchor.startswith("view-")
    }
    assert in_html == there
    export(warehouse, tmp_path, "csv")
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    in_package = {
        r["title"]: [(f["name"], f"{f['title']} · {f['description']}") for f in r["schema"]["fields"]]
        for r in package["resources"]
    }
    assert in_package == there


def test_codes_concepts_and_checks_are_explained(con: duckdb.DuckDBPyConnection, pages: tuple[str, str]) -> None:
    parser = Tables()
    parser.feed(pages[1])
    for name, codes in code_lists(con).items():
        assert [row for row in parser.sections[f"code-{name}"] if row] == [[c.code, c.zh, c.en] for c in codes]
    assert {row[0] for row in parser.sections["concepts"] if row} == set(concepts())
    rules = {row[0] for row in con.execute("SELECT check_code FROM check_rule").fetchall()}
    assert {row[0] for row in parser.sections["checks"] if row} == rules != set()


def test_the_page_needs_nothing_else(pages: tuple[str, str]) -> None:
    parser = Tables()
    parser.feed(pages[1])
    assert parser.fetched == []
    assert not re.search(r"@import|url\(|https?://", pages[1])
    assert "{{" not in pages[1]


def test_every_code_list_is_used_and_known(con: duckdb.DuckDBPyConnection) -> None:
    lists = code_lists(con)
    assert set(code_columns().values()) == set(lists)
    used = {c.code_list for view in views(con) for c in view.columns}
    assert used - {None} == set(lists)


def test_no_code_stands_in_the_data_that_no_list_explains(con: duckdb.DuckDBPyConnection) -> None:
    lists = code_lists(con)
    for view in views(con):
        for column in view.columns:
            if column.code_list:
                known = {code.code for code in lists[column.code_list]}
                rows = con.execute(f'SELECT DISTINCT "{column.name}" FROM "{view.name}"').fetchall()
                assert {row[0] for row in rows} - {None} <= known, f"{view.name}.{column.name}"
