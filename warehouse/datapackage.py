"""Describes exported files as a Frictionless data package: schema, titles and descriptions from the comments."""

from __future__ import annotations

from typing import Any

from warehouse.dictionary import Code, Column, View

_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}
FILE = "datapackage.json"
_ABOUT = (
    "Public views of a Jixiao warehouse: budget self-evaluations of Chinese departments. Money is in 万元, exact; "
    "rates are as printed (91.67 is 91.67 %); an empty cell is NULL, never a zero."
)


def descriptor(resources: list[dict[str, Any]]) -> dict[str, Any]:
    """The package with its resources. Says nothing of the time, so that the same data give the same bytes."""
    return {
        "profile": "data-package",
        "name": "jixiao",
        "title": "绩效自评数据 · budget self-evaluations",
        "description": _ABOUT,
        "resources": resources,
    }


def resource(
    view: View, path: str | list[str], file_format: str, rows: int, lists: dict[str, list[Code]], **more: Any
) -> dict[str, Any]:
    """One view with the files that hold it."""
    return {
        # names of the standard are lower-case ASCII; the view's own name is the title
        "name": resource_name(view),
        "title": view.name,
        "description": f"{view.zh} · {view.en}",
        "type": "table",
        "path": path,
        "format": file_format,
        "rows": rows,
        **more,
        "schema": {"fields": [_field(column, lists) for column in view.columns], "missingValues": [""]},
    }


def resource_name(view: View) -> str:
    """A name in the letters that the standard allows; Chinese names by their code points."""
    if view.name.isascii():
        return view.name
    return "zh-" + "-".join(f"{ord(letter):x}" for letter in view.name)


def field_type(data_type: str) -> str:
    """Type of Table Schema for a type of DuckDB."""
    if data_type.startswith("DECIMAL"):
        return "number"
    return "array" if data_type.endswith("[]") else _TYPES[data_type]


def _field(column: Column, lists: dict[str, list[Code]]) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": field_type(column.type),
        "title": column.zh,
        "description": column.en,
    }
    if column.code_list:
        field["constraints"] = {"enum": [code.code for code in lists[column.code_list]]}
    return field
