"""How lines are put together again: in cells, in sentences, within numbers."""

from __future__ import annotations

import pytest

from parsers.readers.pdfium.layout import Line
from parsers.readers.pdfium.wording import between, cell_text

SIZE = 10.0


def width(text: str) -> float:
    return sum(5.0 if char < "\u2e80" else 10.0 for char in text)


def lines(*texts: str, x0: float = 5.0, pitch: float = 14.0) -> list[Line]:
    """Lines set flush left in a cell that begins at 0."""
    out = []
    for n, text in enumerate(texts):
        head = width(text) if text[0] < "\u2e80" else 10.0
        base = 12 + pitch * n
        out.append(Line(text, x0, base - 9, x0 + width(text), base + 1, base, SIZE, head, 1))
    return out


@pytest.mark.parametrize(
    ("before", "after", "spaced", "joint"),
    [
        ("绩效", "指标", False, ""),
        ("绩效", "2023", False, ""),
        ("Budget", "System", False, " "),
        ("95.", "10%", False, ""),
        ("95.", "10%", True, ""),
        ("1,234", ",567", False, ""),
        ("12", "34", False, ""),
        ("12", "34", True, " "),
        ("≥", "95%", False, ""),
        ("self-", "evaluation", False, ""),
    ],
)
def test_what_stands_between(before: str, after: str, spaced: bool, joint: str) -> None:
    assert between(before, after, spaced) == joint


@pytest.mark.parametrize(
    ("texts", "cell_width", "text"),
    [
        (("受益群众", "的满意度"), 50.0, "受益群众的满意度"),
        (("产出指标", "（50分）"), 100.0, "产出指标\n（50分）"),
        (("绩", "效", "指", "标"), 60.0, "绩效指标"),
        (("95.", "10%"), 25.0, "95.10%"),
        (("12345", "67.89"), 36.0, "1234567.89"),
        (("10", "100"), 80.0, "10\n100"),
        (("完成制度建设；", "目标2：组织巡察"), 80.0, "完成制度建设；\n目标2：组织巡察"),
    ],
)
def test_cell_text(texts: tuple[str, ...], cell_width: float, text: str) -> None:
    assert cell_text(lines(*texts), (0.0, 0.0, cell_width, 100.0)) == text


def test_a_wide_step_parts_what_would_fit_together() -> None:
    first, second, third = lines("受益群众", "的满意度", "达到要求")
    third.base += 14
    assert cell_text([first, second, third], (0.0, 0.0, 50.0, 100.0)) == "受益群众的满意度\n达到要求"
