"""Plants one documented error in a report that agrees with itself: `plant(report, "ARI-01", rng)`."""

from __future__ import annotations

import random

from tests.makers.county import plants_money, plants_scores, plants_text
from tests.makers.county.model import DepartmentYear
from tests.makers.county.planting import PLANTS, Plant, UnfitError

__all__ = ["PLANTS", "Plant", "UnfitError", "plant"]
_FILLED = (plants_money, plants_scores, plants_text)


def plant(report: DepartmentYear, code: str, rng: random.Random, other: DepartmentYear | None = None) -> DepartmentYear:
    """The report with the error of `code` and no other.

    `other` is what `PLANTS[code].needs` says. Raises UnfitError where the report has no place for the error. What is
    returned for REV-01 and REV-02 is a second version: the first must be offered too.
    """
    return PLANTS[code].change(report, rng, other)
