"""The demo shows what the checks found, as the views say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.demo import main


def test_the_demo_shows_errors_and_contradictions_with_both_numbers(
    warehouse: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    main(warehouse)
    lines = capsys.readouterr().out.splitlines()
    (total,) = (line for line in lines if "SCO-02" in line)
    assert [cell for cell in ("high", "109", "99", "-10") if cell not in total] == []
    assert [line for line in lines if "SCO-04" in line and "产出指标（50分）" in line and "85" in line]
    # signals and notes are for `jixiao findings`
    assert [line for line in lines if "TRD-01" in line] == []
