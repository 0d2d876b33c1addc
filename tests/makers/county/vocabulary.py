"""The words from which reports are made, as data in words/*.csv."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "words"
DIVISIONS = ("云溪示例县", "青禾示例县", "临江示例区", "松原示例县", "南浦示例区", "示例市", "北屏示例县", "西坡示例区")


@dataclass(frozen=True)
class Task:
    """Something that departments of a kind do and count."""

    verb: str
    thing: str
    unit: str
    low: float
    high: float

    @property
    def name(self) -> str:
        """Name of the indicator."""
        return self.verb + self.thing


@dataclass(frozen=True)
class Kind:
    """A kind of organ: its tasks, rates, effects and special funds."""

    tasks: tuple[Task, ...]
    quality: str
    timeliness: str
    economic: str
    social: str
    sustainability: str
    beneficiary: str
    specials: tuple[str, ...]


@dataclass(frozen=True)
class Difficulty:
    """A problem with its cause and what is to be done."""

    problem: str
    reason: str
    measure: str


def table(name: str) -> list[dict[str, str]]:
    """Rows of words/NAME.csv."""
    return list(csv.DictReader((FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines(), strict=True))


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of organ by its code."""
    tasks: dict[str, list[Task]] = {}
    for row in table("tasks"):
        task = Task(row["verb"], row["object"], row["unit"], float(row["low"]), float(row["high"]))
        tasks.setdefault(row["kind"], []).append(task)
    rates = {row["kind"]: row for row in table("rates")}
    funds = {row["kind"]: tuple(row["names"].split(";")) for row in table("specials")}
    return {
        row["kind"]: Kind(
            tuple(tasks[row["kind"]]), rates[row["kind"]]["quality"], rates[row["kind"]]["timeliness"],
            row["economic"], row["social"], row["sustainability"], row["beneficiary"], funds[row["kind"]],
        )
        for row in table("effects")
    }  # fmt: skip


@cache
def difficulties() -> tuple[Difficulty, ...]:
    """Problems, causes and measures."""
    return tuple(Difficulty(row["problem"], row["reason"], row["measure"]) for row in table("difficulties"))
