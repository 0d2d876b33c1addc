"""Creates the schemas, views and comments of a warehouse from the SQL and CSV files beside this module."""

from __future__ import annotations

import csv
from importlib import resources

import duckdb

_PACKAGE = resources.files("warehouse")


def create(con: duckdb.DuckDBPyConnection) -> None:
    """Create what is missing of tables, views and comments. Running it again changes nothing."""
    for folder in ("schema", "views"):
        for file in sorted(_PACKAGE.joinpath(folder).iterdir(), key=lambda f: f.name):
            if file.name.endswith(".sql"):
                con.execute(file.read_text(encoding="utf-8"))
    _load_concepts(con)
    _comment(con)


def concepts() -> dict[str, tuple[str, str]]:
    """Chinese and English name of every concept code."""
    return {row["concept"]: (row["zh"], row["en"]) for row in _table("concepts")}


def described() -> dict[str, str]:
    """Comment of every column by name, or by table.name where one name means two things: 中文 · English."""
    return {row["column"]: f"{row['zh']} · {row['en']}" for row in _table("columns")}


def _table(name: str) -> list[dict[str, str]]:
    text = _PACKAGE.joinpath(f"schema/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), strict=True))


def _load_concepts(con: duckdb.DuckDBPyConnection) -> None:
    """Make core.concept equal to schema/concepts.csv."""
    wanted = [(code, zh, en) for code, (zh, en) in concepts().items()]
    if con.execute("SELECT concept, name_zh, name_en FROM core.concept ORDER BY ALL").fetchall() != sorted(wanted):
        con.execute("DELETE FROM core.concept")
        con.execute(
            "INSERT INTO core.concept SELECT unnest(?), unnest(?), unnest(?)",
            [list(c) for c in zip(*wanted, strict=True)],
        )


def _comment(con: duckdb.DuckDBPyConnection) -> None:
    words = described()
    for schema, table, column in con.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns() "
        "WHERE schema_name IN ('main', 'raw', 'core') AND NOT internal AND database_name = current_database()"
    ).fetchall():
        comment = words.get(f"{table}.{column}") or words.get(column)
        if comment:
            quoted = comment.replace("'", "''")
            con.execute(f"""COMMENT ON COLUMN "{schema}"."{table}"."{column}" IS '{quoted}'""")
