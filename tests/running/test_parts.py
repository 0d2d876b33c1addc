"""A report that is published as several files is one report of its department and year."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.running.run import run
from tests.makers.county.county import county
from tests.makers.county.files import as_dump
from tests.makers.county.layout import blocks_of
from tests.makers.layouts import LaidTable
from tests.makers.site import File, LocalSite
from tests.running.setting import SITE, query, settings

pytest.importorskip("scrapy")


def parts() -> tuple[str, list[bytes]]:
    """Department, and its base data sheet, form, project forms with the report in prose as files of their own."""
    one = county(1, 1, [2023])[0]
    cut: list[list[str | LaidTable]] = [[]]
    for block in blocks_of(one):
        if isinstance(block, str) and block.startswith("附件") and cut[-1]:
            cut.append([])
        cut[-1].append(block)
    return one.who.name, [as_dump(blocks).encode() for blocks in cut]


def published(tmp_path: Path, title: str, files: list[bytes]) -> list[tuple[object, ...]]:
    """Files on one page: department, kind of form, whether a person must look for it."""
    site = LocalSite()
    links = [(f"/files/{number}.txt", f"附件{number}") for number in range(len(files))]
    site.publish("/art/1.html", title, "2024-09-11", links)
    site.files = {href: File(body) for (href, _), body in zip(links, files, strict=True)}
    with site.serving() as base:
        done = run(settings(tmp_path, SITE.format(base=base)))
    assert done.total("new") == len(files)
    return query(
        tmp_path / "w.duckdb", "SELECT dept_name, three_public::DOUBLE, total_score::DOUBLE FROM dept_year ORDER BY ALL"
    )


def test_files_of_one_page_come_together(tmp_path: Path) -> None:
    name, files = parts()
    assert name.encode() not in files[0], "the base data sheet names nobody"
    rows = published(tmp_path, f"{name}2023年度部门整体支出绩效自评", files)
    assert len(rows) == 1
    assert rows[0][0] == name
    assert None not in rows[0]
    assert query(tmp_path / "w.duckdb", "SELECT part FROM missing_part") == []
    assert query(
        tmp_path / "w.duckdb", "SELECT count(*) FROM check_result WHERE report_id IN (SELECT report_id FROM dept_year)"
    ) != [(0,)]


def test_a_page_that_does_not_say_whose_it_is_names_nobody(tmp_path: Path) -> None:
    name, files = parts()
    rows = published(tmp_path, "2023年度部门整体支出绩效自评汇总", files)
    assert sorted(str(row[0]) for row in rows) == sorted(["None", name])
