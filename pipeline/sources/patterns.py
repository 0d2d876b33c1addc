"""Globs over the paths inside a source: `*.docx` by name anywhere, `2023/**/*.pdf` by path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache


def wanted(path: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Whether a path, relative and with slashes, is one of those to be taken."""
    return (not include or _any(path, include)) and not _any(path, exclude)


def _any(path: str, patterns: Sequence[str]) -> bool:
    name = path.rpartition("/")[2]
    return any(_compiled(pattern).fullmatch(path if "/" in pattern else name) for pattern in patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return re.compile("".join(parts.get(piece, re.escape(piece)) for piece in pieces), re.IGNORECASE | re.DOTALL)
