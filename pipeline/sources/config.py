"""The sources that jixiao.toml describes: `[[source]] name = "…" kind = "folder" | "site" | "remote"` and more."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from pipeline.sources.events import Source
from pipeline.sources.folder import Folder
from pipeline.sources.remote import Remote
from pipeline.sources.site import Site
from warehouse.settings import SettingsError, configuration

_KINDS: dict[str, type[Any]] = {"folder": Folder, "site": Site, "remote": Remote}
_PATTERNS = ("follow", "pages", "files", "exclude")
_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "Path": (str,),
    "float": (int, float),
    "int": (int,),
    "bool": (bool,),
}


def sources(config: Path) -> list[Source]:
    """All sources of a configuration. Raises `SettingsError` for one that cannot be used."""
    found = configuration(config).get("source", [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise SettingsError(f"{config}: a source begins with [[source]]")
    made = [_source(config, number, dict(one)) for number, one in enumerate(found, start=1)]
    names = [source.name for source in made]
    for name in names:
        if names.count(name) > 1:
            raise SettingsError(f"{config}: two sources are called {name}; names tell them apart in the archive")
    return made


def _source(config: Path, number: int, given: dict[str, Any]) -> Source:
    name = given.get("name")
    if not isinstance(name, str) or not name:
        raise SettingsError(f'{config}: source {number} needs a name, such as name = "君山区"')
    where = f"{config}: source {name}"
    kind = given.pop("kind", None)
    if kind not in _KINDS:
        raise SettingsError(f"{where}: kind must be one of {', '.join(_KINDS)}")
    known = {field.name: field for field in fields(_KINDS[kind]) if field.name != "kind"}
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            raise SettingsError(f"{where}: {key} is no setting of a {kind}" + (f"; {near[0]}?" if near else ""))
    for key, field in known.items():
        if key not in given and field.default is MISSING and field.default_factory is MISSING:
            raise SettingsError(f"{where}: {key} is missing")
    values = {key: _value(where, key, str(known[key].type), value) for key, value in given.items()}
    if kind == "folder":
        values["path"] = Path(os.path.abspath(config.parent / values["path"]))
    if kind == "site":
        _check_site(where, values)
    made: Source = _KINDS[kind](**values)
    return made


def _value(where: str, key: str, kind: str, value: Any) -> Any:
    """The value of a setting, of the type that it must have."""
    if kind.startswith("tuple"):
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise SettingsError(f"{where}: {key} must be a list of texts")
        return tuple(texts)
    if kind.startswith("Mapping"):
        if not isinstance(value, Mapping):
            raise SettingsError(f"{where}: {key} must be a table")
        return value
    plain = kind.partition(" ")[0]
    if not isinstance(value, _TYPES[plain]) or (isinstance(value, bool) and plain != "bool"):
        raise SettingsError(f"{where}: {key} must be of type {plain}")
    if isinstance(value, int | float) and value < 0:
        raise SettingsError(f"{where}: {key} must not be negative")
    return value


def _check_site(where: str, values: Mapping[str, Any]) -> None:
    if not values["start"]:
        raise SettingsError(f"{where}: start must name a page to begin with")
    for url in values["start"]:
        if not url.startswith(("http://", "https://")):
            raise SettingsError(f"{where}: start: {url} is no address of a page")
    for key in _PATTERNS:
        for pattern in values.get(key, ()):
            try:
                re.compile(pattern)
            except re.error as error:
                raise SettingsError(f"{where}: {key}: {pattern} is no regular expression: {error}") from None
