"""What the public views are: columns, types, comments and code lists, read from the warehouse itself."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from warehouse.create import code_columns

_VIEWS = """
SELECT view_name, comment FROM duckdb_views()
WHERE NOT internal AND schema_name = 'main' AND database_name = current_database()
ORDER BY regexp_matches(view_name, '^[a-z]') DESC, view_name
"""
_COLUMNS = """
SELECT table_name, column_name, data_type, comment FROM duckdb_columns()
WHERE NOT internal AND schema_name = 'main' AND database_name = current_database() ORDER BY table_name, column_index
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a view."""

    name: str
    type: str
    zh: str
    en: str
    code_list: str | None
    """Name of the list that its codes belong to (view `code`)."""


@dataclass(frozen=True, slots=True)
class View:
    """One public view."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list."""

    code: str
    zh: str
    en: str


def views(con: duckdb.DuckDBPyConnection) -> list[View]:
    """All public views, the English ones first, with their comments."""
    lists = code_columns()
    columns: dict[str, list[Column]] = {}
    for view, name, kind, comment in con.execute(_COLUMNS).fetchall():
        columns.setdefault(view, []).append(
            Column(name, kind, *_halves(comment), lists.get(f"{view}.{name}") or lists.get(name))
        )
    return [View(name, *_halves(comment), tuple(columns[name])) for name, comment in con.execute(_VIEWS).fetchall()]


def code_lists(con: duckdb.DuckDBPyConnection) -> dict[str, list[Code]]:
    """Every code list with its codes in the order of the file that defines them."""
    lists: dict[str, list[Code]] = {}
    for name, code, zh, en in con.execute("SELECT code_list, code, name_zh, name_en FROM main.code").fetchall():
        lists.setdefault(name, []).append(Code(code, zh, en))
    return lists


def concept_codes(con: duckdb.DuckDBPyConnection) -> list[Code]:
    """The concepts with their names."""
    return [Code(*row) for row in con.execute("SELECT concept, name_zh, name_en FROM main.concept").fetchall()]


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _halves(comment: str | None) -> tuple[str, str]:
    zh, _, en = (comment or "").partition(" · ")
    return zh, en
