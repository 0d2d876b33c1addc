"""Exports: every view as files that a spreadsheet opens safely, exact to the last digit, and described as a package."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from frictionless import Package, system

from tests.pipeline.test_cli import jixiao
from warehouse import workbook
from warehouse.dictionary import views
from warehouse.export import FORMATS, export

SEED = "000_cc8d8cd76cb08315.txt"
EVIL = ["=HYPERLINK(\"http://x\")", "+cmd|' /C calc'!A0", "-1+2", "@SUM(1)", "\tx", "\rx", "＝1+1"]  # fmt: skip
HARMLESS = ["-5.2", "+1,280.50", "-12%", "产出=50", "a"]


@pytest.fixture(scope="module")
def exported(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The warehouse of all samples in the three formats."""
    base = tmp_path_factory.mktemp("export")
    for name in FORMATS:
        export(warehouse, base / name, name)
    return {name: base / name for name in FORMATS}


def counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of every view."""
    return {v.name: (con.execute(f'SELECT count(*) FROM "{v.name}"').fetchone() or (0,))[0] for v in views(con)}


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_the_package_validates(exported: dict[str, Path], name: str) -> None:
    with system.use_context(trusted=True):
        report = Package(str(exported[name] / "datapackage.json")).validate()
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert len(report.tasks) == len({task.name for task in report.tasks}) >= 22


def test_a_wrong_file_does_not_validate(exported: dict[str, Path], tmp_path: Path) -> None:
    """The validator reads the data, not the descriptor alone."""
    shutil.copytree(exported["csv"], tmp_path / "x")
    path = tmp_path / "x" / "fact.csv"
    path.write_text(path.read_text("utf-8").replace(",wan_yuan,", ",guan,", 1), "utf-8")
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "x" / "datapackage.json")).validate()
    assert [row[1] for row in report.flatten(["rowNumber", "fieldName"])] == ["unit"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_view_and_column_is_exported(
    con: duckdb.DuckDBPyConnection, exported: dict[str, Path], name: str
) -> None:
    package = json.loads((exported[name] / "datapackage.json").read_text("utf-8"))
    described = {r["title"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    assert described == {view.name: [column.name for column in view.columns] for view in views(con)}
    assert {r["title"]: r["rows"] for r in package["resources"]} == counts(con)
    assert all(f["title"] and f["description"] for r in package["resources"] for f in r["schema"]["fields"])


def test_parquet_holds_every_row_exactly(con: duckdb.DuckDBPyConnection, exported: dict[str, Path]) -> None:
    package = json.loads((exported["parquet"] / "datapackage.json").read_text("utf-8"))
    with duckdb.connect() as plain:
        for view, resource in zip(views(con), package["resources"], strict=True):
            listed = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
            files = [str(exported["parquet"] / path) for path in listed]
            names = ", ".join(f'"{column.name}"' for column in view.columns)
            query = f"SELECT {names} FROM read_parquet(?, hive_partitioning = false, union_by_name = true)"
            types = [row[1] for row in plain.execute(f"DESCRIBE {query}", [files]).fetchall()]
            assert types == [column.type for column in view.columns], view.name
            here = plain.execute(query, [files]).fetchall()
            there = con.execute(f'SELECT {names} FROM "{view.name}"').fetchall()
            assert sorted(map(repr, here)) == sorted(map(repr, there)), view.name
        folder = exported["parquet"] / "fact"
        years = plain.execute(
            f"SELECT DISTINCT fiscal_year FROM read_parquet('{folder}/*/*.parquet', hive_partitioning = true) ORDER BY 1"
        ).fetchall()
    assert years == con.execute("SELECT DISTINCT fiscal_year FROM fact ORDER BY 1").fetchall()


def test_csv_opens_in_excel_and_is_exact(con: duckdb.DuckDBPyConnection, exported: dict[str, Path]) -> None:
    assert (exported["csv"] / "fact.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (exported["csv"] / "fact.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = dict(con.execute("SELECT fact_id, value FROM fact").fetchall())
    assert {row["fact_id"]: Decimal(row["value"]) if row["value"] else None for row in rows} == wanted
    printed = {row["value"] for row in rows if row["source_file"] == SEED}
    assert {"276.7", "265.45", "100"} <= printed
    assert "0" in {row["value"] for row in rows}
    with (exported["csv"] / "数据来源.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["数值"] == "265.45")
    assert (row["来源文件"], row["表内行"], row["文本行"]) == (SEED, "5", "163")


@pytest.fixture
def evil(warehouse: Path, tmp_path: Path) -> Path:
    """A warehouse whose reports hold formulas."""
    copy = tmp_path / "evil.duckdb"
    shutil.copyfile(warehouse.resolve(), copy)
    with duckdb.connect(str(copy)) as con:
        for seq, text in enumerate(EVIL + HARMLESS):
            con.execute(
                "INSERT INTO core.goal SELECT form_id, report_id, 900 + ?, ?, NULL, NULL, NULL FROM core.form "
                "WHERE is_current ORDER BY form_id LIMIT 1",
                [seq, text],
            )
    return copy


def test_no_cell_is_a_formula(evil: Path, tmp_path: Path) -> None:
    export(evil, tmp_path / "csv", "csv")
    with (tmp_path / "csv" / "goal.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = {int(row["seq"]) - 900: row["expected"] for row in csv.DictReader(file) if int(row["seq"]) >= 900}
    assert [cells[at] for at in range(len(EVIL))] == ["'" + text for text in EVIL]
    assert [cells[len(EVIL) + at] for at in range(len(HARMLESS))] == HARMLESS
    export(evil, tmp_path / "xlsx", "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "xlsx" / "jixiao.xlsx")["goal"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n", "inlineStr"}
    assert EVIL[0] in {cell.value for row in sheet.iter_rows() for cell in row}


def test_workbook_is_typed_with_filters_and_a_frozen_header(exported: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(exported["xlsx"] / "jixiao.xlsx")
    sheet = book["dept_year"]
    head = [cell.value for cell in sheet[1]]
    row: dict[Any, Any] = next(
        dict(zip(head, values, strict=True))
        for values in sheet.iter_rows(min_row=2, values_only=True)
        if "巡察" in str(values)
    )
    assert (row["fiscal_year"], row["execution"], row["total_score"]) == (2023, 276.7, 99)
    assert (sheet.freeze_panes, sheet.auto_filter.ref.split(":")[0]) == ("A2", "A1")
    assert book["document"]["A2"].data_type == "s"
    assert any(cell.is_date for cell in book["document"][2])
    assert any(cell.data_type == "b" for row_ in book["indicator"].iter_rows() for cell in row_)
    assert book.sheetnames[-1] == "说明 about"


def test_a_sheet_that_cannot_hold_all_rows_says_so(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    fact = [view for view in views(con) if view.name == "fact"]
    rows, written, notes = workbook.write(con, fact, tmp_path / "x.xlsx", most_rows=100)
    assert (rows["fact"] > 900, written["fact"]) == (True, 100)
    assert notes == [f"fact: 100 of {rows['fact']:,} rows; a sheet holds no more, export to parquet or csv for all"]
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book["fact"].max_row == 101
    assert notes[0] in {cell.value for cell in book["说明 about"]["D"]}


def test_amounts_longer_than_a_double_stay_exact_in_excel(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        con.execute(
            "CREATE VIEW v AS SELECT CAST('12345678901234.567891' AS DECIMAL(20, 6)) AS a, CAST(0.1 AS DECIMAL(20, 6)) AS b"
        )
        con.execute("COMMENT ON VIEW v IS '一 · one'")
        workbook.write(con, views(con), tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["v"]
    assert (sheet["A2"].value, sheet["B2"].value) == ("12345678901234.567891", 0.1)


def test_nothing_stale_stays(warehouse: Path, tmp_path: Path) -> None:
    export(warehouse, tmp_path, "parquet")
    first = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert all(not path.name.startswith(".") for path in tmp_path.iterdir())
    stale = tmp_path / "fact" / "fiscal_year=1999" / "part-0.parquet"
    stale.parent.mkdir()
    stale.write_bytes(b"x")
    (tmp_path / "own notes.txt").write_text("kept")
    export(warehouse, tmp_path, "parquet")
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {*first, tmp_path / "own notes.txt"}
    assert not stale.parent.exists()
    assert (tmp_path / "datapackage.json").read_bytes() == first[tmp_path / "datapackage.json"]
    export(warehouse, tmp_path, "csv")
    assert list(tmp_path.rglob("*.parquet")) == []
    assert (tmp_path / "own notes.txt").read_text() == "kept"


def test_export_command(warehouse: Path, tmp_path: Path) -> None:
    done = jixiao("export", str(tmp_path / "out"), "--format", "csv", "--db", str(warehouse))
    assert (done.returncode, done.stderr) == (0, "")
    assert "views" in done.stdout
    (tmp_path / "file").write_text("x")
    for words, said in (
        (("export", str(tmp_path / "file"), "--db", str(warehouse)), "file: File exists; name a folder"),
        (("export", str(tmp_path / "o"), "--db", "nowhere.duckdb"), "nowhere.duckdb: no warehouse there"),
        (("export", str(tmp_path / "o"), "--db", str(tmp_path / "file")), "not a warehouse that can be read"),
    ):
        done = jixiao(*words)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
        assert said in done.stderr
