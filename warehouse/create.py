"""Creates the schemas, views and comments of a warehouse from the SQL and CSV files beside this module."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from importlib import resources

import duckdb

_PACKAGE = resources.files("warehouse")


def is_current(con: duckdb.DuckDBPyConnection) -> bool:
    """True where the schema and views of the warehouse are those of this version."""
    return _made_by(con) == _fingerprint()


def create(con: duckdb.DuckDBPyConnection) -> None:
    """Create what is missing of tables, views and comments; nothing where these very files made the warehouse."""
    if is_current(con):
        return
    for name, text in _files():
        if name.endswith(".sql"):
            con.execute(text)
    _fill(con, "core.concept", [(code, zh, en) for code, (zh, en) in concepts().items()])
    _fill(con, "core.code", [(row["code_list"], row["code"], row["zh"], row["en"]) for row in _table("codes")])
    _load_schemes(con)
    comment(con)
    con.execute("DELETE FROM core.schema_version")
    con.execute("INSERT INTO core.schema_version VALUES (?)", [_fingerprint()])


def _files() -> list[tuple[str, str]]:
    """Name and text of every file of the schema and the views, in the order in which they run."""
    found = []
    for folder in ("schema", "views"):
        files = sorted(_PACKAGE.joinpath(folder).iterdir(), key=lambda file: file.name)
        found += [(file.name, file.read_text(encoding="utf-8")) for file in files]
    return found


@cache
def _fingerprint() -> str:
    return hashlib.sha256("\0".join(part for file in _files() for part in file).encode()).hexdigest()


def _made_by(con: duckdb.DuckDBPyConnection) -> str | None:
    """Fingerprint of the files that made the warehouse; None for a new one."""
    known = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'core' AND table_name = 'schema_version' "
        "AND database_name = current_database()"
    ).fetchone()
    if not known or not known[0]:
        return None
    row = con.execute("SELECT fingerprint FROM core.schema_version").fetchone()
    return row[0] if row else None


def concepts() -> dict[str, tuple[str, str]]:
    """Chinese and English name of every concept code."""
    return {row["concept"]: (row["zh"], row["en"]) for row in _table("concepts")}


def described() -> dict[str, str]:
    """Comment of every column by name, or by table.name where one name means two things: 中文 · English."""
    return {row["column"]: f"{row['zh']} · {row['en']}" for row in _table("columns")}


def code_columns() -> dict[str, str]:
    """Code list of every column that holds codes, by name or by table.name."""
    return {row["column"]: row["code_list"] for row in _table("code_columns")}


def _table(name: str) -> list[dict[str, str]]:
    text = _PACKAGE.joinpath(f"schema/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), strict=True))


def _fill(con: duckdb.DuckDBPyConnection, table: str, wanted: list[tuple[str, ...]]) -> None:
    """Make a table of words equal to the file that defines it."""
    if con.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() != sorted(wanted):
        con.execute(f"DELETE FROM {table}")
        con.execute(
            f"INSERT INTO {table} SELECT {', '.join('unnest(?)' for _ in wanted[0])}",
            [list(column) for column in zip(*wanted, strict=True)],
        )


def _load_schemes(con: duckdb.DuckDBPyConnection) -> None:
    """Make core.scoring_scheme equal to schema/scoring_schemes.csv; what is empty there is NULL, but for a region."""
    con.execute("DELETE FROM core.scoring_scheme")
    for row in _table("scoring_schemes"):
        names = ", ".join(row)
        values = [value if value or name == "region" else None for name, value in row.items()]
        con.execute(f"INSERT INTO core.scoring_scheme ({names}) VALUES ({', '.join('?' * len(row))})", values)


def definition(view: str) -> str:
    """The file of SQL that defines a view, named with its schema."""
    return next(text for _, text in _files() if f"VIEW {view} AS" in text)


def comment(con: duckdb.DuckDBPyConnection, views: list[str] | None = None) -> None:
    """Write the comments of all columns, or of those of some views."""
    words = described()
    for schema, table, column in con.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns() "
        "WHERE schema_name IN ('main', 'raw', 'core') AND NOT internal AND database_name = current_database() "
        "AND (?1 IS NULL OR list_contains(?1::VARCHAR[], table_name) AND schema_name = 'main')",
        [views],
    ).fetchall():
        comment = words.get(f"{table}.{column}") or words.get(column)
        if comment:
            quoted = comment.replace("'", "''")
            con.execute(f"""COMMENT ON COLUMN "{schema}"."{table}"."{column}" IS '{quoted}'""")
