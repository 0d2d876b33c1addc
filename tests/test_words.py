"""Vocabularies: every line compiles, means a known code, and is matched by a sample or recorded as not yet seen."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest
import regex

from parsers.readers.text import read_text
from parsers.words import Vocabulary, Word, vocabulary
from pipeline.parse import parse
from tests.conftest import ROOT, SAMPLES
from warehouse.create import concepts

FOLDER = ROOT / "parsers" / "words"
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))
RECORD = ROOT / "tests" / "words_without_sample.csv"
# these are searched in running text, not matched with whole labels
SEARCHED = {"structural", "units", "figures", "scopes", "tenses", "preferred"}


def lines() -> list[Word]:
    return [word for name in NAMES for word in vocabulary(name).words]


def _forget() -> None:
    """Look-ups that other tests made are kept, and would not be seen again."""
    for name, module in list(sys.modules.items()):
        if name.startswith("parsers"):
            for kept in vars(module).values():
                if callable(getattr(kept, "cache_clear", None)):
                    kept.cache_clear()


@pytest.fixture(scope="module")
def matched() -> set[tuple[str, str]]:
    """Vocabulary and pattern of every line that reading the samples matched."""
    hits: set[tuple[str, str]] = set()
    _forget()
    patch = pytest.MonkeyPatch()
    found = Vocabulary.find

    def record(self: Vocabulary, key: str) -> tuple[Word, regex.Match[str]] | None:
        hit = found(self, key)
        if hit:
            hits.add((hit[0].vocabulary, hit[0].pattern))
        return hit

    patch.setattr(Vocabulary, "find", record)
    texts = []
    for sample in sorted(SAMPLES.rglob("*.txt")):
        data = sample.read_bytes()
        parse(data)
        document = read_text(data)
        texts += [p.text for p in document.paragraphs()] + [c.text for t in document.tables() for c in t.cells]
    for saved in sorted((ROOT / "tests" / "data" / "formats").glob("*.html")):
        parse(saved.read_bytes())
    patch.undo()
    body = "\n".join(text.replace("（", "(").replace("）", ")") for text in texts)
    for word in lines():
        pattern = word.pattern.replace("YEAR", r"(?:19|20)\d{2}")
        if word.vocabulary in SEARCHED and regex.search(
            rf"\d\s*(?:{pattern})" if word.vocabulary == "units" else pattern, body
        ):
            hits.add((word.vocabulary, word.pattern))
    return hits


def test_lines_without_a_sample_are_those_on_record(matched: set[tuple[str, str]]) -> None:
    """A line that nothing matches is reported: give it a sample, or record it with the reason to keep it.

    To write the record anew after a review, delete tests/words_without_sample.csv and run the test.
    """
    unseen = sorted({(w.vocabulary, w.pattern) for w in lines()} - matched)
    if not RECORD.exists():
        with RECORD.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([("vocabulary", "pattern"), *unseen])
        pytest.fail(f"{RECORD.name} was written anew: read it, then run again")
    with RECORD.open(encoding="utf-8") as file:
        recorded = sorted((row["vocabulary"], row["pattern"]) for row in csv.DictReader(file))
    assert unseen == recorded


def test_every_concept_of_the_words_has_a_name() -> None:
    known = set(concepts())
    for name in ("base_data", "department_evaluation", "project_evaluation", "figures"):
        assert {word.code for word in vocabulary(name).words} <= known, name


def test_codes_are_those_of_the_contract() -> None:
    assert {w.code for w in vocabulary("levels1").words} == {
        "output",
        "benefit",
        "satisfaction",
        "cost",
        "process",
        "decision",
    }
    assert {w.code for w in vocabulary("levels2").words} == {
        "quantity", "quality", "timeliness", "cost", "economic", "social", "ecological", "sustainability", "satisfaction",
    }  # fmt: skip


def test_no_line_is_hidden_by_an_equal_one() -> None:
    seen: dict[tuple[str, str, str], int] = {}
    for word in lines():
        key = (word.vocabulary, word.pattern, word.more.get("unit", "") if word.vocabulary == "figures" else "")
        assert key not in seen, f"{word.vocabulary}.csv: line {word.line} repeats line {seen.get(key)}"
        seen[key] = word.line


def test_a_broken_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.csv").write_text("pattern,code,seen\n编制数,a,x\n(未闭合,b,x\n", encoding="utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path)
    with pytest.raises(ValueError, match=r"bad\.csv, line 3"):
        Vocabulary("bad")
    (tmp_path / "bad.csv").write_text("pattern,code,seen\na{1,2},b,x\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"line 2: wrong number of columns"):
        Vocabulary("bad")
