"""`jixiao findings` and `jixiao mark`: lists, letters, and what people say of findings."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import docx
import duckdb
import pytest

from pipeline.ingest import ingest
from tests.conftest import SAMPLES
from tests.pipeline.test_cli import jixiao

# made up by hand: the printed total is 6.48, its parts are 4.28 and 2.1
GUAN = "固安县文化广电和旅游局"
LIST = ("findings", "--dept", GUAN, "--check", "ARI-01")


def test_terminal_shows_both_numbers_and_the_cells(warehouse: Path) -> None:
    out = jixiao(*LIST, "--db", str(warehouse)).stdout
    assert "三公经费本年决算数合计 6.48 万元，分项之和 6.38 万元，相差 +0.1 万元" in out
    assert "guan-culture-2021.txt 第1表第4行第4列（文本第22行）　三公经费 × 2021年决算数：6.48" in out
    assert "1 finding: 1 high" in out


def test_several_findings_are_counted_in_the_plural(warehouse: Path) -> None:
    listed = json.loads(jixiao("findings", "--db", str(warehouse), "--format", "json").stdout)
    assert len(listed) > 1
    assert f"{len(listed)} findings: " in jixiao("findings", "--db", str(warehouse)).stdout


def test_a_total_is_named_by_the_words_of_its_column(warehouse: Path) -> None:
    con = duckdb.connect(str(warehouse), read_only=True)
    labels = con.execute(
        "SELECT DISTINCT concept, column_label FROM core.fact WHERE origin = 'table' AND concept IN ('total_weight', 'total_score')"
    ).fetchall()
    assert ("total_score", "得分") in labels
    assert not [label for label in labels if label[1] in ("weight", "score")]


def test_filters(warehouse: Path) -> None:
    db = ("--db", str(warehouse), "--format", "json")
    assert json.loads(jixiao(*LIST, "--severity", "low", *db).stdout) == []
    assert json.loads(jixiao(*LIST, "--year", "1999", *db).stdout) == []
    assert len(json.loads(jixiao(*LIST, "--severity", "high", "--year", "2021", "--unmarked", *db).stdout)) == 1
    wrong = jixiao("findings", "--check", "ZZZ-99", *db)
    assert (wrong.returncode, "ZZZ-99: no check has this code" in wrong.stderr) == (2, True)


def test_csv_and_json_hold_exact_numbers(warehouse: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(jixiao(*LIST, "--db", str(warehouse), "--format", "csv").stdout))
    assert (row["expected"], row["actual"], row["difference"], row["tolerance"]) == ("6.38", "6.48", "0.1", "0.015")
    (one,) = json.loads(jixiao(*LIST, "--db", str(warehouse), "--format", "json").stdout)
    # the total, the vehicles with their operation, the reception
    assert [e["raw_text"].strip() for e in one["evidence"] if e["raw_text"].strip()] == ["6.48", "4.28", "4.28", "2.1"]


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_letters_as_text_name_the_department_and_quote(warehouse: Path, form: str) -> None:
    out = jixiao(*LIST, "--db", str(warehouse), "--format", form).stdout
    assert "关于2021年度绩效自评公开材料有关事项的核实函" in out
    assert f"{GUAN}：" in out
    assert "第1表第9行第4列" in out
    assert "造假" not in out


def test_the_word_letter_can_be_read_again(warehouse: Path, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    done = jixiao(*LIST, "--db", str(warehouse), "--format", "docx", "--out", str(path))
    assert done.stdout == f"1 finding written to {path}\n"
    lines = [p.text for p in docx.Document(str(path)).paragraphs]
    assert lines[0] == "关于2021年度绩效自评公开材料有关事项的核实函"
    assert f"{GUAN}：" in lines
    assert any("所列 6.48，核对 6.38，相差 0.1（容差 0.015）" in line for line in lines)
    assert lines[-1] == "　　　　年　　月　　日"


def test_excel_needs_a_file_name(warehouse: Path, tmp_path: Path) -> None:
    assert "name it with --out FILE.xlsx" in jixiao(*LIST, "--db", str(warehouse), "--format", "xlsx").stderr
    path = tmp_path / "list.xlsx"
    assert jixiao(*LIST, "--db", str(warehouse), "--format", "xlsx", "--out", str(path)).returncode == 0
    assert path.read_bytes()[:2] == b"PK"


def test_a_mark_stays_when_reports_come_in_again(tmp_path: Path) -> None:
    reports, db = tmp_path / "reports", tmp_path / "w.duckdb"
    reports.mkdir()
    source = next(SAMPLES.rglob("guan-culture-2021.txt"))
    shutil.copy(source, reports)
    ingest([reports], db, workers=1)
    (one,) = json.loads(jixiao(*LIST, "--db", str(db), "--format", "json").stdout)
    words = ("--note", "接待费漏加一笔", "--by", "李四", "--db", str(db))
    assert jixiao("mark", one["finding_id"], "explained", *words).returncode == 0
    shutil.copy(SAMPLES / "seed" / "000_cc8d8cd76cb08315.txt", reports)
    # a correction of the same report that leaves this figure as it was
    (reports / "corrected.txt").write_text(source.read_text("utf-8") + "\n（更正）\n", encoding="utf-8")
    ingest([reports], db, workers=1)
    (again,) = json.loads(jixiao(*LIST, "--db", str(db), "--format", "json").stdout)
    assert (again["finding_id"], again["mark"], again["mark_note"], again["marked_by"]) == (
        one["finding_id"], "explained", "接待费漏加一笔", "李四",
    )  # fmt: skip
    assert again["source_file"] == "corrected.txt"


def test_a_false_alarm_counts_no_more(tmp_path: Path) -> None:
    db = tmp_path / "w.duckdb"
    ingest([next(SAMPLES.rglob("guan-culture-2021.txt"))], db, workers=1)
    count = "SELECT count(*) FROM finding WHERE severity = 'high'"
    high = "SELECT findings_high FROM dept_year"
    with duckdb.connect(str(db.resolve()), read_only=True) as con:
        before, told = con.execute(count).fetchone(), con.execute(high).fetchone()
        (finding,) = con.execute("SELECT finding_id FROM finding WHERE check_code = 'ARI-01'").fetchone() or ("",)
    assert before == told
    assert jixiao("mark", finding, "false_alarm", "--db", str(db)).returncode == 0
    with duckdb.connect(str(db.resolve()), read_only=True) as con:
        assert before is not None
        assert con.execute(high).fetchone() == (before[0] - 1,)
        assert con.execute(count).fetchone() == before


def test_an_unknown_finding_or_mark_is_one_line(warehouse: Path) -> None:
    done = jixiao("mark", "0000", "confirmed", "--db", str(warehouse))
    assert (done.returncode, done.stderr) == (
        2,
        "jixiao: 0000: no finding has this id; `jixiao findings` shows the ids\n",
    )
    done = jixiao("mark", "0000", "wrong", "--db", str(warehouse))
    assert "wrong: no mark; one of confirmed explained false_alarm" in done.stderr


def test_no_cell_of_csv_is_a_formula(tmp_path: Path) -> None:
    db = tmp_path / "w.duckdb"
    ingest([next(SAMPLES.rglob("guan-culture-2021.txt"))], db, workers=1)
    (one,) = json.loads(jixiao(*LIST, "--db", str(db), "--format", "json").stdout)
    words = ("--note", '=HYPERLINK("http://example.invalid","?")', "--by", "－1+1", "--db", str(db))
    assert jixiao("mark", one["finding_id"], "explained", *words).returncode == 0
    out = tmp_path / "list.csv"
    assert jixiao("findings", "--dept", GUAN, "--db", str(db), "--format", "csv", "--out", str(out)).returncode == 0
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig", newline="")))
    assert {row["difference"][0] for row in rows if row["difference"]} >= {"-"}  # a number below zero is none
    (row,) = (row for row in rows if row["finding_id"] == one["finding_id"])
    assert (row["mark_note"], row["marked_by"]) == ('\'=HYPERLINK("http://example.invalid","?")', "'－1+1")
    query = ("sql", "SELECT mark_note, -1.5 AS n, '—' AS dash FROM finding WHERE mark IS NOT NULL", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(jixiao(*query, "--db", str(db)).stdout))
    assert (row["mark_note"][:2], row["n"], row["dash"]) == ("'=", "-1.5", "—")
