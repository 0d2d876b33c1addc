"""The PDF reader by itself: what it says of scanned pages where nothing is installed to recognise them."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parsers.readers.pdf.missing", lambda: "rapidocr")
