"""The same report in another format gives the same facts, indicators, goals, sections and figures, places apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parsers.fingerprint import content_sha256
from parsers.readers import read
from parsers.readers.text import read_text
from pipeline.ingest import ingest
from pipeline.parse import parse
from tests import golden
from tests.conftest import ROOT, SAMPLES, SEED
from tests.makers.layouts import laid_out
from tests.makers.word import word_file
from tests.pipeline.test_lifecycle import query

LOOKALIKES = sorted((SAMPLES / "lookalikes").glob("*.txt"))
TEXTS = sorted(set(SAMPLES.rglob("*.txt")) - set(LOOKALIKES))


@pytest.mark.parametrize("sample", TEXTS, ids=lambda path: path.stem)
def test_word_file_gives_what_the_text_gives(sample: Path) -> None:
    parsed = parse(word_file(laid_out(read_text(sample.read_bytes()))))
    assert (parsed.status, parsed.format) == ("loaded", "docx")
    assert golden.differences_without_places(parsed, golden.expected(sample)) == []


@pytest.mark.parametrize("sample", LOOKALIKES, ids=lambda path: path.stem)
def test_word_file_of_a_lookalike_is_rejected_too(sample: Path) -> None:
    wanted = golden.expected(sample)
    parsed = parse(word_file(laid_out(read_text(sample.read_bytes()))))
    assert (parsed.status, parsed.reason_code) == (wanted["status"], wanted["reason_code"])


def test_seed_as_word_file_with_its_real_merges() -> None:
    parsed = parse(SEED.with_name("seed.docx").read_bytes())
    assert golden.differences_without_places(parsed, golden.expected(SEED)) == []


def test_the_same_report_as_text_and_word_is_one_report(tmp_path: Path) -> None:
    word = SEED.with_name("seed.docx")
    assert content_sha256(read(word.read_bytes())) == content_sha256(read(SEED.read_bytes()))
    db = tmp_path / "w.duckdb"
    ingest([SEED, word], db, workers=1)
    rows = query(db, "SELECT source_file, status, reason_code FROM document ORDER BY offered_order")
    assert rows == [(SEED.name, "loaded", None), ("seed.docx", "duplicate", "same_content")]


PRINTED = sorted((ROOT / "tests" / "data" / "variants").glob("*.pdf"))


@pytest.mark.parametrize("printed", PRINTED, ids=lambda path: path.stem)
def test_pdf_gives_what_the_text_gives(printed: Path) -> None:
    """Each variant as Word prints it and as LibreOffice does; ⩾ is printed as ≥."""
    sample = SAMPLES / "variants" / f"{printed.stem.removesuffix('-libreoffice')}.txt"
    wanted = json.loads(json.dumps(golden.expected(sample), ensure_ascii=False).replace("⩾", "≥"))
    parsed = parse(printed.read_bytes())
    assert (parsed.status, parsed.format) == ("loaded", "pdf")
    if printed.stem.endswith("-libreoffice"):
        parsed.tables = json.loads(json.dumps(parsed.rows, ensure_ascii=False, default=str).replace("⩾", "≥"))
    assert golden.differences_without_places(parsed, wanted) == []


@pytest.mark.parametrize("name", ["seed-libreoffice.pdf", "seed-wordlike.pdf"])
def test_seed_as_pdf(name: str) -> None:
    parsed = parse(SEED.with_name(name).read_bytes())
    assert golden.differences_without_places(parsed, golden.expected(SEED)) == []
    places = [(fact["page"], fact["table_no"]) for fact in parsed.rows["core.fact"]]
    assert all(page and table for page, table in places)
    assert all(fact["x0"] < fact["x1"] and fact["top"] < fact["bottom"] for fact in parsed.rows["core.fact"])
