"""Bytes changed at random in files of the old formats: a document or a reason, never another exception."""

from __future__ import annotations

import random

import pytest

from parsers.readers import read
from parsers.reasons import UnreadableError
from tests.conftest import ROOT


@pytest.mark.parametrize("name", ["seed.xls", "seed.xlsx", "seed.html", "seed.mht", "seed.doc"])
def test_damage_gives_a_document_or_a_reason(name: str) -> None:
    whole = (ROOT / "tests" / "data" / "formats" / name).read_bytes()
    chance = random.Random(name)
    ends = set()
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 10, 50))):
            at = chance.randrange(len(data))
            if chance.random() < 0.7:
                data[at] = chance.randrange(256)
            else:
                del data[at : at + chance.randrange(1, 200)]
        try:
            read(bytes(data))
            ends.add("read")
        except UnreadableError as error:
            ends.add(str(error.reason))
    assert len(ends) > 1
