"""Fills a warehouse with as many invented reports as are asked for, so that checks and queries can be measured.

python -m benchmarks.county --reports 100000 --db build/county-100k.duckdb

About 300 reports are made and read by the real parsers. Every further one is a copy of one of them, made by SQL: with
ids, department and division of its own; all amounts of money times one factor a department, in tables and sentences
alike, so that sums, shares, rates and the chain between years hold exactly; and characters of its prose exchanged for
others, so that no two departments say the same. Words that forms or checks know are kept.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import Counter, defaultdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from pipeline.parse import Parsed, parse
from tests.makers.county import indicators, layout, prose, vocabulary
from tests.makers.county.demo import Offered, offered
from tests.makers.county.files import as_bytes
from warehouse.create import create
from warehouse.load import add_departments, append, mark_current_forms
from warehouse.publish import building

DEPARTMENTS, YEARS = 100, (2021, 2022, 2023)
SEEN = datetime(2024, 7, 1)
MOST_COPIES = 1000
EXCHANGED = 32
"""Characters that a copy exchanges: the most frequent ones that may be; more of them cost time."""
KEPT = "问卷调查样本偏差差异调剂追加预算执行完成率占比增长下降减少同期上年详见附件请填写示例合成虚构满意"
TABLES = (
    "raw.file", "raw.paragraph", "raw.cell", "raw.note", "core.report", "core.form", "core.fact", "core.indicator",
    "core.goal", "core.section", "core.key_figure", "core.unmapped",
)  # fmt: skip
IDS = {"file_id", "document_id", "report_id", "form_id", "fact_id", "key_figure_id"}
TOLD = {
    "text", "covered_text", "dept_name", "alias", "project_name", "item", "row_label", "name", "reason", "expected",
    "actual", "subject", "sentence", "snippet", "title", "target_raw", "actual_raw", "source_file", "source_uri",
}  # fmt: skip
AMOUNTS = {"value": "unit", "target_value": "target_unit", "target_high": "target_unit", "actual_value": "actual_unit"}
PLACE = "of_document, table_no, row_no, col_no"
PRINTED = {("core.fact", "raw_text"), ("raw.cell", "text")}
"""Columns in which an amount is printed without its unit."""
NUMBER = r"^([^0-9-]*)-?[0-9][0-9,]*(?:\.[0-9]+)?(.*)$"
AMOUNT_CELLS = """
CREATE OR REPLACE TEMP TABLE amount_cell AS
SELECT substr(report_id, 1, 16) AS of_document, table_no, row_no, col_no,
       CAST(any_value(value) AS DECIMAL(13, 2)) AS money
FROM core.fact
WHERE unit = 'wan_yuan' AND status = 'value' AND origin = 'table'
GROUP BY ALL
"""
MACROS = r"""
CREATE OR REPLACE TEMP MACRO plain(v) AS rtrim(rtrim(CAST(v AS VARCHAR), '0'), '.');
CREATE OR REPLACE TEMP MACRO pieces(t) AS
    CASE WHEN contains(t, '万元') THEN string_split_regex(t, '-?[0-9][0-9,]*(\.[0-9]{1,2})?万元') END;
CREATE OR REPLACE TEMP MACRO amounts(t) AS
    CASE WHEN contains(t, '万元') THEN CAST(list_transform(
        regexp_extract_all(t, '(-?[0-9][0-9,]*(?:\.[0-9]{1,2})?)万元', 1), LAMBDA x: replace(x, ',', '')
    ) AS DECIMAL(13, 2)[]) END;
CREATE OR REPLACE TEMP MACRO scaled(pieces, amounts, f) AS array_to_string(
    list_transform(list_zip(pieces, amounts), LAMBDA x: x[1] || coalesce(plain(x[2] * f) || '万元', '')), '');
CREATE OR REPLACE TEMP MACRO told(t, kind, pieces, amounts, f, source, target, tag) AS
    CASE kind
        WHEN 0 THEN t
        WHEN 1 THEN translate(t, source, target)
        WHEN 2 THEN replace(translate(t, source, target), '示例', '示例' || tag)
        ELSE replace(translate(scaled(pieces, amounts, f), source, target), '示例', '示例' || tag)
    END;
CREATE OR REPLACE TEMP MACRO told_kind(t, source) AS
    CASE
        WHEN contains(t, '万元') THEN 3
        WHEN contains(t, '示例') THEN 2
        WHEN translate(t, source, '') <> t THEN 1
        ELSE 0
    END;
"""


def rows(con: duckdb.DuckDBPyConnection, n: int, planted: bool = True, departments: int = DEPARTMENTS) -> None:
    """Load `n` invented reports into the empty warehouse `con`.

    `planted` leaves the error in one report in four, else only reports without one are taken; `departments` is how
    many are made over three years before copies begin.
    """
    create(con)
    # a form under the name of another department would make two reports of one file
    made = [each for each in offered(7, departments, YEARS) if each.code != "DOC-04"]
    if not planted:
        made = [each for each in made if each.code is None]
    _load(con, made[:n])
    mark_current_forms(con)
    if n > len(made):
        con.execute("SET preserve_insertion_order = false")
        _copies(con, -(-n // len(made)))
        for table in TABLES:
            _multiply(con, table, len(made), n)
        for table in ("template", "copied", "amount_cell"):
            con.execute(f"DROP TABLE temp.{table}")


def _load(con: duckdb.DuckDBPyConnection, made: list[Offered]) -> None:
    """The reports themselves, as an ingest would load them."""
    found: dict[str, list[Any]] = defaultdict(list)
    for at, each in enumerate(made, start=1):
        parsed = parse(as_bytes(each.report, each.form))
        for table, records in parsed.tables.items():
            found[table] += records
        for report in parsed.tables["core.report"]:
            report["loaded_order"] = at
        found["raw.file"].append(_file(parsed, each, at))
    add_departments(con, found.pop("core.department"))
    append(con, found)


def _file(parsed: Parsed, each: Offered, at: int) -> dict[str, Any]:
    about = (
        "sha256", "document_id", "content_sha256", "format", "encoding", "bytes", "pages", "status", "seconds",
        "numbers", "numbers_mapped",
    )  # fmt: skip
    return {
        **{name: getattr(parsed, name) for name in about}, "file_id": parsed.document_id, "source_file": each.file,
        "source_uri": f"file:///{each.file}", "offered_order": at, "first_seen": SEEN, "last_seen": SEEN,
    }  # fmt: skip


def _copies(con: duckdb.DuckDBPyConnection, copies: int) -> None:
    """temp.template: a row a report that is copied; temp.copied: a row a copy with its factor and its characters."""
    if copies > MOST_COPIES:
        raise ValueError(f"at most {MOST_COPIES} copies have a factor of their own")
    for statement in MACROS.split(";\n"):
        if statement.strip():
            con.execute(statement)
    con.execute(
        "CREATE TEMP TABLE template AS SELECT document_id, min(loaded_order) AS place FROM core.report GROUP BY ALL"
    )
    con.execute(AMOUNT_CELLS)
    source = exchanged()
    rng = random.Random("copies")
    stays = set(source) | kept()
    pool = [chr(code) for code in range(0x4E00, 0x7E00) if chr(code) not in stays]
    con.execute("CREATE TEMP TABLE copied (copy INTEGER, f DECIMAL(4, 3), source VARCHAR, target VARCHAR, tag VARCHAR)")
    digits = "甲乙丙丁戊己庚辛壬癸"
    con.executemany(
        "INSERT INTO copied VALUES (?, ?, ?, ?, ?)",
        [
            # 371 and 1000 have no common divisor: every copy has a factor of its own
            (
                at,
                0.7 + at * 371 % 1000 / 1000,
                source,
                "".join(rng.sample(pool, len(source))),
                "".join(digits[int(digit)] for digit in str(at)),
            )
            for at in range(1, copies)
        ],
    )


@cache
def exchanged() -> str:
    """The characters that a copy exchanges: those of the data of the makers that no form and no check needs."""
    names = ("tasks", "sentences", "difficulties", "rates")
    said = Counter(char for name in names for row in vocabulary.table(name) for char in _free(name, row))
    stays = kept()
    free = [(-count, char) for char, count in said.items() if "一" <= char <= "龥" and char not in stays]
    return "".join(char for _, char in sorted(free)[:EXCHANGED])


def _free(name: str, row: dict[str, str]) -> str:
    return "".join(value for key, value in row.items() if (name, key) not in {("tasks", "unit"), ("tasks", "kind")})


@cache
def kept() -> set[str]:
    """The characters of labels, headings, units and template sentences."""
    sources = (indicators, layout, prose)
    units = "".join(row["unit"] for row in vocabulary.table("tasks"))
    return set(KEPT + units + "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in sources))


def _multiply(con: duckdb.DuckDBPyConnection, table: str, made: int, n: int) -> None:
    """Insert the copies of the rows of one table."""
    schema, name = table.split(".")
    columns = [
        row[0]
        for row in con.execute(
            "SELECT column_name FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? "
            "AND database_name = current_database() ORDER BY column_index",
            [schema, name],
        ).fetchall()
    ]
    key = "document_id" if "document_id" in columns else "substr(report_id, 1, 16)"
    con.execute(f"CREATE TEMP TABLE original AS SELECT *, {key} AS of_document FROM {table}")
    kinds = "".join(
        f", told_kind(o.{c}, '{exchanged()}') AS kind_{c}, pieces(o.{c}) AS pieces_{c}, amounts(o.{c}) AS amounts_{c}"
        for c in columns
        if _is_told(table, c)
    )
    printed, joined = "", ""
    if (text := next((c for t, c in PRINTED if t == table), None)) is not None:
        head, tail = (f"regexp_extract(o.{text}, '{NUMBER}', {group})" for group in (1, 2))
        printed, joined = f", m.money, {head} AS head, {tail} AS tail", f"LEFT JOIN amount_cell AS m USING ({PLACE})"
    con.execute(f"CREATE TEMP TABLE marked AS SELECT o.*{kinds}{printed} FROM original AS o {joined}")
    chosen = ", ".join(f"{_expression(table, column)} AS {column}" for column in columns)
    con.execute(
        f"""
        INSERT INTO {table}
        SELECT {chosen}
        FROM marked AS o
        JOIN (
            SELECT t.document_id AS of_document, t.place, c.*, c.copy * {made} AS shift,
                   substr(md5(t.document_id || '/' || c.copy), 1, 16) AS new_id
            FROM template AS t CROSS JOIN copied AS c
            WHERE c.copy * {made} + t.place <= {n}
        ) AS d USING (of_document)
        """
    )
    for temporary in ("original", "marked"):
        con.execute(f"DROP TABLE temp.{temporary}")
    if table == "core.report":
        _departments(con, made)


def _expression(table: str, column: str) -> str:
    """What a copy holds in a column."""
    if column in IDS:
        return f"d.new_id || substr(o.{column}, 17)"
    if column in {"sha256", "content_sha256"}:
        return f"d.new_id || substr(o.{column}, 17)"
    if column in {"loaded_order", "offered_order"}:
        return f"o.{column} + d.shift"
    if column == "dept_id":
        return "regexp_replace(o.dept_id, '[^-]*$', '') || substr(md5(o.dept_id || '/' || d.copy), 1, 10)"
    if column in AMOUNTS and table in {"core.fact", "core.indicator", "core.key_figure"}:
        unit = f"o.{AMOUNTS[column]} IN ('wan_yuan', '万元')"
        if table == "core.key_figure":  # what is printed in 元 stays as it is
            unit = "o.printed_unit = '万元'"
        return f"CASE WHEN {unit} THEN CAST(o.{column} AS DECIMAL(15, 2)) * d.f ELSE o.{column} END"
    if (table, column) in PRINTED:
        return f"CASE WHEN o.money IS NULL THEN {_told(column)} ELSE o.head || plain(o.money * d.f) || o.tail END"
    return _told(column) if _is_told(table, column) else f"o.{column}"


def _is_told(table: str, column: str) -> bool:
    """True for the columns whose words are exchanged."""
    return column in TOLD or (column == "raw_text" and table in {"core.fact", "core.unmapped"})


def _told(column: str) -> str:
    return f"told(o.{column}, o.kind_{column}, o.pieces_{column}, o.amounts_{column}, d.f, d.source, d.target, d.tag)"


def _departments(con: duckdb.DuckDBPyConnection, made: int) -> None:
    """The departments of the copies: as those that they were copied from, under their own names."""
    con.execute(
        f"""
        INSERT INTO core.department
        SELECT r.dept_id, any_value(r.dept_name), any_value(x.division_code), any_value(x.division_name),
               any_value(x.level), any_value(x.organ_class), false
        FROM core.report AS r
        JOIN core.report AS first ON first.loaded_order = (r.loaded_order - 1) % {made} + 1
        JOIN core.department AS x ON x.dept_id = first.dept_id
        WHERE r.loaded_order > {made}
        GROUP BY r.dept_id
        """
    )


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, nargs="+", default=[1000, 10000])
    asked.add_argument("--db", type=Path, default=Path("build/county-bench.duckdb"))
    asked.add_argument("--consistent", action="store_true", help="without planted errors")
    args = asked.parse_args()
    print("| reports | facts | indicators | key figures | cells | seconds | file MB | memory MB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for n in args.reports:
        args.db.unlink(missing_ok=True)
        began = time.perf_counter()
        with building(args.db) as run:
            run.con.execute("SET memory_limit = '5GB'")
            rows(run.con, n, planted=not args.consistent)
            count = [
                (run.con.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,))[0]
                for table in ("core.report", "core.fact", "core.indicator", "core.key_figure", "raw.cell")
            ]
            run.publish()
        spent = time.perf_counter() - began
        size = args.db.stat().st_size / 2**20
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        cells = " | ".join(f"{value:,}" for value in count)
        print(f"| {cells} | {spent:.1f} | {size:.0f} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
