"""Words as data: which label means what. Each CSV is one vocabulary; a new wording is a new line, never code.

Column `pattern` is a regular expression that must match the whole label key (see `parsers.labels`); the first line
that matches wins, so the particular stands above the general. `seen` says where the wording was met.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import regex


@dataclass(frozen=True, slots=True)
class Word:
    """One line of a vocabulary: what it matches and what that means."""

    vocabulary: str
    line: int
    pattern: str
    code: str
    more: Mapping[str, str]
    """The other columns of the line, by name."""


class Vocabulary:
    """All lines of one CSV, compiled."""

    def __init__(self, name: str) -> None:
        """Load `name`.csv; a broken pattern is an error that names its line."""
        self.name = name
        self.words: list[Word] = []
        self._compiled: list[regex.Pattern[str]] = []
        text = resources.files(__package__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
        for at, row in enumerate(csv.DictReader(text.splitlines()), start=2):
            if None in row or None in row.values():
                raise ValueError(f"parsers/words/{name}.csv, line {at}: wrong number of columns (quote a comma)")
            pattern, code = row.pop("pattern"), row.pop("code")
            try:
                self._compiled.append(regex.compile(pattern))
            except regex.error as error:
                raise ValueError(f"parsers/words/{name}.csv, line {at}: {error}") from error
            self.words.append(Word(name, at, pattern, code, {k: v or "" for k, v in row.items()}))
        # most texts match no line at all: one pattern says so in a tenth of the time of all of them
        self._any = regex.compile("|".join(f"(?:{word.pattern})" for word in self.words))
        self._found: dict[str, tuple[Word, regex.Match[str]] | None] = {}
        self._anywhere: dict[tuple[str, ...], regex.Pattern[str]] = {}

    def match(self, key: str) -> Word | None:
        """The line that the whole key matches, or None."""
        found = self.find(key)
        return found[0] if found else None

    def patterns(self) -> list[tuple[Word, regex.Pattern[str]]]:
        """All lines with their compiled patterns, for those who search running text."""
        return list(zip(self.words, self._compiled, strict=True))

    def anywhere(self, *codes: str) -> regex.Pattern[str]:
        """One pattern for all lines of the codes, to be searched in running text."""
        if codes not in self._anywhere:
            self._anywhere[codes] = regex.compile(
                "|".join(f"(?:{word.pattern})" for word in self.words if word.code in codes)
            )
        return self._anywhere[codes]

    def find(self, key: str) -> tuple[Word, regex.Match[str]] | None:
        """The line that the whole key matches, with the match for its named groups."""
        try:
            return self._found[key]
        except KeyError:
            if len(self._found) > 50_000:
                self._found.clear()
            found = self._found[key] = self._first(key) if self._any.fullmatch(key) else None
            return found

    def _first(self, key: str) -> tuple[Word, regex.Match[str]] | None:
        for word, pattern in zip(self.words, self._compiled, strict=True):
            if (match := pattern.fullmatch(key)) is not None:
                return word, match
        return None


@cache
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary of parsers/words/`name`.csv, loaded once."""
    return Vocabulary(name)
