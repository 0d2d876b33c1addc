"""Streams of cells without row ends: what they give is what the dump with its row ends gives, or nothing."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from parsers.document import Table
from parsers.readers.text import read_text
from pipeline.parse import parse
from tests.conftest import ROOT, SAMPLES
from tests.makers.streams import SHAPES, Shape, answers, compare

DUMPS = sorted([*(SAMPLES / "families").glob("*.txt"), *(SAMPLES / "variants").glob("*.txt")])
CASE = ROOT / "tests" / "cases" / "560-stream-without-tabs.txt"
_HEADER = [
    "项目名称",
    "甲",
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析",
]
_WORDS = [
    "一级指标",
    "产出指标",
    "数量指标",
    "质量指标",
    "效益指标",
    "社会效益指标",
    "10",
    "20",
    "≥5座",
    "5座",
    "100%",
    "无",
    "总分",
    "执行率",
    "年度资金总额",
    "完成率",
    "提升",
    "项目资金",
    "预期目标",
    "实际完成情况",
    "评价等级",
    "年初预算数",
    "全年执行数",
    "全年预算数",
]


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)
def test_stream_gives_nothing_that_its_dump_does_not_give(dump: Path) -> None:
    """With and without tabs, blanks printed, left out, or some of them left out by chance."""
    data = dump.read_bytes()
    chance = random.Random(560)
    wrong = [(shape, case) for shape in SHAPES for case in compare(data, shape)[2]]
    wrong += [(shape, case) for shape in SHAPES if shape.blanks for case in compare(data, shape, chance)[2]]
    assert wrong == []


@pytest.mark.parametrize(
    ("shape", "least"), [(Shape(True, True), 0.25), (Shape(True, False), 0.15), (Shape(False, False), 0.15)], ids=str
)
def test_streams_of_the_samples_are_read(shape: Shape, least: float) -> None:
    """The base data sheets, half of what the samples print, have no sums that prove a reading and stay unread."""
    found = [compare(dump.read_bytes(), shape)[:2] for dump in DUMPS]
    assert sum(given for _, given in found) >= least * sum(asked for asked, _ in found)


def test_a_stream_that_loses_a_value_loses_answers_but_makes_none_up() -> None:
    """Every cell that a form may leave blank, names and labels apart, is taken out in turn, and every two of them."""
    lines = CASE.read_text(encoding="utf-8").splitlines()
    whole = answers(parse("\n".join(lines).encode()))
    assert len(whole) > 10
    values = [at for at, line in enumerate(lines) if any(character.isdigit() for character in line) and at > 1]
    values += [at for at, line in enumerate(lines) if line in {"—", "明显改善"}]
    gone = [(at,) for at in values] + list(zip(values, values[3:], strict=False))
    for taken in gone:
        found = answers(parse("\n".join(line for at, line in enumerate(lines) if at not in taken).encode()))
        assert {key: value for key, value in found.items() if whole.get(key) != value} == {}, taken


@pytest.mark.parametrize("tab", ["", "\t"], ids=["lines", "tabs"])
@pytest.mark.parametrize("seed", range(4))
def test_many_cells_take_no_time(tab: str, seed: int) -> None:
    chance = random.Random(seed)
    rows = ["产出指标", "数量指标"] + ["路面成本", "≥1", "1", "10", "10", "成本"] * 1700 + ["总分", "17000", "17000"]
    cells = rows if seed == 0 else [chance.choice(_WORDS) for _ in range(10_000)]
    data = "\n".join(tab + cell for cell in _HEADER + cells).encode()
    read_text(CASE.read_bytes())  # the vocabularies are loaded
    start = time.process_time()
    document = read_text(data)
    assert time.process_time() - start < 2  # 0.3 s on an idle machine
    assert not [block for block in document.blocks if isinstance(block, Table)]
